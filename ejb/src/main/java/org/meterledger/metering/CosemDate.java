package org.meterledger.metering;

import java.time.DayOfWeek;
import java.util.Objects;

/**
 * A date with open parts (IEC 62056-6-2, "date"): a null part fits any. Real calendars use what a
 * month-day cannot say: the last Sunday of March, each Monday, a year only for a moving holiday.
 *
 * @param year 1..9999 or null
 * @param month 1..12 or null
 * @param dayOfMonth 1..31, {@link #LAST} or {@link #SECOND_LAST}, or null
 * @param dayOfWeek or null
 */
public record CosemDate(Integer year, Integer month, Integer dayOfMonth, DayOfWeek dayOfWeek) {

  /** The last day of the month (0xFE in a COSEM date). */
  public static final int LAST = 0xFE;

  /** The last day but one of the month (0xFD in a COSEM date). */
  public static final int SECOND_LAST = 0xFD;

  /**
   * @throws IllegalArgumentException when a given part lies outside its range
   */
  public CosemDate {
    check("year", year, 1, 9999);
    check("month", month, 1, 12);
    if (!Objects.equals(dayOfMonth, LAST) && !Objects.equals(dayOfMonth, SECOND_LAST)) {
      check("day of month", dayOfMonth, 1, 31);
    }
  }

  private static void check(String part, Integer value, int least, int most) {
    if (value != null && (value < least || value > most)) {
      throw new IllegalArgumentException(part + " out of " + least + ".." + most + ": " + value);
    }
  }
}
