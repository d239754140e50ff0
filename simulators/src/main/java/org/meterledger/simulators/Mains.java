package org.meterledger.simulators;

import java.time.LocalDate;

/**
 * The electrical side of one connection, a function of seed and time only. Constant within a slot
 * of five minutes; integer arithmetic throughout, so every platform computes the same rows.
 */
public final class Mains {
  /** Seconds for which a load stays the same. */
  public static final int SLOT_SECONDS = 300;

  /** Places in a state: powers W, var; currents mA; voltages 0.1 V; factors 0.01; 0.1 Hz. */
  public static final int P = 0;

  public static final int Q = 4;
  public static final int I = 8;
  public static final int U = 12;
  public static final int PF = 15;
  public static final int F = 18;
  public static final int NEUTRAL = 19;
  public static final int SIZE = 20;

  /** Offset of the sum over the phases behind L1, L2 and L3 of a power or current. */
  public static final int TOTAL = 3;

  private static final int SOLAR_NOON_MINUTE = 680;
  private static final int[] DAYLIGHT_MINUTES = {
    520, 610, 715, 825, 925, 980, 955, 870, 760, 650, 550, 500
  };

  private final LoadShape shape;
  private final long seed;
  private final int scalePermille;
  private final int[] sharePermille = new int[3];
  private long solarDay = Long.MIN_VALUE;
  private int daylight;
  private int clearPermille;

  /** The mains behind one meter; the same shape and seed give the same load. */
  public Mains(LoadShape shape, long seed) {
    this.shape = shape;
    this.seed = seed;
    this.scalePermille = 700 + dice(0, 1, 600);
    this.sharePermille[0] = 280 + dice(0, 2, 110);
    this.sharePermille[1] = 280 + dice(0, 3, 110);
    this.sharePermille[2] = 1000 - sharePermille[0] - sharePermille[1];
  }

  /** Fills powers per phase, voltages and frequency of a slot; {@link #derive} adds the rest. */
  public void fill(long slot, long[] state) {
    long second = slot * SLOT_SECONDS;
    long day = Math.floorDiv(second, 86_400L);
    int secondOfDay = (int) Math.floorMod(second, 86_400L);
    long demand = shape.demandWatts(day, secondOfDay) * scalePermille / 1000;
    long sun = sunWatts(slot, day, secondOfDay / 60) / 3;
    int appliancePhase = appliancePhase(slot, demand);
    for (int phase = 0; phase < 3; phase++) {
      long load = demand * sharePermille[phase] / 1000 * (920 + dice(slot, 10 + phase, 160)) / 1000;
      if (phase == appliancePhase) {
        load += shape.applianceWatts() - dice(slot, 20, 100);
      }
      long active = load - sun;
      state[P + phase] = active;
      // Filters and idle converters make the rest of the load slightly capacitive.
      state[Q + phase] = load * shape.tangentPermille() / 1000 - sun * 30 / 1000 - 25;
      state[U + phase] = 2312 + dice(slot, 30 + phase, 24) - 12 - active / 400;
    }
    int wobble = dice(slot, 40, 20);
    state[F] = wobble == 0 ? 501 : wobble == 1 ? 499 : 500;
  }

  /** Computes the sums of the powers over the phases. */
  public static void sum(long[] state) {
    state[P + TOTAL] = state[P] + state[P + 1] + state[P + 2];
    state[Q + TOTAL] = state[Q] + state[Q + 1] + state[Q + 2];
  }

  /** Computes sums, currents and power factors from powers and voltages of the phases. */
  public static void derive(long[] state) {
    sum(state);
    for (int phase = 0; phase < 3; phase++) {
      long active = state[P + phase];
      long apparent = root(active * active + state[Q + phase] * state[Q + phase]);
      long current = apparent * 10_000 / state[U + phase];
      // The manual's meterdata.json (p. 8) shows negative currents under export.
      state[I + phase] = active < 0 ? -current : current;
      state[PF + phase] = apparent == 0 ? 100 : active * 100 / apparent;
    }
    long a = state[I];
    long b = state[I + 1];
    long c = state[I + 2];
    state[I + TOTAL] = a + b + c;
    state[NEUTRAL] = root(a * a + b * b + c * c - a * b - b * c - c * a);
  }

  /** A number from 0 to bound - 1 that depends on the seed, the slot and a salt. */
  public int dice(long slot, int salt, int bound) {
    long z = seed * 0x9E3779B97F4A7C15L + slot * 0xD1B54A32D192ED03L + salt * 0x8CB92BA72F3D8DD7L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    // The upper half scaled down: much faster than a remainder.
    return (int) (((z ^ (z >>> 31)) >>> 32) * bound >>> 32);
  }

  /** The phase with an appliance switched on, -1 for none; busy hours have more of them. */
  private int appliancePhase(long slot, long demand) {
    long quarterHour = Math.floorDiv(slot, 3);
    return dice(quarterHour, 50, 8000) < demand ? dice(quarterHour, 51, 3) : -1;
  }

  private long sunWatts(long slot, long day, int minuteOfDay) {
    if (shape.plantWatts() == 0) {
      return 0;
    }
    if (day != solarDay) {
      solarDay = day;
      daylight = DAYLIGHT_MINUTES[LocalDate.ofEpochDay(day).getMonthValue() - 1];
      clearPermille = 350 + dice(day, 60, 650);
    }
    long sinceSunrise = minuteOfDay - (SOLAR_NOON_MINUTE - daylight / 2);
    if (sinceSunrise <= 0 || sinceSunrise >= daylight) {
      return 0;
    }
    long height =
        4 * sinceSunrise * (daylight - sinceSunrise) * 1000 / ((long) daylight * daylight);
    long clouds = clearPermille - dice(slot, 61, 1 + (1000 - clearPermille) / 2);
    return shape.plantWatts() * height / 1000 * clouds / 1000 * daylight / 1000;
  }

  private static long root(long square) {
    return Math.round(Math.sqrt((double) square));
  }
}
