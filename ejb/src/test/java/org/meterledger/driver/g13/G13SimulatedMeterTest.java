package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.driver.g13.Outcome.accepted;
import static org.meterledger.driver.g13.Outcome.failure;
import static org.meterledger.driver.g13.Outcome.value;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.driver.Block;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Endpoint.CertificatePin;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.Finding;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.http.ServerCertificate;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.ProfileRow;
import org.meterledger.metering.RegisterValue;
import org.meterledger.metering.RowStatus;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.g13.Fault;
import org.meterledger.simulators.g13.G13Simulator;
import org.meterledger.simulators.g13.GatewaySettings;
import org.meterledger.simulators.g13.LoadProfileItem;
import org.meterledger.simulators.g13.MeterSettings;

/** What is read again and again of a meter that lives on is what the meter holds. */
@Timeout(240)
class G13SimulatedMeterTest {

  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");
  private static final ObisCode QUARTERS = ObisCode.of("1-0:99.1.0*255");
  private static final ObisCode SYSTEM = ObisCode.of("0-0:99.98.0*255");
  private static final Instant START = Instant.parse("2026-03-20T10:07:00Z");
  private static final String SERIAL = "ABB_8";

  private final SettableClock time = new SettableClock(START.plusSeconds(60));
  private final G13Simulator simulator =
      G13Simulator.start(
          List.of(
              GatewaySettings.of(
                  "ABBG130000000001", List.of(MeterSettings.of(SERIAL, "A44 512-100", START)))),
          0,
          time);
  private final G13Driver driver = new G13Driver(time, Duration.ofMillis(500));
  private final URI base = URI.create(simulator.uri(0).toString().replaceFirst("/$", ""));
  private final Map<Long, ProfileRow> archive = new TreeMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private Cursor cursor = Cursor.START;

  @AfterEach
  void stop() {
    simulator.close();
  }

  private Endpoint.Http gateway(ZoneId zone) {
    var shown = value(ServerCertificate.shownBy(base, Duration.ofSeconds(10)));
    return new Endpoint.Http(
        base,
        "admin",
        "admin",
        Duration.ofSeconds(10),
        new CertificatePin(shown.sha256(), false),
        zone);
  }

  private G13MeterSession session() {
    var endpoint = new Endpoint.BehindGateway(gateway(ZURICH), SERIAL);
    return (G13MeterSession) driver.open(G13Server.METER, endpoint);
  }

  private org.meterledger.simulators.g13.G13Meter meter() {
    return simulator.gateway(0).meter(SERIAL);
  }

  private void readNew() {
    try (var session = session()) {
      for (var more = true; more; ) {
        var block = value(session.readLoadProfile(QUARTERS, cursor));
        take(block);
        more = block.more();
      }
    }
  }

  private void take(Block<org.meterledger.metering.LoadProfile> block) {
    for (var row : block.content().rows()) {
      var before = archive.put(row.sequence(), row);
      if (before != null) {
        assertThat(row.values()).as("given again").isEqualTo(before.values());
      }
    }
    findings.addAll(block.findings());
    cursor = block.next();
  }

  /** The first of the four channels of a quarter of an hour. */
  private void archiveIsTruth() {
    archiveIsTruthSince(Instant.EPOCH);
  }

  private void archiveIsTruthSince(Instant since) {
    var truth = meter().loadProfile(1);
    var archived = archive.values().stream().filter(row -> !row.periodEnd().isBefore(since));
    var rows = archived.toList();
    assertThat(rows)
        .extracting(row -> row.values()[1] + " " + row.values()[0])
        .containsExactlyInAnyOrderElementsOf(
            truth.stream().map(G13SimulatedMeterTest::text).toList());
    assertThat(rows)
        .extracting(row -> LocalDateTime.ofInstant(row.periodEnd(), ZURICH))
        .containsExactlyInAnyOrderElementsOf(
            truth.stream().map(LoadProfileItem::timestamp).toList());
  }

  private static String text(LoadProfileItem item) {
    return item.status() + " " + item.value().scaleByPowerOfTen(3).longValueExact();
  }

  private static void evenlySpaced(List<ProfileRow> rows) {
    var instants = rows.stream().map(ProfileRow::periodEnd).toList();
    assertThat(instants).doesNotHaveDuplicates().isSorted();
    assertThat(Duration.between(instants.get(0), instants.get(instants.size() - 1)))
        .isEqualTo(Duration.ofMinutes(15).multipliedBy(instants.size() - 1L));
  }

  @Test
  void daysAroundTheSpringChangeAreReadAsTheyWere() {
    for (int day = 0; day < 12; day++) {
      time.advance(Duration.ofHours(23));
      readNew();
    }

    archiveIsTruth();
    assertThat(findings).isEmpty();
    evenlySpaced(List.copyOf(archive.values()));
  }

  @Test
  void hourThatComesTwiceInAutumnIsReadTwiceAndWhatIsOverwrittenIsTold() {
    time.advance(Duration.ofDays(1));
    readNew();
    var read = archive.size();
    time.set(Instant.parse("2026-10-24T20:00:00Z"));
    readNew();
    time.advance(Duration.ofHours(5)); // in the middle of the hour that comes twice
    readNew();
    time.advance(Duration.ofDays(2));
    readNew();

    var kept = List.copyOf(archive.values()).subList(read, archive.size());
    assertThat(findings).extracting(Finding::kind).containsExactly(Finding.Kind.ROWS_OVERWRITTEN);
    evenlySpaced(kept);
    var oldest = meter().loadProfile(1).get(0).timestamp().atZone(ZURICH).toInstant();
    archiveIsTruthSince(oldest);
  }

  @Test
  void clockThatIsShiftedAndPowerThatFailsLoseNothing() {
    time.advance(Duration.ofHours(20));
    readNew();
    meter().shiftClock(Duration.ofMinutes(-50));
    time.advance(Duration.ofHours(3));
    readNew();
    meter().powerFailure(Duration.ofHours(2));
    time.advance(Duration.ofHours(6));
    meter().shiftClock(Duration.ofMinutes(40));
    time.advance(Duration.ofHours(6));
    readNew();

    archiveIsTruth();
    var flags = archive.values().stream().mapToInt(ProfileRow::flags).reduce(0, (a, b) -> a | b);
    assertThat(RowStatus.of(flags)).contains(RowStatus.CLOCK_ADJUSTED, RowStatus.POWER_DOWN);
  }

  @ParameterizedTest
  @CsvSource({"-3, 1", "-3, 8", "-9, 2", "-9, 30", "-1, 3"})
  void rowsOfAClockSetBackByDaysAreReadAsTheyCome(int back, int hoursBetween) {
    time.advance(Duration.ofDays(12));
    readNew();
    meter().shiftClock(Duration.ofDays(back));
    for (int round = 0; round < 4; round++) {
      time.advance(Duration.ofHours(hoursBetween));
      readNew();
      archiveIsTruth();
    }
    time.advance(Duration.ofDays(-back));
    readNew();
    archiveIsTruth();
    var block = lookAgain();
    assertThat(block.content().rows()).hasSizeLessThan(12 * 96);
  }

  private Block<org.meterledger.metering.LoadProfile> lookAgain() {
    time.advance(Duration.ofDays(3));
    readNew();
    time.advance(Duration.ofMinutes(15));
    try (var session = session()) {
      var block = value(session.readLoadProfile(QUARTERS, cursor));
      assertThat(block.content().rows()).hasSize(1);
      return block;
    }
  }

  @Test
  void rowsOfAClockSetBackBeforeTheOldestRowAreRead() {
    time.advance(Duration.ofDays(2));
    readNew();
    meter().shiftClock(Duration.ofDays(-20));
    time.advance(Duration.ofHours(5));
    readNew();

    archiveIsTruth();
  }

  @Test
  void rowsOfAClockThatWentAstrayForHoursAreRead() {
    time.advance(Duration.ofDays(9));
    readNew();
    meter().shiftClock(Duration.ofDays(-7));
    time.advance(Duration.ofHours(3));
    meter().shiftClock(Duration.ofDays(7));
    time.advance(Duration.ofHours(3));
    readNew();

    archiveIsTruth();
  }

  @Test
  void historyWithAClockSetBackIsReadFromTheStart() {
    time.advance(Duration.ofDays(12));
    meter().shiftClock(Duration.ofDays(-4));
    time.advance(Duration.ofDays(1));
    readNew();
    archiveIsTruth();
    time.advance(Duration.ofDays(5));
    readNew();

    archiveIsTruth();
  }

  @Test
  void smallCorrectionIsNoReasonToReadEverythingAgain() {
    time.advance(Duration.ofDays(10));
    readNew();
    meter().shiftClock(Duration.ofSeconds(-7));
    time.advance(Duration.ofMinutes(15));
    try (var session = session()) {
      value(session.readClock());
      var before = simulator.gateway(0).traffic().requests();
      var block = value(session.readLoadProfile(QUARTERS, cursor));
      assertThat(block.content().rows()).hasSizeLessThan(3);
      assertThat(simulator.gateway(0).traffic().requests() - before).isLessThan(15);
    }
  }

  @Test
  void linesOfAClockSetBackAreRead() {
    for (int day = 0; day < 40; day++) {
      time.advance(Duration.ofHours(5));
      meter().record("system", 1001 + day, Duration.ofSeconds(7));
    }
    var read = new TreeMap<String, LoggedEvent>();
    var logCursor = readLog(read, Cursor.START);
    meter().shiftClock(Duration.ofDays(-3));
    for (int hour = 0; hour < 5; hour++) {
      time.advance(Duration.ofHours(2));
      meter().record("system", 1101 + hour, Duration.ofSeconds(9));
      logCursor = readLog(read, logCursor);
    }
    time.advance(Duration.ofDays(5));
    meter().record("system", 1200, Duration.ofSeconds(9));
    readLog(read, logCursor);

    var held = meter().events().stream().filter(event -> "system".equals(event.log())).toList();
    assertThat(held).hasSize(46);
    assertThat(read.values())
        .extracting(LoggedEvent::code)
        .containsExactlyInAnyOrderElementsOf(held.stream().map(event -> event.id()).toList());
  }

  private Cursor readLog(Map<String, LoggedEvent> read, Cursor from) {
    try (var session = session()) {
      var block = value(session.readLogbook(SYSTEM, from));
      block.content().forEach(line -> read.put(line.sequence() + " " + line.code(), line));
      return block.next();
    }
  }

  @Test
  void manyLinesOfOneLogAmongFewOfAnotherAreAllRead() {
    meter().record("quality", 2000, Duration.ofSeconds(1));
    time.advance(Duration.ofHours(1));
    var read = new TreeMap<String, LoggedEvent>();
    var logCursor = readLog(read, Cursor.START);
    for (int line = 0; line < 250; line++) {
      time.advance(Duration.ofMinutes(1));
      meter().record("system", 1001, Duration.ofSeconds(7));
    }
    readLog(read, logCursor);

    assertThat(read).hasSize(250);
  }

  @Test
  void rowsOfAClockThatWasLostAreReadWhenItIsSetAgain() {
    time.advance(Duration.ofHours(20));
    readNew();
    meter().loseTime();
    time.advance(Duration.ofHours(3));
    readNew();
    try (var session = session()) {
      assertThat(failure(session.readClock()).kind()).isEqualTo(Kind.UNSUPPORTED);
      accepted(
          driver
              .gateway(gateway(ZURICH))
              .meter(SERIAL)
              .setTime(LocalDateTime.ofInstant(time.instant(), ZURICH)));
    }
    time.advance(Duration.ofHours(3));
    readNew();

    archiveIsTruth();
    assertThat(archive.values())
        .filteredOn(row -> row.periodEnd().isBefore(Instant.parse("2001-01-01T00:00:00Z")))
        .isNotEmpty()
        .allMatch(row -> RowStatus.of(row.flags()).contains(RowStatus.CLOCK_INVALID));
  }

  @Test
  void halfAnAnswerIsCompletedTheNextTime() {
    time.advance(Duration.ofHours(40));
    simulator.gateway(0).inject(Fault.BODY_TRUNCATED, 1, "/meters/" + SERIAL + "/loadprofiles/1/");
    try (var session = session()) {
      var result = session.readLoadProfile(QUARTERS, Cursor.START);

      assertThat(result).isInstanceOf(ReadResult.Partial.class);
      take(Results.value(result));
    }
    assertThat(archive).isNotEmpty();
    readNew();

    archiveIsTruth();
  }

  @Test
  void everythingElseIsReadWithoutAFault() {
    time.advance(Duration.ofDays(3));
    meter().record("system", 1001, Duration.ofSeconds(7));
    try (var session = session()) {
      assertThat(value(session.identify()).serialNumber()).isEqualTo(SERIAL);
      assertThat(value(session.readClock())).isEqualTo(time.instant());
      var registers = value(session.readRegisters());
      assertThat(registers.meterTime()).isEqualTo(time.instant());
      assertThat(registers.values())
          .extracting(RegisterValue::obis)
          .contains(
              ObisCode.of("1-0:1.8.0*255"),
              ObisCode.of("1-0:14.7.0*255"),
              ObisCode.of("1-0:32.7.124*255"),
              ObisCode.of("0-0:96.14.0*255"));
      assertThat(value(session.readSettings())).containsKeys("label", "demand", "loadprofile8");
      assertThat(value(session.readLogbook(SYSTEM, Cursor.START)).content())
          .extracting(LoggedEvent::code)
          .containsExactly(1001);
      for (ObisCode profile : session.loadProfiles()) {
        value(session.readLoadProfile(profile, Cursor.START));
      }
    }
  }

  @Test
  void previousValuesAndDemandAreWhatTheMeterStored() {
    time.advance(Duration.ofDays(3));
    try (var session = session()) {
      var snapshots = value(session.readBilling(100));
      var truth = meter().previousValues();
      assertThat(snapshots).hasSameSizeAs(truth).isNotEmpty();
      assertThat(snapshots)
          .extracting(each -> LocalDateTime.ofInstant(each.closedAt(), ZURICH))
          .containsExactlyInAnyOrderElementsOf(truth.stream().map(each -> each.time()).toList());
      assertThat(snapshots.get(0).values().get(0).quantity().value())
          .isIn(truth.stream().map(each -> each.values().get(0)).toList());

      var demand = value(session.readDemand(100));
      assertThat(demand).hasSameSizeAs(meter().demand()).isNotEmpty();
      assertThat(demand.get(0).values())
          .extracting(RegisterValue::obis)
          .contains(
              ObisCode.of("1-0:1.6.0*255"),
              ObisCode.of("1-0:1.6.129*255"),
              ObisCode.of("1-0:1.3.0*255"));
    }
  }

  @Test
  void gatewayIsOperated() {
    var gateway = driver.gateway(gateway(ZoneOffset.ofHours(1)));

    assertThat(value(gateway.about()).serialNumber()).isEqualTo("ABBG130000000001");
    var eqBus = gateway.setEqBus(new EqBusSettings(500000, 60));
    accepted(eqBus.result());
    assertThat(eqBus.now().eqBus().interOctetTimeout()).isEqualTo(60);
    accepted(gateway.rename(new Naming("ABBG130000000001", "Keller", "Haus 3")).result());
    assertThat(value(gateway.registration().list()).meters()).hasSize(1);
    assertThat(value(gateway.parameterMapping()).number("FREQUENCY")).contains(170);
    assertThat(value(gateway.storableQuantities()).loadProfiles()).contains(1);
    accepted(gateway.users().add("leser1", "geheim77"));
    assertThat(value(gateway.users().list())).contains("admin", "leser1");
    accepted(gateway.users().bind("leser1", SERIAL, Users.Access.CONFIGURE));
    assertThat(value(gateway.users().bindings("leser1")))
        .contains(new Users.Binding(SERIAL, Users.Access.CONFIGURE));
    assertThat(value(gateway.cosem().read(ObisCode.of("1-0:32.7.0*255"), List.of(SERIAL))))
        .containsKey(SERIAL);
    accepted(gateway.scan().start(7, new ScanRequest(ScanRequest.Range.of(17, 20), null, null)));
    time.advance(Duration.ofMinutes(10));
    assertThat(value(gateway.scan().result()).complete()).isTrue();
    accepted(gateway.firmware().upload("g13.bin", new byte[100_000]));
    accepted(gateway.reboot());
  }

  @Test
  void meterIsConfigured() {
    var meter = driver.gateway(gateway(ZURICH)).meter(SERIAL);
    var profile = value(meter.loadProfiles().configuration());
    var channels = new ArrayList<>(profile.channels());
    channels.set(6, new LoadProfileConfiguration.Channel(60, 69, 4000));
    accepted(meter.loadProfiles().configure(new LoadProfileConfiguration(channels)).result());
    accepted(meter.demand().configure(value(meter.demand().configuration())).result());
    accepted(
        meter.previousValues().configure(value(meter.previousValues().configuration())).result());
    accepted(
        meter
            .setConversionFactors(new java.math.BigDecimal("0.412"), new java.math.BigDecimal("3"))
            .result());
    accepted(
        meter
            .ports()
            .configure(
                List.of(
                    Ports.Use.ALARM_OUT, Ports.Use.ALWAYS_OFF, Ports.Use.INPUT, Ports.Use.INPUT)));
    accepted(meter.alarms().set(new Alarms.Alarm(1, 69, 250, 240, 10, 10, true, 1)));
    accepted(meter.tariffs().setDay(value(meter.tariffs().days()).get(0)));
    accepted(meter.tariffs().setWeeks(value(meter.tariffs().weeks())));
    accepted(meter.tariffs().setSeasons(value(meter.tariffs().seasons())));
    accepted(
        meter.tariffs().setSpecialDays(List.of(new TariffSpecialDay(1, 65535, 12, 25, 255, 2))));
    assertThat(value(meter.tariffs().specialDays())).hasSize(1);
    accepted(meter.tariffs().setSource(TariffState.Source.COMMUNICATION, List.of()));
    accepted(meter.tariffs().activate(3));
    assertThat(value(meter.tariffs().state()).tariff()).isEqualTo(3);
  }

  @Test
  void changedCertificateEndsTheTrust() {
    var known = gateway(ZURICH);
    simulator.gateway(0).changeCertificate();

    assertThat(failure(driver.gateway(known).about()).detail())
        .contains("another certificate than the one it is known by");
    value(driver.gateway(gateway(ZURICH)).about());
  }
}
