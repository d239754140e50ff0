package org.meterledger.driver.dmed4;

import org.meterledger.driver.ChargeCycleTarget.Step;

/** Commands of the charge cycle (manual p. 4 and 7). */
enum CycleCommand {
  BEGIN("B", 0x42),
  INTERMEDIATE("C", 0x43),
  END("E", 0x45),
  END_WITH_BEGIN("r", 0x72),
  RESET_ERRORS("X", 0xFF);

  private final String word;
  private final int code;

  CycleCommand(String word, int code) {
    this.word = word;
    this.code = code;
  }

  static CycleCommand of(Step step) {
    return valueOf(step.name());
  }

  /** As REST takes it. */
  String word() {
    return word;
  }

  /** As Modbus takes it. */
  int code() {
    return code;
  }
}
