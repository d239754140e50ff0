package org.meterledger.simulators.g13;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/**
 * When a meter's clock goes forward and back by an hour each year (N41, N42).
 *
 * @param start in standard time
 * @param end in daylight-saving time
 */
record DaylightSaving(Rule start, Rule end) {
  static final long SHIFT = 3600;

  /** The last Sundays of March and October, as in the European Union. */
  static final DaylightSaving EUROPEAN =
      new DaylightSaving(new Rule(3, 5, 7, 2), new Rule(10, 5, 7, 3));

  /**
   * A day of each year.
   *
   * @param month 1 to 12
   * @param week 1 to 4 counts from the month's begin, 5 is the last
   * @param day 1 Monday to 7 Sunday
   * @param hour 0 to 23
   */
  record Rule(int month, int week, int day, int hour) {
    /** The rule's second in a year, as a clock that it governs shows it. */
    long localSecond(int year) {
      LocalDate first = LocalDate.of(year, Month.of(month), 1);
      LocalDate date =
          first.with(TemporalAdjusters.dayOfWeekInMonth(week == 5 ? -1 : week, DayOfWeek.of(day)));
      return date.atTime(hour, 0).toEpochSecond(ZoneOffset.UTC);
    }
  }

  /** Whether daylight saving is on at a second that a clock in standard time shows. */
  boolean on(long standardLocal) {
    int year = year(standardLocal);
    boolean afterStart = standardLocal >= start.localSecond(year);
    boolean beforeEnd = standardLocal < end.localSecond(year) - SHIFT;
    // In the southern hemisphere the end comes before the start of a year.
    return start.localSecond(year) < end.localSecond(year)
        ? afterStart && beforeEnd
        : afterStart || beforeEnd;
  }

  /** The next change after a second, both as a clock in standard time shows them. */
  long nextChange(long standardLocal) {
    int year = year(standardLocal);
    long next = Long.MAX_VALUE;
    for (int candidate = year; candidate <= year + 1; candidate++) {
      long starts = start.localSecond(candidate);
      long ends = end.localSecond(candidate) - SHIFT;
      next = starts > standardLocal ? Math.min(next, starts) : next;
      next = ends > standardLocal ? Math.min(next, ends) : next;
    }
    return next;
  }

  private static int year(long standardLocal) {
    return LocalDate.ofEpochDay(Math.floorDiv(standardLocal, 86_400L)).getYear();
  }
}
