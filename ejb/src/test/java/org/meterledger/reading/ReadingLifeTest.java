package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.meterledger.server.TestDatabase;
import org.meterledger.simulators.emu.EmuMeter;
import org.meterledger.simulators.emu.LoadProfileRow;
import org.meterledger.simulators.emu.SettingsBuilder;

/** What happens in a meter's life; afterwards the archive holds what the meter recorded. */
class ReadingLifeTest {

  private static final Instant START = Instant.parse("2026-10-20T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private static int serial = 22_370_000;

  private static ReadingFixture read(UnaryOperator<SettingsBuilder> how)
      throws InterruptedException {
    var settings = how.apply(EmuMeter.Settings.builder(String.valueOf(serial++), START));
    var reading = new ReadingFixture(START.plus(DAY), List.of(settings.build()));
    reading.readDue();
    return reading;
  }

  @Test
  void thousandsOfRowsOfHistoryArriveBlockByBlock() throws InterruptedException {
    try (var reading = read(s -> s.commissioned(START.minus(Duration.ofDays(80))))) {
      assertThat(reading.archived(0)).isEqualTo(held(reading)).hasSizeGreaterThan(90);
    }
    var settings =
        EmuMeter.Settings.builder(String.valueOf(serial++), START.minus(Duration.ofDays(90)));
    try (var reading = new ReadingFixture(START, List.of(settings.build()))) {
      reading.readDue();
      assertThat(reading.archived(0)).hasSize(90 * 96).isEqualTo(reading.truth(0));
      assertThat(capturePeriod(reading)).isEqualTo(900);
    }
  }

  @Test
  void clockSetBackByAnHourRepeatsPeriodEnds() throws InterruptedException {
    try (var reading = read(s -> s)) {
      reading.meter(0).setClockBack(HOUR);
      reading.readAfter(DAY);
      assertThat(reading.archived(0)).isEqualTo(reading.truth(0));
      assertThat(
              reading
                  .database
                  .first(
                      """
                      select count(*) from load_profile_entry e
                        join load_profile p on p.id = e.profile_id
                       where p.meter_id = ? and e.occurrence = 1""",
                      row -> row.getInt(1),
                      reading.meterId(0))
                  .orElseThrow())
          .isPositive();
      assertThat(codes(reading, "0-0:99.98.129*255")).containsExactly(1);
      assertThat(codes(reading, "0-0:99.98.0*255")).containsExactly(1);
    }
  }

  @Test
  void duplicateIndexIsArchivedOnce() throws InterruptedException {
    try (var reading = read(s -> s)) {
      reading.clock.advance(HOUR);
      reading.meter(0).duplicateIndex();
      reading.readAfter(Duration.ZERO);
      reading.readAfter(DAY);
      assertThat(reading.archived(0)).isEqualTo(reading.truth(0));
    }
  }

  @Test
  void powerFailureLeavesAGapAndItsSign() throws InterruptedException {
    try (var reading = read(s -> s)) {
      reading.meter(0).powerFailure(HOUR);
      reading.readAfter(DAY);
      assertThat(reading.archived(0)).isEqualTo(reading.truth(0));
      assertThat(codes(reading, "0-0:99.98.129*255")).contains(0x20);
    }
  }

  @Test
  void restartedIndexIsNoticedAndBothEpochsAreKept() throws InterruptedException {
    try (var reading = read(s -> s)) {
      reading.meter(0).restartIndex();
      reading.readAfter(HOUR);
      assertThat(reading.archived(0)).isEqualTo(reading.truth(0));
      assertThat(reading.findings(0)).containsExactly(1);
    }
  }

  @Test
  void restartedIndexIsNoticedAlsoWhenItHasGrownPastTheCursor() throws InterruptedException {
    try (var reading = read(s -> s)) {
      reading.meter(0).restartIndex();
      reading.readAfter(Duration.ofDays(2));
      assertThat(reading.archived(0)).isEqualTo(reading.truth(0));
      assertThat(reading.findings(0)).containsExactly(1);
    }
  }

  @Test
  void overwrittenRowsAreReportedAndTheRestIsRead() throws InterruptedException {
    try (var reading = read(s -> s.capacity(100))) {
      reading.readAfter(Duration.ofDays(3));
      var lost = 3 * 96 - 100;
      assertThat(reading.archived(0)).hasSize(96 + 100);
      assertThat(reading.truth(0)).containsAll(reading.archived(0)).hasSize(96 + lost + 100);
      assertThat(reading.findings(0)).containsExactly(2);
    }
  }

  @Test
  void rowsOfAnUnsynchronisedClockAreKeptAndFlagged() throws InterruptedException {
    try (var reading = read(s -> s)) {
      reading.meter(0).loseTime();
      reading.readAfter(HOUR);
      reading.meter(0).synchroniseTime();
      reading.readAfter(HOUR);
      assertThat(reading.archived(0)).isEqualTo(reading.truth(0));
    }
  }

  @Test
  void changedTransformerStandsInTheLogbook() throws InterruptedException {
    try (var reading = read(s -> s)) {
      reading.meter(0).changeCurrentTransformer(500, 5);
      reading.readAfter(HOUR);
      assertThat(codes(reading, "0-0:99.98.0*255")).containsExactly(2);
      assertThat(reading.archived(0)).isEqualTo(reading.truth(0));
    }
  }

  @Test
  void anotherMeterAtTheAddressIsNotArchived() throws InterruptedException {
    try (var reading = read(s -> s)) {
      var before = reading.archived(0);
      reading.database.update(
          "update meter set serial_number = ? where id = ?", "other-" + serial, reading.meterId(0));
      reading.readAfter(HOUR);
      assertThat(reading.archived(0)).isEqualTo(before);
      assertThat(reading.attempts(0)).last().isEqualTo("FAILED INVALID_DATA");
    }
  }

  @Test
  void presentValuesAreShownAndKept() throws InterruptedException {
    try (var reading = read(s -> s)) {
      reading.readAfter(Duration.ofMinutes(15));
      assertThat(
              TestDatabase.database()
                  .query(
                      "select value, unit from present_register where meter_id = ? and obis = ?",
                      row -> row.getBigDecimal(1).signum() + row.getString(2),
                      reading.meterId(0),
                      "1-0:1.8.0*255"))
          .containsExactly("1Wh");
      assertThat(
              TestDatabase.database()
                  .first(
                      """
                      select count(*) from load_profile_entry e
                        join load_profile p on p.id = e.profile_id
                       where p.meter_id = ? and p.obis = '1-0:99.128.0*255'""",
                      row -> row.getInt(1),
                      reading.meterId(0))
                  .orElseThrow())
          .isEqualTo(2);
    }
  }

  @Test
  void clockIsComparedAlsoWhereNoRegistersAreRead() throws InterruptedException {
    try (var reading = read(s -> s.statusTime(true))) {
      reading.database.update(
          "delete from reading_task where meter_id = ? and plan_id = 1", reading.meterId(0));
      reading.meter(0).setClockForward(Duration.ofSeconds(90));
      reading.readAfter(HOUR);
      assertThat(
              reading
                  .database
                  .first(
                      "select clock_drift_ms from meter_contact where meter_id = ?",
                      row -> row.getLong(1),
                      reading.meterId(0))
                  .orElseThrow())
          .isEqualTo(90_000);
    }
  }

  private static List<String> held(ReadingFixture reading) {
    return ReadingFixture.told(
        reading.meter(0).truth().stream().filter(LoadProfileRow::held).toList());
  }

  private static int capturePeriod(ReadingFixture reading) {
    return reading
        .database
        .first(
            "select capture_period from load_profile where meter_id = ? and obis like '%:99.1.0%'",
            row -> row.getInt(1), reading.meterId(0))
        .orElseThrow();
  }

  private static List<Integer> codes(ReadingFixture reading, String logbook) {
    return reading.database.query(
        "select code from logbook_entry where meter_id = ? and logbook = ? order by at",
        row -> row.getInt(1),
        reading.meterId(0),
        logbook);
  }
}
