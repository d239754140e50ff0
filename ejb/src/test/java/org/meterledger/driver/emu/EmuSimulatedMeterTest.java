package org.meterledger.driver.emu;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meterledger.driver.Block;
import org.meterledger.driver.ClockSource;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.EventLogSource;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.Finding;
import org.meterledger.driver.LoadProfileSource;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RegisterSource;
import org.meterledger.driver.SettingsSource;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoadProfile;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.ProfileRow;
import org.meterledger.simulators.emu.CsvDialect;
import org.meterledger.simulators.emu.EmuMeter;
import org.meterledger.simulators.emu.EmuSimulator;
import org.meterledger.simulators.emu.Fault;
import org.meterledger.simulators.emu.LoadProfileRow;
import org.meterledger.simulators.emu.SettableClock;
import org.meterledger.simulators.emu.SettingsBuilder;

/** Reads meters that another hand has built after the same manual. */
class EmuSimulatedMeterTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final ObisCode PROFILE = ObisCode.of("1-0:99.1.0*255");
  private static final ObisCode LOGBOOK = ObisCode.of("0-0:99.98.0*255");
  private static final Duration QUICK = Duration.ofSeconds(1);
  private static final Duration QUARTER = Duration.ofMinutes(15);

  private final SettableClock time = new SettableClock(START);
  private final List<AutoCloseable> open = new ArrayList<>();
  private final EmuDriver driver = new EmuDriver(time, QUICK);
  private EmuMeter meter;
  private Endpoint.Http endpoint;
  private Cursor cursor = Cursor.START;
  private final List<ProfileRow> archive = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private void meter(Consumer<SettingsBuilder> how) {
    var settings = EmuMeter.Settings.builder("22350001", START);
    how.accept(settings);
    var simulator = EmuSimulator.start(List.of(settings.build()), 0, time);
    open.add(simulator);
    meter = simulator.meter(0);
    endpoint = endpoint(simulator.uri(0), null);
  }

  private static Endpoint.Http endpoint(URI uri, String password) {
    return new Endpoint.Http(uri, password == null ? null : "admin", password, QUICK);
  }

  private MeterSession session() {
    return driver.open(new MeterModels().get("emu-professional-ii"), endpoint);
  }

  private ReadResult<Block<LoadProfile>> read(MeterSession session) {
    return session.as(LoadProfileSource.class).orElseThrow().readLoadProfile(PROFILE, cursor);
  }

  /** Reads as the portal does: block by block from the cursor on. */
  private void readAll() {
    try (var session = session()) {
      var more = true;
      while (more) {
        var block = ((ReadResult.Complete<Block<LoadProfile>>) read(session)).value();
        archive.addAll(block.content().rows());
        findings.addAll(block.findings());
        cursor = block.next();
        more = block.more();
      }
    }
  }

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

  private static <T> T complete(ReadResult<T> result) {
    assertThat(result).isInstanceOf(ReadResult.Complete.class);
    return ((ReadResult.Complete<T>) result).value();
  }

  static List<Object[]> faults() {
    return List.of(
        new Object[] {Fault.NO_ANSWER, Kind.TIMEOUT},
        new Object[] {Fault.CONNECTION_RESET, Kind.PROTOCOL},
        new Object[] {Fault.GARBAGE, Kind.PROTOCOL},
        new Object[] {Fault.HTTP_500, Kind.PROTOCOL},
        new Object[] {Fault.SLOW_DRIP, Kind.TIMEOUT},
        new Object[] {Fault.REDIRECT, Kind.INVALID_DATA},
        new Object[] {Fault.HTML_PAGE, Kind.INVALID_DATA});
  }

  @ParameterizedTest
  @MethodSource("faults")
  void faultIsNamedAndRecoveredFrom(Fault fault, Kind kind) {
    meter(settings -> {});
    time.set(START.plus(QUARTER.multipliedBy(50)));
    readAll();
    time.advance(QUARTER.multipliedBy(5));
    meter.inject(fault, Integer.MAX_VALUE, "/data/");

    try (var session = session()) {
      assertThat(read(session))
          .isInstanceOfSatisfying(
              ReadResult.Failed.class,
              failed -> {
                assertThat(failed.fault().kind()).isEqualTo(kind);
                assertThat(failed.fault().detail()).contains("127.0.0.1");
              });
    }
    meter.clearFaults();
    readAll();

    assertArchiveIsTruth();
    assertThat(findings).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("shortFaults")
  void oneStallOrResetIsNotEvenNoticed(Fault fault) {
    meter(settings -> {});
    time.set(START.plus(QUARTER.multipliedBy(50)));
    meter.inject(fault, 1, "/data/");

    readAll();

    assertArchiveIsTruth();
  }

  static List<Fault> shortFaults() {
    return List.of(Fault.NO_ANSWER, Fault.CONNECTION_RESET);
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void rowsBeforeACutAreKeptAndTheRestIsReadLater(Fault fault) {
    meter(settings -> {});
    time.set(START.plus(QUARTER.multipliedBy(10)));
    readAll();
    time.advance(QUARTER.multipliedBy(50));
    meter.inject(fault, 1, "/data/");

    try (var session = session()) {
      assertThat(read(session))
          .isInstanceOfSatisfying(
              ReadResult.Partial.class,
              partial -> {
                var block = (Block<?>) partial.value();
                var rows = ((LoadProfile) block.content()).rows();
                assertThat(partial.fault().kind()).isEqualTo(Kind.PROTOCOL);
                assertThat(rows).hasSizeBetween(10, 49);
                assertThat(block.refused()).isEmpty();
                archive.addAll(rows);
                cursor = block.next();
              });
    }
    readAll();

    assertArchiveIsTruth();
  }

  static List<Fault> cuts() {
    return List.of(Fault.BODY_CUT, Fault.BODY_CUT_UNANNOUNCED, Fault.BODY_CUT_BEFORE_LAST_DIGIT);
  }

  static List<Object[]> rowFaults() {
    return List.of(
        new Object[] {Fault.SHORT_ROW, "columns", ""},
        new Object[] {Fault.FUTURE_ROW, "future", "time"},
        new Object[] {Fault.OUT_OF_RANGE_ROW, "number", "1-0:32.7.0"});
  }

  @ParameterizedTest
  @MethodSource("rowFaults")
  void brokenRowIsRefusedWithItsIndexAndTheRestIsKept(Fault fault, String reason, String field) {
    meter(settings -> {});
    time.set(START.plus(QUARTER.multipliedBy(10)));
    readAll();
    time.advance(QUARTER.multipliedBy(10));
    meter.inject(fault, 1, "/data/");

    try (var session = session()) {
      var block = complete(read(session));

      assertThat(block.content().rows()).hasSize(9);
      assertThat(block.next().index()).isEqualTo(20);
      assertThat(block.refused())
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.sequence()).isBetween(11L, 20L);
                assertThat(row.reason()).isEqualTo(reason);
                assertThat(row.field()).isEqualTo(field);
                assertThat(row.raw()).contains("22350001");
              });
      assertThat(block.findings())
          .extracting(Finding::kind)
          .containsExactly(Finding.Kind.ROW_REFUSED);
    }
  }

  @Test
  void passwordIsAskedForAndRefusedInPlainWords() {
    meter(settings -> settings.password("geheim"));
    var base = endpoint.base();

    assertThat(fault(session())).isEqualTo(base + " wants a password");
    endpoint = endpoint(base, "falsch");
    assertThat(fault(session())).isEqualTo(base + " refuses the password");
    endpoint = endpoint(base, "geheim");
    assertThat(session().identify()).isInstanceOf(ReadResult.Complete.class);
  }

  private static String fault(MeterSession session) {
    var failed = (ReadResult.Failed<?>) session.identify();
    assertThat(failed.fault().kind()).isEqualTo(Kind.ACCESS_DENIED);
    return failed.fault().detail();
  }

  private void assertArchiveIsTruth() {
    var truth = meter.truth().stream().map(EmuSimulatedMeterTest::told).toList();
    assertThat(archive.stream().map(EmuSimulatedMeterTest::told).toList()).isEqualTo(truth);
  }

  private static List<Object> told(LoadProfileRow row) {
    var told = new ArrayList<Object>();
    told.add(row.periodEnd());
    told.add((long) row.index());
    told.add(row.status());
    told.addAll(row.values());
    return told;
  }

  private static List<Object> told(ProfileRow row) {
    var told = new ArrayList<Object>();
    told.add(row.periodEnd());
    told.add(Cursor.index(row.sequence()));
    told.add(row.meterStatus());
    for (long value : row.values()) {
      told.add(value);
    }
    return told;
  }
}
