package org.meterledger.web.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.meterledger.metering.Interval;

/** Time parameters as a request gives them. */
public final class Range {

  private static final int LONGEST_YEARS = 10;
  private static final Duration LONGEST = Duration.ofDays(366L * LONGEST_YEARS);

  private Range() {}

  /**
   * @param name null for {@code otherwise}
   * @throws Refused when there is no such zone
   */
  public static ZoneId zone(String name, ZoneId otherwise) {
    try {
      return name == null ? otherwise : ZoneId.of(name);
    } catch (DateTimeException e) {
      throw Refused.field("zone", "unknown", "no time zone " + name + "; one of the IANA names");
    }
  }

  /**
   * The time range of a request.
   *
   * @param zone in which a date begins
   * @throws Refused when one is missing or no time, or the range is empty or too long
   */
  public static Interval required(String from, String to, ZoneId zone) {
    var begin = instant("from", from, zone);
    var end = instant("to", to, zone);
    if (begin == null || end == null) {
      throw Refused.field(begin == null ? "from" : "to", "required", "is needed");
    }
    checkOrder(begin, end);
    if (Duration.between(begin, end).compareTo(LONGEST) > 0) {
      throw Refused.field("to", "rangeTooLong", "at most " + LONGEST_YEARS + " years after from");
    }
    return new Interval(begin, end);
  }

  /**
   * @throws Refused when {@code from} is not before {@code to}
   */
  public static void checkOrder(Instant from, Instant to) {
    if (from != null && to != null && !from.isBefore(to)) {
      throw Refused.field("from", "beforeTo", "must be before to");
    }
  }

  /**
   * A time with offset, or a date for its beginning.
   *
   * @param text null for null
   * @throws Refused when it is neither
   */
  public static Instant instant(String field, String text, ZoneId zone) {
    if (text == null) {
      return null;
    }
    try {
      var at =
          text.indexOf('T') < 0
              ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
              // a plus sign that nobody escaped arrives as a space
              : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
      // no meter measured before, and later years are slips of the pen
      if (at.isBefore(Instant.EPOCH) || at.isAfter(Instant.parse("2200-01-01T00:00:00Z"))) {
        throw Refused.field(field, "range", "from 1970 to 2200");
      }
      return at;
    } catch (DateTimeException e) {
      throw Refused.field(
          field, "instant", "must be a date or a time with offset, such as 2026-11-21T08:00:00Z");
    }
  }
}
