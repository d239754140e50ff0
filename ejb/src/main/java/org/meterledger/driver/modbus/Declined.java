package org.meterledger.driver.modbus;

/** An exception of Modbus: the device understood the request and does not do it. */
final class Declined extends Exception {

  private static final long serialVersionUID = 1L;

  private final int code;

  /**
   * @param code 0 to 255 (Modbus application protocol 1.1b3, 7)
   */
  Declined(int code) {
    super("exception " + code);
    this.code = code;
  }

  int code() {
    return code;
  }
}
