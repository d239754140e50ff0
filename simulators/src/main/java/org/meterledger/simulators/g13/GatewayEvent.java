package org.meterledger.simulators.g13;

import java.time.LocalDateTime;

/**
 * One line of the gateway's own log (N13).
 *
 * @param index from 1, counting on when the log is cleared
 * @param id number of the manual (p. 76)
 * @param time as the gateway's clock had it
 */
public record GatewayEvent(int index, int id, LocalDateTime time) {
  public static final int DEVICE_DELETED = 7;
  public static final int METER_NOT_CONNECTED = 9;
  public static final int REBOOT = 10;
  public static final int STARTED = 11;
  public static final int EVENTS_RESET = 12;
  public static final int IP_ADDRESS_CHANGED = 13;
  public static final int ALIAS_CHANGED = 14;
  public static final int FIRMWARE_UPLOADED = 15;

  static final int TYPE = 2;

  /** 4 for what meters do, 8 for the rest, as in the maker's example (p. 75). */
  int category() {
    return id == METER_NOT_CONNECTED ? 4 : 8;
  }
}
