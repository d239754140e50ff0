package org.meterledger.simulators.dmed4;

/**
 * The four numbers of the charge cycle.
 *
 * @param measurement register 4200h: 0 not initialized, 1 idle, 2 active, 3 active after power
 *     failure
 * @param signature bits of register 4201h
 * @param error1 bits of register 4000h
 * @param error2 bits of register 4002h
 */
public record ChargeStatus(int measurement, int signature, long error1, long error2) {
  public static final int NOT_INITIALIZED = 0;
  public static final int IDLE = 1;
  public static final int ACTIVE = 2;
  public static final int ACTIVE_AFTER_POWER_FAILURE = 3;

  public static final int SIGN_NOT_INITIALIZED = 1;
  public static final int CORRECT_JSON_RECEIVED = 1 << 1;
  public static final int SIGNATURE_IN_PROGRESS = 1 << 2;
  public static final int SIGNATURE_OK = 1 << 3;
  public static final int SIGNATURE_ERROR = 1 << 4;
  public static final int TIMESTAMP_SYNCHRONIZED = 1 << 5;
  public static final int METER_ROLL_OVER = 1 << 6;
  public static final int ERROR = 1 << 15;

  public static final int JSON_SYNTAX = 1;
  public static final int JSON_NOT_FULL_PACKET = 1 << 1;
  public static final int JSON_SEQUENCE = 1 << 2;
  public static final int JSON_VALUE = 1 << 3;

  /** Whether all of these bits of the signature status are set. */
  public boolean has(int bits) {
    return (signature & bits) == bits;
  }
}
