package org.meterledger.simulators.g13;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meterledger.simulators.LoadShape;
import org.meterledger.simulators.Mains;

/**
 * What has flowed through a connection up to a second, a function of seed and time: counted as if
 * the meter had never been without power, in W s, var s and V A s. Keeps the state of each midnight
 * and the course of the days that were asked for last, nothing else.
 */
final class Energies {
  private static final long DAY = 86_400;
  private static final int SLOTS = (int) (DAY / Mains.SLOT_SECONDS);
  private static final int DAYS_KEPT = 2;

  private final Mains mains;
  private final int phases;
  private final long firstDay;
  private final List<long[]> midnights = new ArrayList<>();
  private final Map<Long, long[]> courses =
      new LinkedHashMap<>(4, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, long[]> eldest) {
          return size() > DAYS_KEPT;
        }
      };

  /**
   * @param start second of the epoch from whose UTC day on something flows
   */
  Energies(LoadShape shape, long seed, int phases, long start) {
    this.mains = new Mains(shape, seed);
    this.phases = phases;
    this.firstDay = Math.floorDiv(start, DAY);
    midnights.add(new long[Component.PLACES]);
  }

  Mains mains() {
    return mains;
  }

  /** One energy up to a second; nothing had flowed before the first day. */
  synchronized long at(long second, int place) {
    long day = Math.floorDiv(second, DAY);
    if (day < firstDay) {
      return 0;
    }
    long[] course = course(day);
    int into = (int) (second - day * DAY);
    int slot = into / Mains.SLOT_SECONDS;
    int at = slot * Component.PLACES + place;
    // Exact: within a slot the power is a whole number of watts.
    long step = (course[at + Component.PLACES] - course[at]) / Mains.SLOT_SECONDS;
    return course[at] + step * (into % Mains.SLOT_SECONDS);
  }

  /** All energies up to a second. */
  synchronized long[] at(long second) {
    long[] all = new long[Component.PLACES];
    for (int place = 0; place < all.length; place++) {
      all[place] = at(second, place);
    }
    return all;
  }

  private long[] course(long day) {
    long[] kept = courses.get(day);
    if (kept != null) {
      return kept;
    }
    long[] course = null;
    for (long next = firstDay + midnights.size() - 1; next <= day; next++) {
      course = compute(next);
    }
    if (course == null) {
      course = compute(day);
    }
    courses.put(day, course);
    return course;
  }

  /** The state at each slot of a day and at its end, which is the next midnight. */
  private long[] compute(long day) {
    int number = (int) (day - firstDay);
    long[] course = new long[(SLOTS + 1) * Component.PLACES];
    System.arraycopy(midnights.get(number), 0, course, 0, Component.PLACES);
    long[] state = new long[Mains.SIZE];
    for (int slot = 0; slot < SLOTS; slot++) {
      mains.fill(day * SLOTS + slot, state);
      int from = slot * Component.PLACES;
      System.arraycopy(course, from, course, from + Component.PLACES, Component.PLACES);
      for (int line = 0; line < phases; line++) {
        long active = state[Mains.P + line];
        long reactive = state[Mains.Q + line];
        long apparent = Math.round(Math.sqrt((double) (active * active + reactive * reactive)));
        int to = from + Component.PLACES;
        boolean imports = active >= 0;
        add(course, to, imports, Component.ACTIVE_IMPORT, line, active);
        add(course, to, reactive >= 0, Component.REACTIVE_IMPORT, line, reactive);
        add(course, to, imports, Component.APPARENT_IMPORT, line, apparent);
      }
    }
    if (number == midnights.size() - 1) {
      long[] midnight = new long[Component.PLACES];
      System.arraycopy(course, SLOTS * Component.PLACES, midnight, 0, Component.PLACES);
      midnights.add(midnight);
    }
    return course;
  }

  private static void add(
      long[] course, int to, boolean imports, Component importing, int line, long power) {
    Component counted = imports ? importing : Component.values()[importing.ordinal() + 1];
    course[to + counted.place(line)] += Math.abs(power) * Mains.SLOT_SECONDS;
  }
}
