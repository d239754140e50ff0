package org.meterledger.simulators.dmed4;

/**
 * What a device does not do; in Modbus an exception, in REST a status. An ordinary day, so it
 * carries no stack trace.
 */
final class Refusal extends RuntimeException {
  static final int FUNCTION = 1;
  static final int ADDRESS = 2;
  static final int VALUE = 3;
  static final int OPERATION = 4;
  static final int BUSY = 6;

  private static final long serialVersionUID = 1L;

  private final int code;

  private Refusal(int code, String why) {
    super(why, null, false, false);
    this.code = code;
  }

  static Refusal function(int code) {
    return new Refusal(FUNCTION, "Function " + code);
  }

  static Refusal address(int register) {
    return new Refusal(ADDRESS, "Register " + Integer.toHexString(register));
  }

  static Refusal value(String what) {
    return new Refusal(VALUE, what);
  }

  static Refusal operation(String why) {
    return new Refusal(OPERATION, why);
  }

  static Refusal busy() {
    return new Refusal(BUSY, "A signature is being made");
  }

  /** The Modbus exception. */
  int code() {
    return code;
  }
}
