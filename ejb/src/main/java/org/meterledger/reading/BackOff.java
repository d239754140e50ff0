package org.meterledger.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait after failures: twice as long each time, with jitter. */
final class BackOff {

  private static final Duration FIRST_RETRY = Duration.ofSeconds(30);
  private static final Duration FIRST_OPERATION_RETRY = Duration.ofSeconds(10);
  private static final Duration LONGEST_OPERATION_RETRY = Duration.ofMinutes(15);

  /** Sessions in vain, one after the other, after which a meter rests. */
  static final int FAILURES_BEFORE_REST = 6;

  private static final Duration FIRST_REST = Duration.ofMinutes(15);
  private static final Duration LONGEST_REST = Duration.ofHours(6);
  private static final int MOST_DOUBLINGS = 20;

  private BackOff() {}

  /**
   * @param failures that went before this one
   */
  static Instant reading(int failures, Instant now) {
    return now.plus(jittered(LONGEST_REST, FIRST_RETRY, failures));
  }

  static Instant operation(int failures, Instant now) {
    return now.plus(jittered(LONGEST_OPERATION_RETRY, FIRST_OPERATION_RETRY, failures));
  }

  /**
   * Until when a meter rests that did not answer.
   *
   * @param failures sessions in vain, this one included
   * @return null while it need not rest
   */
  static Instant rest(int failures, Instant now) {
    return failures < FAILURES_BEFORE_REST
        ? null
        : now.plus(jittered(LONGEST_REST, FIRST_REST, failures - FAILURES_BEFORE_REST));
  }

  /** Between the wait and half as much again. */
  private static Duration jittered(Duration longest, Duration first, int doublings) {
    var wait = first.multipliedBy(1L << Math.min(doublings, MOST_DOUBLINGS));
    long millis = Math.min(wait.toMillis(), longest.toMillis());
    return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }
}
