package org.meterledger.simulators.dmed4;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Who charges when on a day: a function of the seed and the day alone. */
final class ChargingPlan {
  /** What a charging station does next. */
  enum Action {
    BEGIN,
    LOAD,
    INTERMEDIATE,
    END
  }

  /**
   * @param millis of 1970, UTC
   * @param watts from then on; 0 with {@link Action#END}
   */
  record Step(long millis, Action action, long watts, String identification) {}

  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  /** A charge every three hours at most, and none before six. */
  private static final int SLOTS = 6;

  private static final int STEP_MINUTES = 5;

  private final long seed;
  private final long mostWatts;

  ChargingPlan(Dmed4Settings settings) {
    this.seed = settings.seed();
    this.mostWatts = Math.min(300_000, settings.model().ratedAmperes() * 400L);
  }

  /** The steps of a UTC day of 1970 on, in their order; no charge goes on over midnight. */
  List<Step> day(long day) {
    List<Step> steps = new ArrayList<>();
    for (int slot = 0; slot < SLOTS; slot++) {
      long number = day * SLOTS + slot;
      if (dice(number, 1, 100) < 65) {
        add(steps, day * DAY + (6 + 3 * slot) * 60 * MINUTE + dice(number, 2, 90) * MINUTE, number);
      }
    }
    return steps;
  }

  private void add(List<Step> steps, long begin, long number) {
    int pieces = 3 + dice(number, 3, 13);
    long peak = mostWatts * (350 + dice(number, 4, 600)) / 1000;
    String id =
        String.format(Locale.ROOT, "%07X%07X", dice(number, 5, 1 << 28), dice(number, 6, 1 << 28));
    steps.add(new Step(begin, Action.BEGIN, peak, id));
    for (int piece = 1; piece < pieces; piece++) {
      // A battery takes less the fuller it is.
      long watts = peak * (1000 - 800L * piece * piece / (pieces * pieces)) / 1000;
      Action action = piece % 3 == 0 ? Action.INTERMEDIATE : Action.LOAD;
      steps.add(new Step(begin + piece * STEP_MINUTES * MINUTE, action, watts, id));
    }
    steps.add(new Step(begin + pieces * STEP_MINUTES * MINUTE, Action.END, 0, id));
  }

  /** A number from 0 to bound - 1. */
  private int dice(long number, int salt, int bound) {
    long z = seed * 0x9E3779B97F4A7C15L + number * 0xD1B54A32D192ED03L + salt * 0x8CB92BA72F3D8DD7L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return (int) (((z ^ (z >>> 31)) >>> 32) * bound >>> 32);
  }
}
