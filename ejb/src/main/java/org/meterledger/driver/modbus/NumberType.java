package org.meterledger.driver.modbus;

/** Whole numbers in registers, the high register and the high byte first. */
public enum NumberType {
  U16(1, false),
  S16(1, true),
  U32(2, false),
  S32(2, true),
  U64(4, false),
  S64(4, true);

  private final int words;
  private final boolean signed;

  NumberType(int words, boolean signed) {
    this.words = words;
    this.signed = signed;
  }

  /** How many registers it takes. */
  public int words() {
    return words;
  }

  /** Two's complement. */
  public boolean signed() {
    return signed;
  }
}
