package org.meterledger.driver.g13;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.meterledger.metering.Cursor;

/**
 * Stands for the running number that these meters do not have: the second of an entry and how often
 * that second came before, for it comes again when a clock is set back.
 */
final class TimeIndex {

  private static final int OCCURRENCES = 64;

  private final Map<Long, Integer> seen = new HashMap<>();

  /** The index of the next entry, in the order of recording. */
  long next(Instant at) {
    var second = Math.max(0, at.getEpochSecond());
    var occurrence = Math.min(seen.merge(second, 1, Integer::sum), OCCURRENCES) - 1;
    return second * OCCURRENCES + occurrence;
  }

  /** By how much the numbers of two entries differ that lie a period apart. */
  static long step(Duration period) {
    return period.toSeconds() * OCCURRENCES;
  }

  static boolean again(long index) {
    return index % OCCURRENCES > 0;
  }

  static Instant at(long index) {
    return Instant.ofEpochSecond(index / OCCURRENCES);
  }

  /**
   * The cursor after all entries up to and with a second; before everything where that is before
   * 1970.
   */
  static Cursor after(Instant last, Cursor archived) {
    return last.getEpochSecond() < 0
        ? archived.at(-1, null)
        : archived.at(last.getEpochSecond() * OCCURRENCES + OCCURRENCES - 1, null);
  }
}
