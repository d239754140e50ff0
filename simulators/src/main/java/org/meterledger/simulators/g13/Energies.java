package org.meterledger.simulators.g13;

import static org.meterledger.simulators.g13.Component.ACTIVE_EXPORT;
import static org.meterledger.simulators.g13.Component.ACTIVE_IMPORT;
import static org.meterledger.simulators.g13.Component.APPARENT_EXPORT;
import static org.meterledger.simulators.g13.Component.APPARENT_IMPORT;
import static org.meterledger.simulators.g13.Component.REACTIVE_EXPORT;
import static org.meterledger.simulators.g13.Component.REACTIVE_IMPORT;

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
  private final Map<Long, int[]> courses =
      new LinkedHashMap<>(4, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, int[]> eldest) {
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
    int number = (int) (day - firstDay);
    int into = (int) (second - day * DAY);
    if (into == 0 && number < midnights.size()) {
      return midnights.get(number)[place];
    }
    int[] course = course(day);
    int at = into / Mains.SLOT_SECONDS * Component.PLACES + place;
    long watts = course[at + Component.PLACES] - course[at];
    return midnights.get(number)[place]
        + (long) course[at] * Mains.SLOT_SECONDS
        + watts * (into % Mains.SLOT_SECONDS);
  }

  /** All energies up to a second. */
  synchronized long[] at(long second) {
    long[] all = new long[Component.PLACES];
    for (int place = 0; place < all.length; place++) {
      all[place] = at(second, place);
    }
    return all;
  }

  private int[] course(long day) {
    int[] kept = courses.get(day);
    if (kept != null) {
      return kept;
    }
    for (long next = firstDay + midnights.size() - 1; next < day; next++) {
      close(compute(next));
    }
    int[] course = compute(day);
    courses.put(day, course);
    return course;
  }

  /** Sums of each slot's powers since midnight: multiplied by a slot's seconds, energies. */
  private int[] compute(long day) {
    int[] course = new int[(SLOTS + 1) * Component.PLACES];
    long[] state = new long[Mains.SIZE];
    for (int slot = 0; slot < SLOTS; slot++) {
      mains.fill(day * SLOTS + slot, state);
      int from = slot * Component.PLACES;
      int to = from + Component.PLACES;
      System.arraycopy(course, from, course, to, Component.PLACES);
      for (int line = 0; line < phases; line++) {
        int active = (int) state[Mains.P + line];
        int reactive = (int) state[Mains.Q + line];
        int apparent = (int) Math.rint(Math.hypot(active, reactive));
        boolean imports = active >= 0;
        course[to + (imports ? ACTIVE_IMPORT : ACTIVE_EXPORT).place(line)] += Math.abs(active);
        course[to + (reactive >= 0 ? REACTIVE_IMPORT : REACTIVE_EXPORT).place(line)] +=
            Math.abs(reactive);
        course[to + (imports ? APPARENT_IMPORT : APPARENT_EXPORT).place(line)] += apparent;
      }
    }
    return course;
  }

  /** Keeps the state at the end of the last day that was not yet kept. */
  private void close(int[] course) {
    long[] midnight = midnights.get(midnights.size() - 1).clone();
    for (int place = 0; place < midnight.length; place++) {
      midnight[place] += (long) course[SLOTS * Component.PLACES + place] * Mains.SLOT_SECONDS;
    }
    midnights.add(midnight);
  }
}
