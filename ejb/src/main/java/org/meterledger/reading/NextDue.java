package org.meterledger.reading;

import java.time.Duration;
import java.time.Instant;
import org.meterledger.driver.Fault;

/** When a task is due again. */
final class NextDue {

  /** A capture period's row is there a little after its end; meters are not asked all at once. */
  private static final long EARLIEST_SECONDS = 5;

  private static final long WIDEST_SPREAD_SECONDS = 300;
  private static final long FIRST_RETRY_SECONDS = 30;
  private static final int MOST_DOUBLINGS = 10;

  private NextDue() {}

  /**
   * @param fault null when the attempt was complete
   */
  static Instant at(int meterId, DueMeter.DueTask task, Fault fault, Instant now) {
    if (fault != null && fault.kind().retryable()) {
      long wait = FIRST_RETRY_SECONDS << Math.min(task.failures(), MOST_DOUBLINGS);
      var retry = now.plusSeconds(wait + spread(meterId, wait / 2));
      var regular = regular(meterId, task.every(), now);
      return retry.isBefore(regular) ? retry : regular;
    }
    return regular(meterId, task.every(), now);
  }

  private static Instant regular(int meterId, Duration every, Instant now) {
    long seconds = every.toSeconds();
    long begin = Math.floorDiv(now.getEpochSecond(), seconds) * seconds;
    long offset =
        Math.min(EARLIEST_SECONDS, seconds / 2)
            + spread(meterId, Math.min(seconds / 2, WIDEST_SPREAD_SECONDS));
    var next = Instant.ofEpochSecond(begin + offset);
    return next.isAfter(now) ? next : next.plusSeconds(seconds);
  }

  /** The same for a meter each time, evenly spread over the meters (Fibonacci hashing). */
  private static long spread(int meterId, long width) {
    return width <= 0 ? 0 : Math.floorMod(meterId * 0x9E3779B97F4A7C15L >>> 16, width);
  }
}
