package org.meterledger.metering;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;

/**
 * A tariff program: names and shape of IEC 62056-6-2 class 20, Activity Calendar, with class 11,
 * Special Days Table. Times are the meter's local time.
 */
public record ActivityCalendar(
    String name,
    List<SeasonProfile> seasons,
    List<WeekProfile> weeks,
    List<DayProfile> days,
    List<SpecialDay> specialDays) {

  public ActivityCalendar {
    seasons = List.copyOf(seasons);
    weeks = List.copyOf(weeks);
    days = List.copyOf(days);
    specialDays = List.copyOf(specialDays);
  }

  /**
   * From {@code start} on the week {@code weekName} applies; a start without year comes each year.
   */
  public record SeasonProfile(String name, CosemDate start, String weekName) {}

  /** Which day profile applies on which weekday. */
  public record WeekProfile(String name, Map<DayOfWeek, Integer> dayIds) {
    public WeekProfile {
      dayIds = Map.copyOf(dayIds);
    }
  }

  /** The switches of one day, in the order of their times. */
  public record DayProfile(int dayId, List<DayProfileAction> schedule) {
    public DayProfile {
      schedule = List.copyOf(schedule);
    }
  }

  /** {@code scriptSelector} picks the rate (tariff register) to switch to at {@code startTime}. */
  public record DayProfileAction(LocalTime startTime, int scriptSelector) {}

  /** On {@code date} the day profile {@code dayId} overrides the week. */
  public record SpecialDay(int index, CosemDate date, int dayId) {}
}
