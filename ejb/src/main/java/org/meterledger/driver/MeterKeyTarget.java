package org.meterledger.driver;

/** Tells a device the key by which it decrypts what its meter sends. */
public non-sealed interface MeterKeyTarget extends Capability {

  /**
   * Whether it is the right one shows when the device tells values.
   *
   * @param key in hexadecimal; never printed, and never told by the device
   */
  CommandResult setMeterKey(String key);
}
