package org.meterledger.driver;

/** By what a meter is connected to its gateway. */
public enum MeterBus {
  WIRED_MBUS,
  INFRARED_MBUS,
  EQ_BUS,
  WIRELESS
}
