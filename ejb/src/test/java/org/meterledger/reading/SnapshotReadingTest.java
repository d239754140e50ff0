package org.meterledger.reading;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meterledger.access.MeterScope;
import org.meterledger.archive.ArchivedSnapshot;
import org.meterledger.archive.BillingSnapshots;
import org.meterledger.metering.RowStatus;
import org.meterledger.metering.SnapshotKind;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationRequest;
import org.meterledger.simulators.LoadShape;
import org.meterledger.simulators.emu.EmuMeter;
import org.meterledger.simulators.g13.DemandEntry;
import org.meterledger.simulators.g13.Fault;
import org.meterledger.simulators.g13.G13Simulator;
import org.meterledger.simulators.g13.GatewaySettings;
import org.meterledger.simulators.g13.MeterSettings;
import org.meterledger.simulators.g13.PreviousValue;

/** Previous values and demand, from simulated meters behind a gateway to the archive. */
@Timeout(300)
class SnapshotReadingTest {

  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");

  /** Clocks go back on the 25th. */
  private static final Instant START = Instant.parse("2026-10-19T10:07:00Z");

  private static final Duration DAY = Duration.ofDays(1);
  private static final AtomicInteger TEST = new AtomicInteger();

  private final String test = String.valueOf(TEST.incrementAndGet());
  private final String full = "SNAP_1_" + test;
  private final String withoutDemand = "SNAP_2_" + test;
  private final String withNothing = "SNAP_3_" + test;
  private final String troubled = "SNAP_4_" + test;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final ReadingFixture reading =
      closed(
          new ReadingFixture(
              START.plusSeconds(60),
              List.of(EmuMeter.Settings.builder("224190" + test, START).build())));
  private final G13Simulator simulator = closed(simulator(1));
  private final GatewayFixture gateway = closed(new GatewayFixture(reading, simulator));
  private final BillingSnapshots archive = new BillingSnapshots(reading.database);

  private <T extends AutoCloseable> T closed(T resource) {
    open.add(0, resource);
    return resource;
  }

  @BeforeEach
  void nothingElseIsRead() {
    reading.database.update(
        """
        delete from reading_task t using reading_plan p
         where p.id = t.plan_id and p.kinds <> '{PREVIOUS_VALUES,DEMAND}'""");
  }

  @AfterEach
  void close() throws Exception {
    for (var each : open) {
      each.close();
    }
  }

  private G13Simulator simulator(int seed) {
    return G13Simulator.start(
        List.of(
            GatewaySettings.of(
                "ABBG13SNAP" + test,
                List.of(
                    meter(full, "A44 512-100", seed),
                    meter(withoutDemand, "A44 112-100", seed),
                    meter(withNothing, "A44 012-100", seed),
                    meter(troubled, "A43 312-100", seed).inTroubledTimes()))),
        0,
        reading.clock);
  }

  private static MeterSettings meter(String serial, String label, int seed) {
    return MeterSettings.of(serial, label, START).withLoad(LoadShape.HOUSEHOLD, seed);
  }

  private List<ArchivedSnapshot> archived(String serial, SnapshotKind kind) {
    var end = Instant.parse("2100-01-01T00:00:00Z");
    var newestFirst = archive.before(gateway.meterId(serial), kind, end, 10_000);
    var oldestFirst = new ArrayList<>(newestFirst);
    Collections.reverse(oldestFirst);
    return oldestFirst;
  }

  private List<String> told(String serial, SnapshotKind kind) {
    return archived(serial, kind).stream()
        .map(
            each ->
                line(
                    LocalDateTime.ofInstant(each.closedAt(), ZURICH),
                    RowStatus.of(each.flags()).contains(RowStatus.POWER_DOWN),
                    each.values().stream()
                        .map(value -> text(value.quantity().value(), local(value.occurredAt())))))
        .toList();
  }

  private static LocalDateTime local(Instant at) {
    return at == null ? null : LocalDateTime.ofInstant(at, ZURICH);
  }

  private static String text(BigDecimal value, LocalDateTime at) {
    var plain = value.stripTrailingZeros().toPlainString();
    return at == null ? plain : plain + " " + at;
  }

  private static String line(LocalDateTime end, boolean off, Stream<String> values) {
    return end + (off ? " off " : " ") + values.toList();
  }

  /** The meter's own record; the earlier of two that were closed at the same time comes first. */
  private List<String> truth(String serial, SnapshotKind kind) {
    var meter = simulator.gateway(0).meter(serial);
    return kind == SnapshotKind.DEMAND
        ? meter.demand().stream()
            .sorted(comparing(DemandEntry::time))
            .map(SnapshotReadingTest::line)
            .toList()
        : meter.previousValues().stream()
            .sorted(comparing(PreviousValue::time))
            .map(SnapshotReadingTest::line)
            .toList();
  }

  private static String line(DemandEntry entry) {
    var there =
        entry.values().stream()
            .filter(value -> (value.status() & DemandEntry.AVAILABLE) != 0)
            .toList();
    return line(
        entry.time(),
        there.stream().anyMatch(value -> (value.status() & DemandEntry.POWER_OFF) != 0),
        there.stream().map(value -> text(value.value(), value.timestamp())));
  }

  private static String line(PreviousValue snapshot) {
    return line(
        snapshot.time(),
        (snapshot.status() & PreviousValue.POWER_OFF) != 0,
        snapshot.values().stream().map(value -> text(value, null)));
  }

  private void archiveIsTruth() {
    for (var serial : List.of(full, withoutDemand, troubled)) {
      assertThat(told(serial, SnapshotKind.PREVIOUS_VALUES))
          .as(serial)
          .containsExactlyElementsOf(truth(serial, SnapshotKind.PREVIOUS_VALUES))
          .isNotEmpty();
    }
    for (var serial : List.of(full, troubled)) {
      assertThat(told(serial, SnapshotKind.DEMAND))
          .as(serial)
          .containsExactlyElementsOf(truth(serial, SnapshotKind.DEMAND))
          .isNotEmpty();
    }
  }

  /** The last attempt: kind, result, fault, received, stored, superseded. */
  private String attempt(String serial, String kind) {
    return attempt(gateway.meterId(serial), kind);
  }

  private String attempt(int meterId, String kind) {
    return reading
        .database
        .first(
            """
            select concat_ws(' ', result, fault, received, stored, superseded) from reading_attempt
             where meter_id = ? and kind = ? order by started_at desc limit 1""",
            row -> row.getString(1),
            meterId,
            kind)
        .orElseThrow();
  }

  @Test
  void archiveIsWhatMetersStoredAlsoAcrossTheEndOfSummer() throws InterruptedException {
    reading.readAfter(Duration.ofDays(12));

    archiveIsTruth();
    assertThat(archived(full, SnapshotKind.PREVIOUS_VALUES))
        .extracting(ArchivedSnapshot::closedAt)
        .startsWith(Instant.parse("2026-10-19T22:00:00Z"), Instant.parse("2026-10-20T22:00:00Z"))
        .contains(Instant.parse("2026-10-24T22:00:00Z"), Instant.parse("2026-10-25T23:00:00Z"));
    assertThat(archived(full, SnapshotKind.DEMAND))
        .allSatisfy(
            each -> {
              assertThat(each.period()).isEqualTo(Period.ofDays(1));
              assertThat(each.supersededAt()).isNull();
            });
    assertThat(attempt(full, "PREVIOUS_VALUES")).isEqualTo("COMPLETE 12 12 0");
    assertThat(attempt(full, "DEMAND")).isEqualTo("COMPLETE 12 12 0");
  }

  @Test
  void readAgainNothingIsNewAndOnlyTheNewestIsAskedFor() throws InterruptedException {
    reading.readAfter(Duration.ofDays(5));
    var before = told(full, SnapshotKind.DEMAND);

    reading.readAfter(Duration.ofMinutes(10));

    assertThat(told(full, SnapshotKind.DEMAND)).isEqualTo(before).hasSize(5);
    assertThat(attempt(full, "DEMAND")).isEqualTo("COMPLETE 1 0 0");
    assertThat(attempt(full, "PREVIOUS_VALUES")).isEqualTo("COMPLETE 1 0 0");
    reading.readAfter(DAY.multipliedBy(2));
    assertThat(attempt(full, "PREVIOUS_VALUES")).isEqualTo("COMPLETE 3 2 0");
    archiveIsTruth();
  }

  @Test
  void whatTheMeterTellsOtherwiseIsKeptBesideWhatItSaidBefore() throws InterruptedException {
    reading.readAfter(Duration.ofDays(3));
    var before = archived(full, SnapshotKind.PREVIOUS_VALUES);
    gateway.replaceBy(closed(simulator(2)));

    reading.readAfter(Duration.ofMinutes(10));

    assertThat(attempt(full, "PREVIOUS_VALUES")).isEqualTo("COMPLETE 1 0 1");
    var after = archived(full, SnapshotKind.PREVIOUS_VALUES);
    assertThat(after.subList(0, 2)).isEqualTo(before.subList(0, 2));
    assertThat(after.get(2).values()).isNotEqualTo(before.get(2).values());
    var versions = new ArrayList<ArchivedSnapshot>();
    archive.ofMeter(
        gateway.meterId(full),
        new BillingSnapshots.Query(SnapshotKind.PREVIOUS_VALUES, null, null, true),
        each -> versions.add(each.snapshot()));
    assertThat(versions).hasSize(2);
    assertThat(versions.get(0).values()).isEqualTo(before.get(2).values());
    assertThat(versions.get(0).supersededAt()).isNotNull();
    assertThat(versions.get(1)).isEqualTo(after.get(2));
    assertThat(
            reading.count(
                """
                select count(*) from logbook_entry
                 where meter_id = ? and logbook = '0-0:99.98.128*255' and code = 10""",
                gateway.meterId(full)))
        .isEqualTo(1);
  }

  @Test
  void anEndOfPeriodThatComesTwiceIsKeptTwice() throws InterruptedException {
    reading.readAfter(Duration.between(reading.clock.instant(), START.plus(DAY.multipliedBy(2))));
    reading.clock.set(Instant.parse("2026-10-21T22:30:00Z"));
    simulator.gateway(0).meter(full).shiftClock(Duration.ofHours(-1));

    reading.readAfter(Duration.ofHours(2));

    archiveIsTruth();
    assertThat(archived(full, SnapshotKind.PREVIOUS_VALUES))
        .extracting(each -> each.closedAt() + " " + each.occurrence())
        .contains("2026-10-21T22:00:00Z 0", "2026-10-21T22:00:00Z 1");
    var before = told(full, SnapshotKind.PREVIOUS_VALUES);
    reading.readAfter(Duration.ofMinutes(10));
    assertThat(told(full, SnapshotKind.PREVIOUS_VALUES)).isEqualTo(before);
    assertThat(attempt(full, "PREVIOUS_VALUES")).isEqualTo("COMPLETE 2 0 0");
  }

  @Test
  void offlineInTheMiddleWhatCameIsKeptAndTheRestFollows() throws InterruptedException {
    simulator
        .gateway(0)
        .inject(Fault.METER_OFFLINE, Integer.MAX_VALUE, "/meters/" + full + "/demand");
    reading.readAfter(Duration.ofDays(3));

    assertThat(attempt(full, "PREVIOUS_VALUES")).isEqualTo("COMPLETE 3 3 0");
    assertThat(attempt(full, "DEMAND")).startsWith("FAILED").endsWith(" 0 0 0");
    assertThat(told(full, SnapshotKind.PREVIOUS_VALUES))
        .isEqualTo(truth(full, SnapshotKind.PREVIOUS_VALUES));
    assertThat(told(full, SnapshotKind.DEMAND)).isEmpty();

    simulator.gateway(0).clearFaults();
    reading.readAfter(Duration.ofHours(1));
    archiveIsTruth();
  }

  @Test
  void anAnswerThatIsCutIsNotTakenForAll() throws InterruptedException {
    reading.readAfter(Duration.ofDays(2));
    simulator
        .gateway(0)
        .inject(Fault.BODY_CUT, Integer.MAX_VALUE, "/meters/" + full + "/previousvalues");
    reading.readAfter(Duration.ofDays(2));

    assertThat(attempt(full, "PREVIOUS_VALUES")).startsWith("FAILED").endsWith(" 0 0 0");
    simulator.gateway(0).clearFaults();
    reading.readAfter(Duration.ofHours(1));
    archiveIsTruth();
  }

  @Test
  void whoHasNoneOfItIsNotInFault() throws InterruptedException {
    reading.readAfter(Duration.ofDays(2));

    assertThat(attempt(withNothing, "PREVIOUS_VALUES")).isEqualTo("FAILED UNSUPPORTED 0 0 0");
    assertThat(attempt(withoutDemand, "DEMAND")).isEqualTo("FAILED UNSUPPORTED 0 0 0");
    assertThat(attempt(reading.meterId(0), "DEMAND")).isEqualTo("COMPLETE 0 0 0");
    for (int meter : List.of(gateway.meterId(withNothing), reading.meterId(0))) {
      assertThat(
              reading.count(
                  """
                  select count(*) from meter_contact c join reading_task t using (meter_id)
                   where meter_id = ? and (c.fault is not null or t.failures > 0)""",
                  meter))
          .isZero();
    }
  }

  @Test
  void whatIsClearedAtTheMeterStaysArchivedAndNewPeriodsFollow() throws Exception {
    reading.readAfter(Duration.ofDays(3));
    var before = told(full, SnapshotKind.PREVIOUS_VALUES);
    clear("previousvalues");
    reading.readAfter(Duration.ofMinutes(10));
    assertThat(attempt(full, "PREVIOUS_VALUES")).isEqualTo("COMPLETE 0 0 0");
    assertThat(told(full, SnapshotKind.PREVIOUS_VALUES)).isEqualTo(before);

    reading.readAfter(DAY.multipliedBy(2));

    var all = new ArrayList<>(before);
    all.addAll(truth(full, SnapshotKind.PREVIOUS_VALUES));
    assertThat(told(full, SnapshotKind.PREVIOUS_VALUES)).isEqualTo(all).hasSize(5);
  }

  /** The name in the gateway's own certificate is none by which it is called. */
  private static final class TrustsAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /** As a person does it, past the portal. */
  private void clear(String what) throws Exception {
    var trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new TrustManager[] {new TrustsAll()}, null);
    var http = HttpClient.newBuilder().sslContext(trusting).build();
    var answer =
        http.send(
            HttpRequest.newBuilder(simulator.uri(0).resolve("/meters/" + full + "/" + what))
                .header("Content-Type", "application/json")
                .header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes()))
                .DELETE()
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.body()).contains("success");
  }

  @Test
  void whatWasClosedByAClockThatWasNotSetIsReadToo() throws InterruptedException {
    reading.readAfter(Duration.ofDays(2));
    simulator.gateway(0).meter(full).loseTime();

    reading.readAfter(DAY.multipliedBy(2));

    assertThat(archived(full, SnapshotKind.PREVIOUS_VALUES))
        .filteredOn(each -> each.closedAt().isBefore(Instant.parse("2001-01-01T00:00:00Z")))
        .hasSize(2)
        .allSatisfy(
            each -> assertThat(RowStatus.of(each.flags())).contains(RowStatus.CLOCK_INVALID));
    assertThat(told(full, SnapshotKind.PREVIOUS_VALUES))
        .isEqualTo(truth(full, SnapshotKind.PREVIOUS_VALUES));
  }

  private MeterOperation ask(String serial, String kind, JsonValue periods)
      throws InterruptedException {
    var request =
        OperationRequest.of(kind, Json.createObjectBuilder().add("periods", periods).build());
    long id =
        reading
            .operations
            .submit(gateway.meterId(serial), "abb-g13", serial, request, "test", null)
            .get(0);
    reading.readDue();
    return reading.list.find(MeterScope.EVERYTHING, id).orElseThrow();
  }

  private static int number(MeterOperation operation, String key) {
    return Json.createReader(new StringReader(operation.result())).readObject().getInt(key);
  }

  @Test
  void operationsReadTheLastPeriodsAgain() throws InterruptedException {
    reading.database.update("delete from reading_task");
    reading.clock.advance(DAY.multipliedBy(6));

    var values = ask(full, "READ_PREVIOUS_VALUES", Json.createValue(4));
    assertThat(values.state().name()).isEqualTo("SUCCEEDED");
    assertThat(number(values, "received")).isEqualTo(4);
    assertThat(number(values, "stored")).isEqualTo(4);
    assertThat(number(values, "superseded")).isZero();
    assertThat(number(ask(full, "READ_DEMAND", Json.createValue(520)), "stored")).isEqualTo(6);
    var again = ask(full, "READ_PREVIOUS_VALUES", Json.createValue(5));
    assertThat(number(again, "stored")).isEqualTo(1);
    assertThat(told(full, SnapshotKind.PREVIOUS_VALUES))
        .isEqualTo(truth(full, SnapshotKind.PREVIOUS_VALUES).subList(1, 6));
    assertThat(ask(withNothing, "READ_DEMAND", Json.createValue(1)).fault())
        .isEqualTo("UNSUPPORTED");
  }

  @Test
  void numbersOfPeriodsThatMakeNoSenseAreRefused() {
    for (var periods : List.of(Json.createValue(0), Json.createValue(521), Json.createValue(1.5))) {
      assertThatThrownBy(() -> ask(full, "READ_DEMAND", periods))
          .isInstanceOf(InvalidOperation.class);
    }
  }
}
