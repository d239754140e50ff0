package org.meterledger.driver.emu;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meterledger.driver.Block;
import org.meterledger.driver.ClockSource;
import org.meterledger.driver.EventLogSource;
import org.meterledger.driver.Finding;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RegisterSource;
import org.meterledger.driver.SettingsSource;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoadProfile;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.ProfileRow;
import org.meterledger.simulators.emu.CsvDialect;

/** Reads meters as they are, with all that happens in a meter's life. */
class EmuSimulatedMeterTest extends SimulatedEmu {

  private static final ObisCode LOGBOOK = ObisCode.of("0-0:99.98.0*255");

  static List<CsvDialect> dialects() {
    return List.of(CsvDialect.SEMICOLON, CsvDialect.COMMA_WITH_HEADER, CsvDialect.TAB);
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void wholeHistoryIsReadOverSeveralPages(CsvDialect dialect) {
    meter(settings -> settings.dialect(dialect));
    time.set(START.plus(Duration.ofDays(70)));

    readAll();

    assertThat(archive).hasSize(70 * 96);
    assertArchiveIsTruth();
    assertThat(findings).isEmpty();
    assertThat(cursor.index()).isEqualTo(70 * 96);
  }

  @Test
  void readingGoesOnWhereItStoppedWithOneRequestForRows() {
    meter(settings -> {});
    time.set(START.plus(Duration.ofDays(1)));
    readAll();
    time.advance(QUARTER);
    var before = meter.requests();

    try (var session = session()) {
      var block = ((ReadResult.Complete<Block<LoadProfile>>) read(session)).value();

      assertThat(block.content().rows()).extracting(ProfileRow::sequence).containsExactly(97L);
      assertThat(block.content().capturePeriod()).isEqualTo(QUARTER);
      assertThat(block.more()).isFalse();
    }
    assertThat(meter.requests() - before).as("who are you, and the rows").isEqualTo(2);
  }

  @Test
  void nothingNewIsAnEmptyBlock() {
    meter(settings -> {});
    time.set(START.plus(Duration.ofDays(1)));
    readAll();

    try (var session = session()) {
      var block = ((ReadResult.Complete<Block<LoadProfile>>) read(session)).value();

      assertThat(block.content().rows()).isEmpty();
      assertThat(block.next()).isEqualTo(cursor);
      assertThat(block.findings()).isEmpty();
    }
  }

  @Test
  void meterThatHasRecordedNothingYetGivesAnEmptyBlock() {
    meter(settings -> {});

    readAll();

    assertThat(archive).isEmpty();
    assertThat(cursor).isEqualTo(Cursor.START);
  }

  @Test
  void oldestRowIsFoundInABufferThatHasWrappedBeforeTheFirstReading() {
    meter(settings -> settings.capacity(500));
    time.set(START.plus(Duration.ofDays(60)));

    readAll();

    assertThat(archive).hasSize(500);
    assertThat(archive.get(0).sequence()).isEqualTo(60 * 96 - 499);
    assertThat(findings).as("what was never known is not lost").isEmpty();
  }

  @Test
  void rowsOverwrittenBetweenTwoReadingsAreReported() {
    meter(settings -> settings.capacity(100));
    time.set(START.plus(QUARTER.multipliedBy(50)));
    readAll();
    time.set(START.plus(QUARTER.multipliedBy(175)));

    readAll();

    assertThat(archive).hasSize(150);
    assertThat(findings)
        .containsExactly(
            new Finding(Finding.Kind.ROWS_OVERWRITTEN, Map.of("from", "51", "to", "75")));
  }

  @Test
  void rowsOverwrittenByMoreThanAPageAreReported() {
    meter(settings -> settings.capacity(100));
    time.set(START.plus(QUARTER.multipliedBy(50)));
    readAll();
    time.set(START.plus(QUARTER.multipliedBy(9000)));

    readAll();

    assertThat(archive).hasSize(150);
    assertThat(findings)
        .containsExactly(
            new Finding(Finding.Kind.ROWS_OVERWRITTEN, Map.of("from", "51", "to", "8900")));
  }

  @Test
  void restartedIndexBeginsANewEpoch() {
    meter(settings -> {});
    time.set(START.plus(QUARTER.multipliedBy(50)));
    readAll();
    meter.restartIndex();
    time.advance(QUARTER.multipliedBy(20));

    readAll();

    assertArchiveIsTruth();
    assertThat(cursor.epoch()).isEqualTo(1);
    assertThat(findings)
        .containsExactly(
            new Finding(Finding.Kind.INDEX_RESTARTED, Map.of("before", "50", "after", "20")));
  }

  @Test
  void restartIsToldByTimeWhenTheIndexHasCaughtUp() {
    meter(settings -> {});
    time.set(START.plus(QUARTER.multipliedBy(50)));
    readAll();
    meter.restartIndex();
    time.advance(QUARTER.multipliedBy(80));

    readAll();

    assertArchiveIsTruth();
    assertThat(findings).extracting(Finding::kind).containsExactly(Finding.Kind.INDEX_RESTARTED);
  }

  @Test
  void clearedMeterIsNoRestartUntilARowShowsIt() {
    meter(settings -> {});
    time.set(START.plus(QUARTER.multipliedBy(50)));
    readAll();
    meter.restartIndex();

    readAll();

    assertThat(findings).isEmpty();
    assertThat(cursor.epoch()).isZero();
  }

  @Test
  void hoursRepeatedAfterAClockWasSetBackAreAllRead() {
    meter(settings -> {});
    time.set(START.plus(QUARTER.multipliedBy(50)));
    readAll();
    meter.setClockBack(Duration.ofHours(1));
    time.advance(QUARTER.multipliedBy(8));

    readAll();

    assertArchiveIsTruth();
    assertThat(findings).isEmpty();
  }

  @Test
  void rowThatIsGivenTwiceIsOneRow() {
    meter(settings -> {});
    time.set(START.plus(QUARTER.multipliedBy(50)));
    meter.duplicateIndex();
    time.advance(QUARTER);

    readAll();

    assertArchiveIsTruth();
    assertThat(findings).isEmpty();
  }

  @Test
  void rowsOfAClockThatWasNeverSetAreKept() {
    meter(settings -> {});
    time.set(START.plus(QUARTER.multipliedBy(4)));
    meter.loseTime();
    time.advance(QUARTER.multipliedBy(4));

    readAll();

    assertArchiveIsTruth();
    assertThat(archive.get(7).periodEnd()).isBefore("2001-01-01T00:00:00Z");
    assertThat(archive.get(7).flags() & 0x02).as("clock invalid").isNotZero();
  }

  @Test
  void powerFailureAndClockSettingAreToldOnce() {
    meter(settings -> {});
    time.set(START.plus(QUARTER.multipliedBy(4)));
    readAll();
    meter.powerFailure(Duration.ofHours(1));
    time.advance(QUARTER.multipliedBy(8));

    try (var session = session()) {
      var block = ((ReadResult.Complete<Block<LoadProfile>>) read(session)).value();

      assertThat(block.events())
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.code()).isEqualTo(0x20);
                assertThat(event.logbook()).isEqualTo(ObisCode.of("0-0:99.98.129*255"));
              });
    }
  }

  @Test
  void logbookTellsWhatWasChanged() {
    meter(settings -> {});
    time.set(START.plus(QUARTER.multipliedBy(4)));
    meter.changeCurrentTransformer(500, 5);
    meter.setClockBack(Duration.ofMinutes(2));
    time.advance(QUARTER);

    try (var session = session()) {
      var log = session.as(EventLogSource.class).orElseThrow();
      var block = complete(log.readLogbook(LOGBOOK, Cursor.START));

      assertThat(block.content()).extracting(event -> event.code()).containsExactly(2, 1);
      assertThat(block.content().get(0).detail())
          .containsEntry("ctPrimary", "500")
          .containsEntry("ctPrimaryBefore", "5");
      assertThat(complete(log.readLogbook(LOGBOOK, block.next())).content()).isEmpty();
    }
  }

  @Test
  void presentValuesAndSettingsAreRead() {
    meter(settings -> settings.ntpActive(false));
    time.set(START.plus(Duration.ofDays(1)));

    try (var session = session()) {
      var reading = complete(session.as(RegisterSource.class).orElseThrow().readRegisters());
      var settings = complete(session.as(SettingsSource.class).orElseThrow().readSettings());

      assertThat(reading.values())
          .hasSameSizeAs(session.as(RegisterSource.class).get().registers());
      assertThat(reading.meterTime()).isBetween(START, time.instant());
      assertThat(settings)
          .containsEntry("ntpactive", "false")
          .containsEntry("ntp1", "pool.ntp.org");
      assertThat(complete(session.identify()).serialNumber()).isEqualTo("22350001");
    }
  }

  @Test
  void clockIsToldAlsoWithTheStatusWhereTheMeterTellsItThere() {
    meter(settings -> settings.statusTime(true));
    time.set(START.plus(Duration.ofDays(1)));
    meter.setClockForward(Duration.ofMinutes(3));
    var shown = time.instant().plus(Duration.ofMinutes(3));

    try (var session = session()) {
      assertThat(complete(session.identify()).meterTime()).isEqualTo(shown);
      assertThat(complete(session.as(ClockSource.class).orElseThrow().readClock()))
          .isEqualTo(shown);
    }
  }

  @Test
  void zeroInTheStatusIsNoTime() {
    meter(settings -> {});

    try (var session = session()) {
      assertThat(complete(session.identify()).meterTime()).isNull();
    }
  }

  @Test
  void oldSerialNumberHasNoMinimaAndMaxima() {
    meter(settings -> settings.minMax(false));

    try (var session = session()) {
      var reading = complete(session.as(RegisterSource.class).orElseThrow().readRegisters());

      assertThat(reading.values()).hasSize(25);
    }
  }
}
