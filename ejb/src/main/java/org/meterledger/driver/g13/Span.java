package org.meterledger.driver.g13;

import java.time.LocalDateTime;

/**
 * Which stored values are wanted, by the meter's clock (N69, N73, N77).
 *
 * @param from null for all; then {@code to} and {@code count} say nothing
 * @param to null where {@code count} bounds
 * @param count 0 where {@code to} bounds
 */
public record Span(LocalDateTime from, LocalDateTime to, int count) {

  public static final Span ALL = new Span(null, null, 0);

  public static Span from(LocalDateTime from, int count) {
    Limit.range("The number of entries", count, 1, Demand.MOST_ENTRIES);
    return new Span(from, null, count);
  }

  public static Span between(LocalDateTime from, LocalDateTime to) {
    Limit.rule(!to.isBefore(from), "The first time comes first");
    return new Span(from, to, 0);
  }

  /** As the end of a path, with its slash. */
  String path() {
    if (from == null) {
      return "";
    }
    return "/"
        + G13Gateway.text(from)
        + (to != null ? "/" + G13Gateway.text(to) : count > 0 ? "/" + count : "");
  }
}
