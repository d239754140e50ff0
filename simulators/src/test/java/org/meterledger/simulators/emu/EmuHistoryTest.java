package org.meterledger.simulators.emu;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meterledger.simulators.LoadShape;
import org.meterledger.simulators.SettableClock;

class EmuHistoryTest {
  private static final Instant NOW = Wired.START.plus(Duration.ofDays(30));

  @ParameterizedTest
  @EnumSource(LoadShape.class)
  void energyIsTheIntegralOfThePower(LoadShape shape) {
    List<LoadProfileRow> rows = meter(shape, 7).truth();
    for (int row = 1; row < rows.size(); row++) {
      List<Long> before = rows.get(row - 1).values();
      List<Long> after = rows.get(row).values();
      long net = 0;
      for (int energy = 0; energy < 8; energy++) {
        long step = after.get(energy) - before.get(energy);
        assertThat(step).isNotNegative();
        net += energy < 2 ? step : energy < 4 ? -step : 0;
      }
      // Counters are cut to 1 Wh and each phase's power is rounded to 1 W.
      assertThat(4 * net).isBetween(after.get(8) - 10, after.get(8) + 10);
      assertThat(after.get(8)).isEqualTo(after.get(9) + after.get(10) + after.get(11));
    }
  }

  @Test
  void onlyThePlantExports() {
    assertThat(meter(LoadShape.PHOTOVOLTAIC, 7).truth())
        .anyMatch(row -> row.values().get(8) < -2000 && row.values().get(13) < 0)
        .anyMatch(row -> row.values().get(8) > 300);
    assertThat(meter(LoadShape.HOUSEHOLD, 7).truth()).allMatch(row -> row.values().get(8) > 0);
    assertThat(meter(LoadShape.SHOP, 7).truth()).allMatch(row -> row.values().get(2) == 0);
  }

  @Test
  void rateOneCountsFromSixToTwentyTwo() {
    List<LoadProfileRow> rows = meter(LoadShape.SHOP, 7).truth();
    for (int row = 1; row < rows.size(); row++) {
      long second = rows.get(row).periodEnd().getEpochSecond() - 1;
      boolean day = second % 86_400 / 3600 >= 6 && second % 86_400 / 3600 < 22;
      int idle = day ? 1 : 0;
      assertThat(rows.get(row).values().get(idle)).isEqualTo(rows.get(row - 1).values().get(idle));
    }
  }

  @Test
  void seedDecidesEverything() {
    assertThat(meter(LoadShape.SHOP, 7).truth()).isEqualTo(meter(LoadShape.SHOP, 7).truth());
    assertThat(meter(LoadShape.SHOP, 7).truth()).isNotEqualTo(meter(LoadShape.SHOP, 8).truth());
  }

  @Test
  void readingInBetweenChangesNothing() {
    SettableClock clock = new SettableClock(Wired.START);
    EmuMeter watched = new EmuMeter(Wired.settings().eventful(true).build(), clock);
    while (clock.instant().isBefore(NOW)) {
      watched.logbookTruth();
      clock.advance(Duration.ofSeconds(1373));
    }
    clock.set(NOW);

    assertThat(watched.truth())
        .isEqualTo(
            new EmuMeter(Wired.settings().eventful(true).build(), new SettableClock(NOW)).truth());
  }

  /** The archive outlives the simulator of a demonstration, so the next one must not contradict. */
  @Test
  void fleetStartedAgainLaterTellsTheSameHistory() {
    Instant later = NOW.plus(Duration.ofDays(3));
    EmuMeter.Settings before = EmuFleet.demonstration(3, 20, 1, NOW).get(2);
    EmuMeter.Settings after = EmuFleet.demonstration(3, 20, 1, later).get(2);

    List<LoadProfileRow> first = new EmuMeter(before, new SettableClock(NOW)).truth();
    List<LoadProfileRow> second = new EmuMeter(after, new SettableClock(later)).truth();

    assertThat(first).hasSizeGreaterThan(19 * 96);
    List<LoadProfileRow> common =
        second.stream().filter(row -> !row.periodEnd().isAfter(NOW)).toList();
    assertThat(common).hasSizeGreaterThan(16 * 96).isSubsetOf(first);
  }

  @Test
  void daylightSavingOfTheMachineDoesNotMatter() {
    TimeZone usual = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
      Clock berlin = Clock.fixed(NOW, ZoneId.of("Europe/Berlin"));
      List<LoadProfileRow> rows =
          new EmuMeter(Wired.settings().shape(LoadShape.SHOP).seed(7).build(), berlin).truth();
      // 2026-03-29 has 23 hours in Berlin and 96 quarters in UTC.
      assertThat(rows.get(191).periodEnd()).isEqualTo(Instant.parse("2026-03-30T00:00:00Z"));
      assertThat(rows).isEqualTo(meter(LoadShape.SHOP, 7).truth());
    } finally {
      TimeZone.setDefault(usual);
    }
  }

  @Test
  void capturePeriodIsASetting() {
    EmuMeter hourly =
        new EmuMeter(
            Wired.settings().capturePeriod(Duration.ofHours(1)).build(), new SettableClock(NOW));
    assertThat(hourly.truth()).hasSize(30 * 24);
    assertThat(hourly.truth().get(0).periodEnd()).isEqualTo(Wired.START.plusSeconds(3600));
  }

  @Test
  void eventfulMeterHasFailuresAndChanges() {
    EmuMeter eventful =
        new EmuMeter(
            Wired.settings().eventful(true).build(),
            new SettableClock(Wired.START.plus(Duration.ofDays(400))));
    assertThat(eventful.truth().stream().map(LoadProfileRow::status))
        .contains(LoadProfileRow.POWER_FAILURE, LoadProfileRow.TIME_CHANGED);
    assertThat(eventful.logbookTruth()).isNotEmpty();
  }

  @Test
  void truthIsPrintedWithTheColumnsOfTheManual() throws Exception {
    StringBuilder csv = new StringBuilder();
    meter(LoadShape.HOUSEHOLD, 7).writeTruthCsv(csv);
    List<String> lines = csv.toString().lines().toList();

    assertThat(lines).hasSize(1 + 30 * 96).allMatch(line -> line.split(",").length == 30);
    assertThat(lines.get(1)).startsWith("2026-03-28T00:15:00Z,1,0,22350001,").endsWith(",0,true");
  }

  private static EmuMeter meter(LoadShape shape, long seed) {
    return new EmuMeter(Wired.settings().shape(shape).seed(seed).build(), new SettableClock(NOW));
  }
}
