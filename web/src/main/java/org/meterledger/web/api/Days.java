package org.meterledger.web.api;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * Days as a request gives them.
 *
 * @param first and
 * @param last both included
 */
public record Days(LocalDate first, LocalDate last) {

  /** So many are told where nobody says how many. */
  public static final int USUAL = 30;

  private static final int MOST = 3_660;

  /**
   * @param from null for thirty days up to {@code to}
   * @param to null for today
   * @throws Refused when one is no date, or they are out of order or too many
   */
  public static Days of(String from, String to, LocalDate today) {
    var last = day("to", to, today);
    var first = day("from", from, last.minusDays(USUAL - 1L));
    if (first.isAfter(last)) {
      throw Refused.field("from", "beforeTo", "must not be after to");
    }
    if (ChronoUnit.DAYS.between(first, last) >= MOST) {
      throw Refused.field("to", "rangeTooLong", "at most " + MOST + " days");
    }
    return new Days(first, last);
  }

  /**
   * @param text null for {@code otherwise}
   * @throws Refused when it is no date of the years 1970 to 2200
   */
  public static LocalDate day(String field, String text, LocalDate otherwise) {
    if (text == null) {
      return otherwise;
    }
    try {
      var day = LocalDate.parse(text);
      if (day.getYear() < 1970 || day.getYear() > 2200) {
        throw Refused.field(field, "range", "from 1970 to 2200");
      }
      return day;
    } catch (DateTimeException e) {
      throw Refused.field(field, "date", "must be a date such as 2026-11-21");
    }
  }
}
