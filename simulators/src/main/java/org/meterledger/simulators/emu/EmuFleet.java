package org.meterledger.simulators.emu;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.simulators.LoadShape;

/** A mixed lot of meters for demonstrations and benchmarks. */
public final class EmuFleet {
  /** A fixed day, so that a simulator started again tomorrow tells the same history. */
  private static final Instant COMMISSIONED = Instant.parse("2025-01-01T00:00:00Z");

  private static final int FIRST_SERIAL = 22_350_001;
  private static final int FIRST_OLD_SERIAL = 21_400_001;
  private static final CsvDialect[] DIALECTS = {
    CsvDialect.SEMICOLON, CsvDialect.COMMA_WITH_HEADER, CsvDialect.TAB
  };

  private EmuFleet() {}

  /**
   * Meters of a demonstration: commissioned on a fixed day, so that a simulator started again later
   * goes on with the same history, and with power failures and clock corrections now and then.
   * Shapes and CSV dialects alternate, every fifth is an older meter without minima and maxima,
   * every tenth has its time server off.
   *
   * @param count how many, from 1
   * @param days of history before {@code now} that the meters still hold, whole UTC days
   * @param seed the same seed gives the same meters
   */
  public static List<EmuMeter.Settings> demonstration(int count, int days, long seed, Instant now) {
    Instant start = start(days, now);
    Instant commissioned = start.isBefore(COMMISSIONED) ? start : COMMISSIONED;
    return meters(count, start, commissioned, seed, true);
  }

  /**
   * The same lot, but new: numbering and counting begin with the first day of history, and nothing
   * happens by itself. Cheaper to start in thousands.
   *
   * @see #demonstration
   */
  public static List<EmuMeter.Settings> fresh(int count, int days, long seed, Instant now) {
    Instant start = start(days, now);
    return meters(count, start, start, seed, false);
  }

  private static Instant start(int days, Instant now) {
    return now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days));
  }

  private static List<EmuMeter.Settings> meters(
      int count, Instant start, Instant commissioned, long seed, boolean eventful) {
    List<EmuMeter.Settings> fleet = new ArrayList<>(count);
    for (int number = 0; number < count; number++) {
      boolean old = number % 5 == 4;
      String serial = Integer.toString((old ? FIRST_OLD_SERIAL : FIRST_SERIAL) + number);
      fleet.add(
          EmuMeter.Settings.builder(serial, start)
              .commissioned(commissioned)
              .seed(seed * 1_000_003 + number)
              .shape(LoadShape.values()[number % LoadShape.values().length])
              .dialect(DIALECTS[number / 3 % DIALECTS.length])
              .softwareVersion(old ? "1.0.6" : "1.0.14")
              .ntpActive(number % 10 != 7)
              .eventful(eventful)
              .build());
    }
    return fleet;
  }
}
