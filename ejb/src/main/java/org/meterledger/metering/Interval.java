package org.meterledger.metering;

import java.time.Instant;

/** Half-open time range [from, to), never empty. */
public record Interval(Instant from, Instant to) {
  /**
   * @throws IllegalArgumentException when {@code from} is not before {@code to}
   */
  public Interval {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("Empty interval " + from + ".." + to);
    }
  }
}
