package org.meterledger.metering;

import java.time.Instant;
import java.util.Objects;

/**
 * One captured row of a load profile, as compact as a million of them need it.
 *
 * <p>The arrays are not copied: whoever makes a row gives it away.
 *
 * @param periodEnd the END of the capture period as the meter stamped it, UTC
 * @param sequence the meter's own running number of the row, see {@link Cursor#sequence(long)}
 * @param flags bits of {@link RowStatus}
 * @param meterStatus the status as the meter gave it, 0..255
 * @param values raw values in the order of the profile's channels, at most 64
 * @param present bit i set: {@code values[i]} was given; a value without its bit is missing, not
 *     zero
 */
public record ProfileRow(
    Instant periodEnd, long sequence, int flags, int meterStatus, long[] values, long present) {

  public static final int MAX_CHANNELS = 64;

  /**
   * @throws IllegalArgumentException with more than 64 values or a status outside 0..255
   */
  public ProfileRow {
    Objects.requireNonNull(periodEnd);
    if (values.length > MAX_CHANNELS) {
      throw new IllegalArgumentException("More than 64 channels: " + values.length);
    }
    if (flags < 0 || flags > 255 || meterStatus < 0 || meterStatus > 255) {
      throw new IllegalArgumentException("Status out of 0..255: " + flags + ", " + meterStatus);
    }
  }

  /** All {@code n} values are there. */
  public static long all(int n) {
    return n == MAX_CHANNELS ? -1L : (1L << n) - 1;
  }

  public boolean has(int channel) {
    return (present >>> channel & 1) != 0;
  }
}
