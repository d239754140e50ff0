package org.meterledger.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.meterledger.simulators.LoadShape;
import org.meterledger.simulators.emu.CsvDialect;
import org.meterledger.simulators.emu.EmuMeter;

/** Everything that can happen to meters, mixed; afterwards nothing is lost and nothing is twice. */
class FaultMixtureTest {

  private static final Instant START = Instant.parse("2026-09-20T00:00:00Z");
  private static final AtomicInteger SERIAL = new AtomicInteger(22_430_000);

  /** Of a ring buffer: that of some goes round within hours, that of others never. */
  private static final int[] CAPACITIES = {40, 200, 100_000};

  private static final List<CsvDialect> DIALECTS =
      List.of(CsvDialect.SEMICOLON, CsvDialect.COMMA_WITH_HEADER, CsvDialect.TAB);

  @Test
  void threeDays() throws InterruptedException {
    live(4_711, 20, Duration.ofDays(3));
  }

  /** The seed is printed; -Dmeterledger.seed=… runs it again. */
  @Test
  @Tag("soak")
  void tenDaysOfTwoHundredMeters() throws InterruptedException {
    long seed = Long.getLong("meterledger.seed", System.nanoTime());
    System.out.printf("fault mixture: seed %d%n", seed);
    live(seed, 200, Duration.ofDays(10));
  }

  private static void live(long seed, int count, Duration days) throws InterruptedException {
    var random = new SplittableRandom(seed);
    var settings = new ArrayList<EmuMeter.Settings>();
    for (int i = 0; i < count; i++) {
      settings.add(
          EmuMeter.Settings.builder(String.valueOf(SERIAL.getAndIncrement()), START)
              .seed(random.nextLong())
              .shape(LoadShape.values()[random.nextInt(LoadShape.values().length)])
              .dialect(DIALECTS.get(random.nextInt(DIALECTS.size())))
              .capacity(CAPACITIES[random.nextInt(CAPACITIES.length)])
              .build());
    }
    var begin = START.plus(Duration.ofHours(6));
    try (var reading = new ReadingFixture(begin, settings)) {
      reading.readDue();
      var meters = new ArrayList<TroubledMeter>();
      for (int i = 0; i < count; i++) {
        meters.add(new TroubledEmu(reading.meter(i), begin));
      }
      new FaultMixture(seed, reading, meters).run(days);
    }
  }
}
