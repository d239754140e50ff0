package org.meterledger.driver.emu;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meterledger.driver.Block;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.EventLogSource;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.Finding;
import org.meterledger.driver.LoadProfileSource;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoadProfile;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.ProfileRow;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.emu.EmuMeter;
import org.meterledger.simulators.emu.EmuSimulator;
import org.meterledger.simulators.emu.LoadProfileRow;
import org.meterledger.simulators.emu.SettingsBuilder;

/** Reads from a time on what meters hold that have had a life. */
class EmuSeekTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Duration DAY = Duration.ofDays(1);

  private final SettableClock time = new SettableClock(START);
  private EmuSimulator simulator;
  private EmuMeter meter;
  private MeterSession session;

  @AfterEach
  void stop() {
    session.close();
    simulator.close();
  }

  private void meter(Consumer<SettingsBuilder> how) {
    var settings = EmuMeter.Settings.builder("22350001", START);
    how.accept(settings);
    simulator = EmuSimulator.start(List.of(settings.build()), 0, time);
    meter = simulator.meter(0);
    var quick = Duration.ofSeconds(1);
    session =
        new EmuDriver(time, quick)
            .open(Documents.MODEL, new Endpoint.Http(simulator.uri(0), null, null, quick));
  }

  private ReadResult<Cursor> seek(Instant from, Cursor archived) {
    return session
        .as(LoadProfileSource.class)
        .orElseThrow()
        .seek(EmuSession.LOAD_PROFILE, from, archived);
  }

  private List<ProfileRow> rowsAfter(Instant from) {
    return rowsAfter(from, Cursor.START);
  }

  private List<ProfileRow> rowsAfter(Instant from, Cursor archived) {
    var rows = new ArrayList<ProfileRow>();
    var cursor = complete(seek(from, archived));
    Block<LoadProfile> block;
    do {
      block = complete(read(cursor));
      assertThat(block.findings()).isEmpty();
      rows.addAll(block.content().rows());
      cursor = block.next();
    } while (block.more());
    return rows;
  }

  private ReadResult<Block<LoadProfile>> read(Cursor cursor) {
    return session
        .as(LoadProfileSource.class)
        .orElseThrow()
        .readLoadProfile(EmuSession.LOAD_PROFILE, cursor);
  }

  private static <T> T complete(ReadResult<T> result) {
    assertThat(result).isInstanceOf(ReadResult.Complete.class);
    return ((ReadResult.Complete<T>) result).value();
  }

  private static List<Instant> ends(List<ProfileRow> rows) {
    return rows.stream().map(ProfileRow::periodEnd).toList();
  }

  private List<Instant> held(int skipped) {
    return meter.truth().stream()
        .filter(LoadProfileRow::held)
        .map(LoadProfileRow::periodEnd)
        .skip(skipped)
        .toList();
  }

  @Test
  void halfAYearIsHalvedAndReadOverSeveralPages() {
    meter(settings -> {});
    time.set(START.plus(DAY.multipliedBy(180)));
    session.identify();
    var before = meter.requests();

    var cursor = complete(seek(START.plus(DAY.multipliedBy(100)), Cursor.START));

    assertThat(cursor.index()).isEqualTo(100 * 96);
    assertThat(meter.requests() - before).isLessThanOrEqualTo(15 + 2);
    assertThat(ends(rowsAfter(START.plus(DAY.multipliedBy(100))))).isEqualTo(held(100 * 96));
  }

  @Test
  void whatIsOverwrittenIsNotReportedAsLost() {
    meter(settings -> settings.capacity(500));
    time.set(START.plus(DAY.multipliedBy(60)));
    assertThat(ends(rowsAfter(START))).hasSize(500).isEqualTo(held(0));

    var cursor = complete(seek(START, Cursor.START));
    time.advance(QUARTER.multipliedBy(3));

    var block = complete(read(cursor));
    assertThat(block.findings()).as("three more are overwritten meanwhile").isEmpty();
    assertThat(ends(block.content().rows())).isEqualTo(held(0));
  }

  @Test
  void oldestRowThatIsStillThereCanBeTheOneBefore() {
    meter(settings -> settings.capacity(500));
    time.set(START.plus(DAY.multipliedBy(60)));
    var second = held(1).get(0);
    var cursor = complete(seek(second.minusSeconds(1), Cursor.START));
    time.advance(QUARTER);

    var block = complete(read(cursor));

    assertThat(block.findings()).as("it is overwritten, but was not wanted").isEmpty();
    assertThat(block.content().rows().get(0).periodEnd()).isEqualTo(second);
  }

  @Test
  void rowsHaveTheEpochOfTheArchive() {
    meter(settings -> {});
    time.set(START.plus(DAY));
    meter.restartIndex();
    time.advance(DAY);
    var archived = new Cursor(1, 96, time.instant());

    var rows = rowsAfter(time.instant().minus(QUARTER.multipliedBy(2)), archived);

    assertThat(rows)
        .extracting(ProfileRow::sequence)
        .containsExactly(archived.sequence(95), archived.sequence(96));
  }

  @Test
  void restartedIndexIsReadRegularlyFirst() {
    meter(settings -> {});
    time.set(START.plus(DAY));
    var archived = Cursor.START.at(96, time.instant());
    meter.restartIndex();
    time.advance(QUARTER.multipliedBy(20));
    assertBusy(archived);
    time.advance(DAY);
    assertBusy(archived);

    var block = complete(read(archived));

    assertThat(block.findings())
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.INDEX_RESTARTED);
    assertThat(rowsAfter(START, block.next())).hasSize(116);
  }

  private void assertBusy(Cursor archived) {
    assertThat(seek(START, archived))
        .isInstanceOfSatisfying(
            ReadResult.Failed.class,
            failed -> {
              assertThat(failed.fault().kind()).isEqualTo(Kind.BUSY);
              assertThat(failed.fault().kind().retryable()).isTrue();
            });
  }

  @Test
  void clearedMeterHasNothingAndTellsNoEpoch() {
    meter(settings -> {});
    time.set(START.plus(DAY));
    var archived = Cursor.START.at(96, time.instant());
    meter.restartIndex();

    assertThat(complete(seek(START, archived))).isEqualTo(archived);
  }

  @Test
  void hoursRepeatedAfterAClockWasSetBackAreAllGiven() {
    meter(settings -> {});
    time.set(START.plus(DAY.multipliedBy(3)));
    meter.setClockBack(Duration.ofHours(1));
    time.advance(DAY.multipliedBy(2));
    var all = held(0);

    for (int row = 3 * 96 - 8; row < 3 * 96 + 8; row++) {
      var from = all.get(row);
      var given = ends(rowsAfter(from));
      assertThat(given).isEqualTo(held(all.size() - given.size()));
      assertThat(all.subList(0, all.size() - given.size()))
          .as("left out of those after %s", from)
          .allMatch(end -> !end.isAfter(from));
    }
  }

  @Test
  void daysWithoutTimeAndPowerDoNotHideWhatComesAfterThem() {
    meter(settings -> {});
    time.set(START.plus(DAY.multipliedBy(20)));
    meter.powerFailure(DAY);
    time.advance(DAY.multipliedBy(2));
    meter.loseTime();
    time.advance(DAY.multipliedBy(9));
    meter.synchroniseTime();
    time.advance(DAY.multipliedBy(20));
    var all = held(0);

    for (int day : new int[] {3, 19, 20, 25, 32, 45}) {
      var from = START.plus(DAY.multipliedBy(day));
      var given = ends(rowsAfter(from));
      assertThat(given).isEqualTo(held(all.size() - given.size()));
      assertThat(all.subList(0, all.size() - given.size()))
          .as("left out of those after %s", from)
          .allMatch(end -> !end.isAfter(from));
      assertThat(given.stream().filter(end -> end.isAfter(START) && !end.isAfter(from)))
          .as("not wanted, but given")
          .isEmpty();
    }
  }

  @Test
  void linesOfTheLogbookBeginWithTheOneAtTheTime() {
    meter(settings -> {});
    for (int line = 1; line <= 40; line++) {
      time.advance(QUARTER);
      meter.changeCurrentTransformer(100 + line, 5);
    }
    var log = session.as(EventLogSource.class).orElseThrow();
    var from = START.plus(QUARTER.multipliedBy(25));

    var cursor = complete(log.seek(EmuSession.LOGBOOK, from, Cursor.START));

    var lines = complete(log.readLogbook(EmuSession.LOGBOOK, cursor)).content();
    assertThat(lines).hasSize(16).extracting(LoggedEvent::at).startsWith(from);
  }

  @Test
  void whatTheMeterDoesNotKeepIsNotSought() {
    meter(settings -> {});

    var result =
        session
            .as(LoadProfileSource.class)
            .orElseThrow()
            .seek(ObisCode.of("1-0:99.2.0*255"), START, Cursor.START);

    assertThat(result)
        .isInstanceOfSatisfying(
            ReadResult.Failed.class,
            failed -> assertThat(failed.fault().kind()).isEqualTo(Kind.UNSUPPORTED));
  }
}
