package org.meterledger.driver.emu;

import java.time.Instant;

/**
 * One row of an answer, good or refused.
 *
 * @param index the meter's own; -1 where it could not be read
 * @param at null where it could not be read
 * @param value null exactly when {@code reason} is given
 * @param reason why it is refused, see {@link org.meterledger.driver.RefusedRow}; null for a good
 *     row
 * @param field what the reason is about, perhaps empty
 * @param raw the row as received, printable, cut at 2000 characters
 */
record LogRow<T>(long index, Instant at, T value, String reason, String field, String raw) {

  /** What a cursor can count, see {@link org.meterledger.metering.Cursor#index()}. */
  static final long LARGEST_INDEX = (1L << 40) - 1;

  boolean good() {
    return reason == null;
  }

  boolean indexed() {
    return index >= 0;
  }
}
