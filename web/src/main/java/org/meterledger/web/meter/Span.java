package org.meterledger.web.meter;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/**
 * How much of a load profile is looked at: whole days, weeks, months or years of the meter's zone.
 */
public enum Span {
  DAY(Period.ofDays(1)),
  WEEK(Period.ofWeeks(1)),
  MONTH(Period.ofMonths(1)),
  YEAR(Period.ofYears(1));

  private final Period period;

  Span(Period period) {
    this.period = period;
  }

  /** Its first day when {@code day} lies in it; weeks begin on Monday (ISO 8601). */
  LocalDate first(LocalDate day) {
    switch (this) {
      case WEEK:
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH:
        return day.withDayOfMonth(1);
      case YEAR:
        return day.withDayOfYear(1);
      default:
        return day;
    }
  }

  LocalDate next(LocalDate first) {
    return first.plus(period);
  }

  LocalDate previous(LocalDate first) {
    return first.minus(period);
  }

  /** As in addresses. */
  public String getKey() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Span of(String key) {
    for (Span span : values()) {
      if (span.getKey().equals(key)) {
        return span;
      }
    }
    return DAY;
  }
}
