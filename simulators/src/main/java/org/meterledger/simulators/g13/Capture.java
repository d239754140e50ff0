package org.meterledger.simulators.g13;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * When a meter's clock passed the ends of the periods of previous values and demand.
 *
 * @param begin true second when the period began
 * @param second true second of the capture
 * @param local what the captured values are stamped with, as the clock shows it
 * @param powerOff whether the meter was without power in the period
 */
record Capture(long begin, long second, long local, boolean powerOff) {
  private static final long DAY = 86_400;

  /**
   * Ends of periods between two true seconds, the first exclusive. A clock set back passes an end
   * again; an end that was jumped over, with or without power, is captured at once.
   */
  static List<Capture> between(List<Span> spans, Period period, long since, long now) {
    List<Capture> captures = new ArrayList<>();
    long begin = since;
    long expected = Long.MIN_VALUE;
    boolean off = false;
    long seen = Long.MIN_VALUE;
    for (Span span : spans) {
      long from = Math.max(span.from(), since);
      long to = span.shownUntil(now);
      if (from >= to) {
        continue;
      }
      off |= expected != Long.MIN_VALUE && span.cause() == Span.Cause.POWER_RETURNED;
      boolean back = span.cause() == Span.Cause.CLOCK_SET && span.local(from) < seen;
      if (expected == Long.MIN_VALUE || back) {
        expected = period.next(span.local(from));
      }
      while (expected < span.local(to)) {
        long end = expected;
        expected = period.next(end);
        if (end < span.local(from) && expected <= span.local(from)) {
          continue; // Of several ends that were jumped over, the last is captured.
        }
        long second = Math.max(end - span.offset(), from);
        captures.add(new Capture(begin, second, end, off));
        begin = second;
        off = false;
      }
      seen = span.local(to);
    }
    return captures;
  }

  /**
   * The periods of previous values and demand (N70, N78).
   *
   * @param weekday 1 Monday to 7 Sunday, when a week begins
   */
  record Period(Kind kind, int weekday) {
    enum Kind {
      DAILY,
      WEEKLY,
      MONTHLY
    }

    /** The first end after a local second. */
    long next(long local) {
      long day = Math.floorDiv(local, DAY) + 1;
      return switch (kind) {
        case DAILY -> day * DAY;
        // Day 0 of the epoch was a Thursday, the fourth day of a week.
        case WEEKLY -> (day + Math.floorMod(weekday - 4 - day, 7L)) * DAY;
        case MONTHLY ->
            LocalDate.ofEpochDay(day - 1).withDayOfMonth(1).plusMonths(1).toEpochDay() * DAY;
      };
    }
  }
}
