package org.meterledger.metering;

import java.time.Instant;

/**
 * How far a ring buffer of a meter has been read.
 *
 * @param epoch how often the meter's index was seen to start anew, 0..2^22
 * @param index the meter's index of the last row read, 0..2^40-1; -1 before the first
 * @param at the time that row carries, by which a restarted index is told; null before the first,
 *     and where the row's time cannot be relied on
 */
public record Cursor(int epoch, long index, Instant at) {

  private static final int INDEX_BITS = 40;

  /** Nothing read yet. */
  public static final Cursor START = new Cursor(0, -1, null);

  /** Rows in the order in which the meter recorded them, also across a restart of its index. */
  public long sequence(long meterIndex) {
    return (long) epoch << INDEX_BITS | meterIndex;
  }

  /** The meter's own index in a {@link #sequence(long) sequence}. */
  public static long index(long sequence) {
    return sequence & (1L << INDEX_BITS) - 1;
  }

  /** The epoch in a {@link #sequence(long) sequence}. */
  public static int epoch(long sequence) {
    return (int) (sequence >>> INDEX_BITS);
  }

  /** The same epoch, read up to and with this row. */
  public Cursor at(long lastIndex, Instant lastAt) {
    return new Cursor(epoch, lastIndex, lastAt);
  }

  /** The meter's index has started anew: nothing of the new epoch is read yet. */
  public Cursor restarted() {
    return new Cursor(epoch + 1, -1, null);
  }

  public boolean started() {
    return index >= 0;
  }
}
