package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.meterledger.driver.g13.Outcome.accepted;
import static org.meterledger.driver.g13.Outcome.failure;
import static org.meterledger.driver.g13.Outcome.refusal;
import static org.meterledger.driver.g13.Outcome.value;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Endpoint.CertificatePin;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.GatewaySession;
import org.meterledger.driver.GatewaySession.KnownMeter;
import org.meterledger.driver.GatewayUsers.Level;
import org.meterledger.driver.MeterBus;
import org.meterledger.driver.MeterScan;
import org.meterledger.driver.MeterScan.BusScan;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.SettingsSource;
import org.meterledger.driver.http.ServerCertificate;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.g13.Fault;
import org.meterledger.simulators.g13.G13Fleet;
import org.meterledger.simulators.g13.G13Simulator;

/** What a gateway can be asked for besides reading, of a simulated one with twelve meters. */
@Timeout(120)
class G13GatewayAccessTest {

  private static final Instant START = Instant.parse("2026-03-20T10:00:00Z");
  private static final String METER = "ABB00000101";
  private static final String GATEWAY = "ABBG13000001";

  private final SettableClock time = new SettableClock(START);
  private final G13Simulator simulator =
      G13Simulator.start(List.of(G13Fleet.one(1, START)), 0, time);
  private final G13Driver driver = new G13Driver(time, Duration.ofMillis(500));
  private final GatewaySession session = session("admin", "admin");
  private final MeterScan scan = session.scan().orElseThrow();

  @AfterEach
  void stop() {
    simulator.close();
  }

  private GatewaySession session(String user, String password) {
    var base = URI.create(simulator.uri(0).toString().replaceFirst("/$", ""));
    var shown = value(ServerCertificate.shownBy(base, Duration.ofSeconds(20)));
    return driver.openGateway(
        new Endpoint.Http(
            base,
            user,
            password,
            Duration.ofSeconds(2),
            new CertificatePin(shown.sha256(), false),
            ZoneOffset.UTC));
  }

  private static BusScan eqBus(int first, int last) {
    return new BusScan(MeterBus.EQ_BUS, null, first, last, List.of());
  }

  private static BusScan listed(int... addresses) {
    return new BusScan(MeterBus.EQ_BUS, null, null, null, IntStream.of(addresses).boxed().toList());
  }

  private static BusScan wired(Integer first, Integer last, Integer... listed) {
    return new BusScan(MeterBus.WIRED_MBUS, 2400, first, last, List.of(listed));
  }

  private KnownMeter known(String serial) {
    return value(session.meters()).stream()
        .filter(each -> each.serialNumber().equals(serial))
        .findFirst()
        .orElse(null);
  }

  private void deregister(String... serials) {
    for (String serial : serials) {
      accepted(session.registration().orElseThrow().remove(known(serial)));
    }
  }

  @Test
  void aGatewayTellsItsNameAndItsMetersWithTheirPlaces() {
    assertThat(value(session.serialNumber())).isEqualTo(GATEWAY);
    assertThat(value(session.naming()).alias()).isNotEmpty();
    assertThat(value(session.meters())).hasSize(G13Fleet.METERS);
    assertThat(known(METER))
        .isEqualTo(new KnownMeter(METER, "Meter 1", "Level1", MeterBus.EQ_BUS, "17"));
    assertThat(known("ABB00000104").bus()).isEqualTo(MeterBus.WIRED_MBUS);
  }

  @Test
  void aMeterIsRenamedMovedAndRemoved() {
    var registration = session.registration().orElseThrow();
    accepted(registration.rename(METER, "x".repeat(21), "y".repeat(51)));
    assertThat(known(METER).alias()).hasSize(21);
    assertThat(known(METER).location()).hasSize(51);

    long before = simulator.gateway(0).traffic().requests();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> registration.rename(METER, "x".repeat(22), "y"))
        .withMessageContaining("1 to 21");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> registration.rename(METER, "x", "y".repeat(52)))
        .withMessageContaining("1 to 51");
    assertThat(simulator.gateway(0).traffic().requests()).isEqualTo(before);

    deregister(METER);
    assertThat(known(METER)).isNull();
  }

  @Test
  void twentyFiveWirelessMetersArePermittedAndNotOneMore() {
    var registration = session.registration().orElseThrow();
    var serials = IntStream.range(0, 25).mapToObj("ABBW%013d"::formatted).toList();
    accepted(registration.permit(serials));
    assertThat(value(registration.permitted())).containsExactlyInAnyOrderElementsOf(serials);
    refusal(registration.permit(List.of("ABBW26")));

    accepted(registration.forbid(serials.subList(0, 21)));
    assertThat(value(registration.permitted())).hasSize(4);
    accepted(registration.permit(List.of("ABBW26")));
  }

  @Test
  void aScanFindsWhatIsNotRegisteredAsTimeGoesOn() {
    deregister(METER, "ABB00000102");
    simulator.gateway(0).setScanTime(Duration.ofSeconds(10));

    accepted(scan.start(7, List.of(eqBus(17, 25))));
    assertThat(value(scan.state()).complete()).isFalse();
    assertThat(value(scan.state()).meters()).isEmpty();
    refusal(scan.start(8, List.of(eqBus(17, 18))));
    time.advance(Duration.ofSeconds(15));
    assertThat(value(scan.state()).meters())
        .containsExactly(new MeterScan.Found(7, METER, MeterBus.EQ_BUS, "17"));
    time.advance(Duration.ofSeconds(100));
    assertThat(value(scan.state()).complete()).isTrue();
    assertThat(value(scan.state()).meters()).hasSize(2);

    accepted(session.registration().orElseThrow().register(METER, "Again", "Roof"));
    assertThat(known(METER).alias()).isEqualTo("Again");
    assertThat(value(scan.forget(List.of("ABB00000102", "ABB_NONE"))))
        .isEqualTo(Map.of("ABB00000102", true, "ABB_NONE", false));
  }

  @Test
  void listsAndAllOfABusAreScanned() {
    deregister(METER, "ABB00000104");
    accepted(scan.start(1, List.of(listed(16, 17))));
    time.advance(Duration.ofHours(1));
    assertThat(value(scan.state()).meters())
        .extracting(MeterScan.Found::serialNumber)
        .containsExactly(METER);

    int rate = simulator.gateway(0).meter("ABB00000104").settings().bus().baudrate();
    accepted(scan.start(2, List.of(new BusScan(MeterBus.WIRED_MBUS, rate, null, null, List.of()))));
    time.advance(Duration.ofHours(1));
    assertThat(value(scan.state()).meters())
        .extracting(MeterScan.Found::serialNumber)
        .contains("ABB00000104");
  }

  @Test
  void limitsOfAScanAreCheckedBeforeAnythingIsSent() {
    assertThatNoException().isThrownBy(() -> scan.check(List.of(eqBus(0, 30))));
    assertThatNoException().isThrownBy(() -> scan.check(List.of(eqBus(0, 31))));
    refused("32 addresses at most, not 33", eqBus(0, 32));
    refused("32 addresses at most, not 33", eqBus(0, 15), wired(0, 16));
    assertThatNoException()
        .isThrownBy(() -> scan.check(List.of(listed(0, 1, 2, 3, 4, 5, 6, 7, 8, 9))));
    refused("at most 10 addresses", listed(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    assertThatNoException().isThrownBy(() -> scan.check(List.of(wired(null, null, 0, 250))));
    refused("from 0 to 250, not 251", wired(null, null, 251));
    refused("from 0 to 250, not 251", wired(251, 251));
    refused("comes first", eqBus(18, 17));
    refused("not below zero", listed(-1));
    refused("listed once", listed(17, 17));
    refused("by addresses", listed());
    refused("a first and a last", wired(1, null));
    refused("not both", wired(1, 2, 3));
    refused("at least one bus");
    refused("each bus once", eqBus(1, 2), eqBus(3, 4));
    refused("baud rates", new BusScan(MeterBus.WIRED_MBUS, 1000, 1, 2, List.of()));
    refused("at a baud rate", new BusScan(MeterBus.INFRARED_MBUS, null, 1, 2, List.of()));
    refused("is a setting", new BusScan(MeterBus.EQ_BUS, 2400, 1, 2, List.of()));
    refused("not scanned for", new BusScan(MeterBus.WIRELESS, null, 1, 2, List.of()));
    assertThat(simulator.gateway(0).traffic().requests()).isZero();
  }

  private void refused(String sentence, BusScan... wanted) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scan.start(1, List.of(wanted)))
        .withMessageContaining(sentence);
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 15, 16, 31})
  void theListIsClearedInAsManyRequestsAsItTakes(int meters) {
    var serials = IntStream.range(0, meters).mapToObj("ABB_%d"::formatted).toList();
    long before = simulator.gateway(0).traffic().requests();
    assertThat(value(scan.forget(serials))).hasSize(meters).doesNotContainValue(true);
    assertThat(simulator.gateway(0).traffic().requests() - before).isEqualTo((meters + 14) / 15);
  }

  @Test
  void accountsAreAddedBoundAndRemoved() {
    var users = session.users().orElseThrow();
    accepted(users.add("bea7", "geheim77"));
    assertThat(value(users.accounts()).get("bea7")).containsEntry(METER, Level.VIEW);
    accepted(users.bind("bea7", METER, Level.CONFIGURE));
    accepted(users.bind("bea7", "ABB00000102", Level.NO_ACCESS));
    assertThat(value(users.accounts()).get("bea7"))
        .containsEntry(METER, Level.CONFIGURE)
        .doesNotContainKey("ABB00000102");
    assertThat(value(users.accounts()).get("admin")).containsEntry(GATEWAY, Level.CONFIGURE);

    accepted(users.changePassword("bea7", "anders88"));
    assertThat(value(session("bea7", "anders88").serialNumber())).isEqualTo(GATEWAY);
    assertThat(failure(session("bea7", "geheim77").serialNumber()).kind())
        .isEqualTo(Kind.ACCESS_DENIED);
    refusal(session("bea7", "anders88").users().orElseThrow().add("eve", "x"));
    refusal(session("bea7", "anders88").scan().orElseThrow().start(1, List.of(eqBus(1, 2))));

    accepted(users.remove("bea7"));
    assertThat(value(users.accounts())).doesNotContainKey("bea7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bea", "bea_7", "bea 7", "béa", ""})
  void aNameOfOtherThanSmallLettersAndDigitsIsNotSent(String name) {
    var users = session.users().orElseThrow();
    assertThat(name).doesNotMatch(users.rules().name());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> users.add(name, "geheim77"))
        .withMessageContaining("lower-case");
    assertThat(simulator.gateway(0).traffic().requests()).isZero();
  }

  @Test
  void nonsenseIsAFaultOfTheRightKind() {
    simulator.gateway(0).inject(Fault.GARBAGE, 1, "/meters/scanned");
    assertThat(failure(scan.state()).kind()).isEqualTo(Kind.PROTOCOL);
    simulator.gateway(0).inject(Fault.INTERNAL_ERROR, 1, "/users");
    assertThat(failure(session.users().orElseThrow().accounts()).kind().retryable()).isTrue();
  }

  @Test
  void theDeviceScansToo() {
    var model = new MeterModels().get("abb-g13-gateway");
    var base = URI.create("https://127.0.0.1:1");
    var unopened = new Endpoint.Http(base, null, null, Duration.ofSeconds(1));
    try (var device = driver.open(model, unopened)) {
      assertThat(device.as(MeterScan.class).orElseThrow().limits())
          .isEqualTo(new MeterScan.Limits(32, 10));
      assertThat(device.as(MeterScan.class).orElseThrow().buses()).hasSize(3);
    }
  }

  @Test
  void whatIsChangedAtTheGatewayIsSeenInTheSettingsOfTheDevice() {
    var before = settings();
    assertThat(before).containsEntry("meter " + METER, "Meter 1 · Level1");
    accepted(session.registration().orElseThrow().rename(METER, "Lift", "Level1"));
    deregister("ABB00000102");

    var after = settings();
    assertThat(after).containsEntry("meter " + METER, "Lift · Level1");
    assertThat(before.get("meters")).contains("ABB00000102");
    assertThat(after.get("meters")).doesNotContain("ABB00000102").contains(METER);

    simulator.gateway(0).inject(Fault.INTERNAL_ERROR, 1, "/meters");
    assertThat(failure(device().as(SettingsSource.class).orElseThrow().readSettings()).kind())
        .isEqualTo(Kind.PROTOCOL);
  }

  private Map<String, String> settings() {
    return value(device().as(SettingsSource.class).orElseThrow().readSettings());
  }

  private MeterSession device() {
    var base = URI.create(simulator.uri(0).toString().replaceFirst("/$", ""));
    var shown = value(ServerCertificate.shownBy(base, Duration.ofSeconds(20)));
    var http =
        new Endpoint.Http(
            base,
            "admin",
            "admin",
            Duration.ofSeconds(2),
            new CertificatePin(shown.sha256(), false),
            ZoneOffset.UTC);
    return driver.open(
        new MeterModels().get("abb-g13-gateway"), new Endpoint.BehindGateway(http, GATEWAY));
  }
}
