package org.meterledger.simulators.g13;

import java.math.BigDecimal;
import java.time.LocalDateTime;

/**
 * One captured value of a load-profile channel (N73).
 *
 * @param timestamp end of the interval as the meter's clock had it
 * @param status bits below
 * @param value the register at the end of the interval, or for what does not count up the mean over
 *     it; in the quantity's unit (Wh, varh, VAh, V, A, %)
 */
public record LoadProfileItem(LocalDateTime timestamp, int status, BigDecimal value) {
  /** An item with this timestamp exists already. */
  public static final int ALREADY_EXISTS = 0x01;

  /** Capturing began anew. */
  public static final int RESTARTED = 0x02;

  /** The interval was too long. */
  public static final int TOO_LONG = 0x04;

  /** The interval was too short. */
  public static final int TOO_SHORT = 0x08;

  /** Date or time was changed during the interval. */
  public static final int TIME_CHANGED = 0x10;

  /** The value is not correct. */
  public static final int BAD_VALUE = 0x20;
}
