package org.meterledger.driver.modbus;

/** The node address that every frame carries. */
final class Units {

  private Units() {}

  static void check(int asked, int answering) throws BadAnswer {
    if (asked != answering) {
      throw BadAnswer.protocol("lets unit %d answer for unit %d", answering, asked);
    }
  }
}
