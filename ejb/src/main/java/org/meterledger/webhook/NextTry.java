package org.meterledger.webhook;

import java.time.Duration;
import java.time.Instant;

/** When a delivery that did not succeed is tried again: after 10 s, then ever later, up to 1 h. */
final class NextTry {

  /** What has not been delivered for so long is given up. */
  static final Duration PATIENCE = Duration.ofHours(24);

  private static final long FIRST_SECONDS = 10;
  private static final int MOST_DOUBLINGS = 9;

  /** With the widest spread an hour. */
  private static final long LONGEST_SECONDS = 2880;

  private static final double SPREAD = 0.25;

  private NextTry() {}

  /**
   * @param failures in a row before the one that has just ended at {@code now}, from 0
   * @param random 0..1; those that failed together are not tried again together
   */
  static Instant after(int failures, double random, Instant now) {
    long wait = Math.min(FIRST_SECONDS << Math.min(failures, MOST_DOUBLINGS), LONGEST_SECONDS);
    return now.plusMillis((long) (wait * 1000 * (1 + SPREAD * random)));
  }
}
