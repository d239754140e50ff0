package org.meterledger.simulators.g13;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * The tariff calendar (N83 to N90): special days before seasons, seasons choose weeks, weeks choose
 * days, days switch.
 *
 * @param days by number of the profile
 * @param weeks in the order of the meter's list
 * @param specialDays by number of the profile
 */
record Calendar(
    SortedMap<Integer, List<Action>> days,
    List<Week> weeks,
    List<Season> seasons,
    SortedMap<Integer, SpecialDay> specialDays) {
  /** Stands for the last day of a month. */
  static final int LAST_DAY = 254;

  static final int ANY = 255;
  static final int ANY_YEAR = 65_535;

  /**
   * A switch point of a day.
   *
   * @param code 1 to 4 switch to that tariff, 5 to 12 set and reset outputs 1 to 4
   * @param minute of the day
   */
  record Action(int code, int minute) {}

  /**
   * @param days numbers of day profiles from Monday to Sunday
   */
  record Week(String name, List<Integer> days) {}

  /**
   * @param day of the month when it starts, or {@link #LAST_DAY}
   */
  record Season(int day, int month, String name, String week) {
    private int startIn(int year) {
      int last = YearMonth.of(year, month).lengthOfMonth();
      return month * 100 + Math.min(day, last);
    }
  }

  /**
   * @param day of the month, {@link #LAST_DAY} or {@link #ANY}
   * @param month 1 to 12 or {@link #ANY}
   * @param week of the month, 5 for the last, or {@link #ANY}
   * @param year or {@link #ANY_YEAR}
   */
  record Date(int day, int month, int week, int year) {
    boolean matches(LocalDate date) {
      int last = date.lengthOfMonth();
      int wanted = day == LAST_DAY ? last : day;
      boolean weekFits =
          week == ANY
              || (date.getDayOfMonth() - 1) / 7 + 1 == week
              || week == 5 && date.getDayOfMonth() > last - 7;
      return (day == ANY || wanted == date.getDayOfMonth())
          && (month == ANY || month == date.getMonthValue())
          && (year == ANY_YEAR || year == date.getYear())
          && weekFits;
    }
  }

  /**
   * @param day number of the day profile
   */
  record SpecialDay(Date date, int day) {}

  /** The season of a day: the one that started last; places count from 0, -1 for none. */
  int season(LocalDate date) {
    int today = date.getMonthValue() * 100 + date.getDayOfMonth();
    Comparator<Integer> byStart =
        Comparator.comparingInt(n -> seasons.get(n).startIn(date.getYear()));
    List<Integer> ordered = IntStream.range(0, seasons.size()).boxed().sorted(byStart).toList();
    int season = ordered.isEmpty() ? -1 : ordered.get(ordered.size() - 1);
    for (int number : ordered) {
      if (seasons.get(number).startIn(date.getYear()) <= today) {
        season = number;
      }
    }
    return season;
  }

  /** The number of the day profile that governs a day; 0 when nothing says. */
  int dayProfile(LocalDate date) {
    for (SpecialDay special : specialDays.values()) {
      if (special.date().matches(date)) {
        return special.day();
      }
    }
    int season = season(date);
    if (season < 0) {
      return 0;
    }
    String name = seasons.get(season).week();
    return weeks.stream()
        .filter(week -> week.name().equals(name))
        .map(week -> week.days().get(date.getDayOfWeek().getValue() - 1))
        .findFirst()
        .orElse(0);
  }

  /** The switch points of a day by time; empty when nothing governs it. */
  List<Action> actions(LocalDate date) {
    return days.getOrDefault(dayProfile(date), List.of()).stream()
        .sorted(Comparator.comparingInt(Action::minute))
        .toList();
  }
}
