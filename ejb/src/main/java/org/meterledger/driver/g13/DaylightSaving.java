package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.TemporalAdjusters;

/** When daylight saving begins and ends by the meter's own rule (N41, N42). */
public record DaylightSaving(Change start, Change end) {

  /** Whether it is daylight saving time while a clock in standard time shows this. */
  boolean on(LocalDateTime standard) {
    var from = start.in(standard.getYear());
    var to = end.in(standard.getYear()).minusHours(1);
    var begun = !standard.isBefore(from);
    var over = !standard.isBefore(to);
    // south of the equator it lasts over the turn of the year
    return from.isBefore(to) ? begun && !over : begun || !over;
  }

  /**
   * One of the two days of a year. The manual at hand does not explain the numbers.
   *
   * @param month 1 to 12
   * @param day of the week, 1 Monday to 7 Sunday
   * @param week of the month, 1 to 5, which is the last one
   * @param hour 0 to 23
   */
  public record Change(int month, int day, int week, int hour) {

    /**
     * @throws IllegalArgumentException when a number is out of its range
     */
    public Change checked() {
      Limit.range("A month", month, 1, 12);
      Limit.range("A day of the week", day, 1, 7);
      Limit.range("A week of the month", week, 1, 5);
      Limit.range("An hour", hour, 0, 23);
      return this;
    }

    /** By the clock that is in force until then. */
    private LocalDateTime in(int year) {
      checked();
      return LocalDate.of(year, month, 1)
          .with(TemporalAdjusters.dayOfWeekInMonth(week == 5 ? -1 : week, DayOfWeek.of(day)))
          .atTime(hour, 0);
    }

    static Change of(Node node) {
      return new Change(
          node.at("month").integer(),
          node.at("day").integer(),
          node.at("week").integer(),
          node.at("hour").integer());
    }

    JsonObject json() {
      checked();
      return Json.createObjectBuilder()
          .add("month", month)
          .add("day", day)
          .add("week", week)
          .add("hour", hour)
          .build();
    }
  }
}
