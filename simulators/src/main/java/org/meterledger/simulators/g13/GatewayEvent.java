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
  /** A meter was deregistered. */
  public static final int DEVICE_DELETED = 7;

  /** The connection with a meter was lost. */
  public static final int METER_NOT_CONNECTED = 9;

  /** A reboot was initiated. */
  public static final int REBOOT = 10;

  /** The gateway started. */
  public static final int STARTED = 11;

  /** The log was cleared. */
  public static final int EVENTS_RESET = 12;

  /** The IP settings were changed. */
  public static final int IP_ADDRESS_CHANGED = 13;

  /** The gateway's name was changed. */
  public static final int ALIAS_CHANGED = 14;

  /** A firmware image was uploaded. */
  public static final int FIRMWARE_UPLOADED = 15;

  static final int TYPE = 2;

  /** 4 for what meters do, 8 for the rest, as in the maker's example (p. 75). */
  int category() {
    return id == METER_NOT_CONNECTED ? 4 : 8;
  }
}
