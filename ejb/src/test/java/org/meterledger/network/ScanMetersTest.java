package org.meterledger.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.archive.ArchiveWriter;
import org.meterledger.archive.Partitions;
import org.meterledger.archive.ProfileCatalog;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.MeterScan;
import org.meterledger.driver.MeterSession;
import org.meterledger.notice.Notices;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.server.Database;
import org.meterledger.server.Node;
import org.meterledger.simulators.g13.Fault;

/** Scans of a simulated gateway, by a clock that goes on with each look at it. */
@Timeout(120)
class ScanMetersTest {

  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final String RANGE = "{'EQ_BUS':{'first':17,'last':30}}";
  private static final int ADDRESSES = 14;

  private final GatewayFixture fixture = new GatewayFixture();
  private final GatewayScanLog log =
      new GatewayScanLog(fixture.database, new Notices(fixture.database));
  private final List<GatewayScan> seen = new ArrayList<>();
  private final ArchiveWriter writer =
      new ArchiveWriter(
          fixture.database,
          new Partitions(fixture.database, Partitions.Width.MONTH),
          new ProfileCatalog(fixture.database),
          new Notices(fixture.database),
          new Node("scan"),
          fixture.time);
  private int device;
  private int looks;
  private IntConsumer atLook = number -> {};

  /** Goes on by five seconds with each look, and notes what is known of the scan by then. */
  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          fixture.time.advance(Duration.ofSeconds(5));
          log.of(device).ifPresent(seen::add);
          atLook.accept(looks++);
          return fixture.time.instant();
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  private final ScanMeters scan = new ScanMeters(log, clock, Duration.ZERO);

  @BeforeEach
  void start() {
    writer.start(Executors.defaultThreadFactory());
    device = fixture.meter(GatewayFixture.SERIAL, GatewayFixture.MODEL);
    fixture.simulated().setScanTime(Duration.ofSeconds(10));
    deregister(GatewayFixture.METER, "ABB00000102", "ABB00000104");
  }

  @AfterEach
  void stop() {
    writer.stop();
    fixture.close();
  }

  private void deregister(String... serials) {
    var session = fixture.conversations.open(fixture.gateway.id());
    var registration = session.registration().orElseThrow();
    GatewayConversations.value(session.meters()).stream()
        .filter(each -> List.of(serials).contains(each.serialNumber()))
        .forEach(each -> GatewayConversations.sent(registration.remove(each)));
  }

  private MeterSession session(Endpoint endpoint) {
    return fixture.driver.open(fixture.models.get(GatewayFixture.MODEL), endpoint);
  }

  private static JsonObject buses(String json) {
    try (var reader = Json.createReader(new StringReader(json.replace('\'', '"')))) {
      return Json.createObjectBuilder().add("buses", reader.readObject()).build();
    }
  }

  private OperationKind.Outcome run(String json) throws InterruptedException {
    var endpoint = new Endpoint.BehindGateway(fixture.endpoint(), GatewayFixture.SERIAL);
    try (var session = session(endpoint)) {
      var meter = new OpenMeter(device, GatewayFixture.MODEL, session, writer, fixture.time, LEASE);
      scan.check(session, buses(json));
      return scan.run(meter, buses(json));
    }
  }

  private static List<String> found(OperationKind.Outcome outcome) {
    return List.of(outcome.result().getString("meters").split(", "));
  }

  @Test
  void whatIsFoundIsToldWhileTheScanGoesOnAndTheLeaseIsKept() throws InterruptedException {
    fixture.database.update(
        "update meter_contact set leased_by = 'scan', leased_until = ? where meter_id = ?",
        GatewayFixture.START.plusSeconds(30),
        device);

    var outcome = run(RANGE);

    assertThat(outcome.progress().fault()).isNull();
    assertThat(outcome.result().getBoolean("complete")).isTrue();
    assertThat(found(outcome)).containsExactly(GatewayFixture.METER, "ABB00000102");
    assertThat(seen)
        .extracting(GatewayScan::state)
        .contains(GatewayScan.State.RUNNING)
        .doesNotContain(GatewayScan.State.COMPLETE);
    assertThat(seen).extracting(GatewayScan::ofThisScan).contains(0L, 1L, 2L);
    assertThat(log.of(device).orElseThrow().state()).isEqualTo(GatewayScan.State.COMPLETE);
    assertThat(
            fixture.database.query(
                "select leased_until from meter_contact where meter_id = ?",
                row -> Database.instant(row, "leased_until"),
                device))
        .singleElement()
        .satisfies(
            until ->
                assertThat(until)
                    .isAfter(GatewayFixture.START.plus(LEASE).plusSeconds(10 * (ADDRESSES - 2))));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"{'EQ_BUS':{'listed':[18]}}\",ABB00000102",
        "\"{'WIRED_MBUS':{'baudRate':2400}}\",ABB00000104",
        "\"{'WIRED_MBUS':{'baudRate':2400,'first':20,'last':20}}\",ABB00000104"
      })
  void listsAllOfABusAndRangesAreScanned(String json, String serial) throws InterruptedException {
    assertThat(fixture.simulated().meter("ABB00000104").settings().bus().baudrate())
        .isEqualTo(2400);
    assertThat(found(run(json))).containsExactly(serial);
  }

  @Test
  void aSecondScanIsRefusedWhileOneRuns() throws InterruptedException {
    var other = session(fixture.endpoint()).as(MeterScan.class).orElseThrow();
    GatewayConversations.sent(other.start(1, ScanParameters.read(buses(RANGE))));

    var outcome = run(RANGE);

    assertThat(outcome.progress().fault().kind().name()).isEqualTo("BUSY");
    assertThat(outcome.progress().fault().detail()).contains("scans already");
    assertThat(log.of(device)).isEmpty();
    assertThat(scan.repeatable()).isFalse();
  }

  @Test
  void aGatewayThatIsAwayForAWhileIsAskedAgain() throws InterruptedException {
    atLook =
        number -> {
          if (number == 4) {
            fixture.simulated().inject(Fault.GARBAGE, 6, "/meters/scanned");
          }
        };

    var outcome = run(RANGE);

    assertThat(outcome.progress().fault()).isNull();
    assertThat(found(outcome)).hasSize(2);
  }

  @Test
  void aGatewayThatStaysAwayLeavesWhatItTold() throws InterruptedException {
    atLook =
        number -> {
          if (number == 8) {
            fixture.simulator.close();
          }
        };

    var outcome = run(RANGE);

    assertThat(outcome.progress().fault().kind().retryable()).isTrue();
    assertThat(outcome.result().getBoolean("complete")).isFalse();
    assertThat(found(outcome)).contains(GatewayFixture.METER);
    assertThat(log.of(device).orElseThrow().state()).isEqualTo(GatewayScan.State.BROKEN_OFF);
  }

  @Test
  void whoIsNotLetInAnyMoreDoesNotGoOnAsking() throws InterruptedException {
    atLook =
        number -> {
          if (number == 2) {
            fixture.simulated().inject(Fault.UNAUTHORIZED);
          }
        };
    assertThat(run(RANGE).progress().fault().kind().name()).isEqualTo("ACCESS_DENIED");
    assertThat(looks).isLessThan(10);
    assertThat(log.of(device).orElseThrow().state()).isEqualTo(GatewayScan.State.BROKEN_OFF);
  }

  @Test
  void nonsenseAtTheStartIsAFaultAndNoScan() throws InterruptedException {
    fixture.simulated().inject(Fault.GARBAGE, 2, "/meters/scanned");
    var outcome = run(RANGE);
    assertThat(outcome.progress().fault()).isNotNull();
    assertThat(log.of(device)).isEmpty();
  }

  @Test
  void whatWasFoundIsOfferedUntilItIsTaken() throws InterruptedException {
    run(RANGE);
    log.remove(device, List.of(GatewayFixture.METER, "ABB_NONE"));
    assertThat(log.of(device).orElseThrow().found())
        .extracting(MeterScan.Found::serialNumber)
        .containsExactly("ABB00000102");
    log.remove(device, List.of("ABB00000102"));
    assertThat(log.of(device).orElseThrow().found()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{}|parameters.buses limit",
        "{'RS232':{'first':1,'last':2}}|parameters.buses.RS232 unknown",
        "{'EQ_BUS':7}|parameters.buses.EQ_BUS type",
        "{'EQ_BUS':{'begin':1}}|parameters.buses.EQ_BUS.begin unknown",
        "{'EQ_BUS':{'first':'1','last':2}}|parameters.buses.EQ_BUS.first type",
        "{'EQ_BUS':{'first':1.5,'last':2}}|parameters.buses.EQ_BUS.first type",
        "{'EQ_BUS':{'first':1,'last':99999999999}}|parameters.buses.EQ_BUS.last range",
        "{'EQ_BUS':{'listed':7}}|parameters.buses.EQ_BUS.listed type",
        "{'EQ_BUS':{'listed':[null]}}|parameters.buses.EQ_BUS.listed type",
        "{'EQ_BUS':{'first':0,'last':32}}|parameters.buses limit",
        "{'EQ_BUS':{'listed':[1,2,3,4,5,6,7,8,9,10,11]}}|parameters.buses limit",
        "{'WIRED_MBUS':{'baudRate':17}}|parameters.buses limit"
      })
  void whatBreaksARuleIsRefusedBeforeItIsQueued(String json, String refusal) {
    try (var session = session(fixture.endpoint())) {
      var refused =
          catchThrowableOfType(InvalidOperation.class, () -> scan.check(session, buses(json)));
      assertThat(refused.field() + " " + refused.rule()).isEqualTo(refusal);
    }
  }

  @Test
  void whatIsAskedForComesBackAsItWas() {
    var wanted =
        ScanParameters.read(
            buses("{'EQ_BUS':{'first':1,'last':2},'INFRARED_MBUS':{'baudRate':300,'listed':[9]}}"));
    assertThat(ScanParameters.read(ScanParameters.of(wanted))).isEqualTo(wanted).hasSize(2);
  }
}
