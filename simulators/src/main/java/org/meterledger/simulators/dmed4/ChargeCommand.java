package org.meterledger.simulators.dmed4;

import java.util.Arrays;
import java.util.Optional;

/** Commands of the charge cycle: register 4280h, in REST {@code command}. */
public enum ChargeCommand {
  BEGIN("B", 'B', "B"),
  INTERMEDIATE("C", 'C', "C"),
  END("E", 'E', "E"),
  BEGIN_AND_END("r", 'r', "E"),
  RESET_ERRORS("X", 0xFF, "");

  private final String letter;
  private final int word;
  private final String transaction;

  ChargeCommand(String letter, int word, String transaction) {
    this.letter = letter;
    this.word = word;
    this.transaction = transaction;
  }

  /** As REST names it. */
  public String letter() {
    return letter;
  }

  /** As register 4280h holds it. */
  public int word() {
    return word;
  }

  /** {@code TX} of the fourth reading of its record. */
  String transaction() {
    return transaction;
  }

  static Optional<ChargeCommand> ofWord(int word) {
    return Arrays.stream(values()).filter(each -> each.word == word).findFirst();
  }

  static Optional<ChargeCommand> ofLetter(String letter) {
    return Arrays.stream(values()).filter(each -> each.letter.equals(letter)).findFirst();
  }
}
