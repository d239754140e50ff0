package org.meterledger.reading;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
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
import org.meterledger.archive.ArchivedSnapshot;
import org.meterledger.archive.BillingSnapshots;
import org.meterledger.metering.RowStatus;
import org.meterledger.metering.SnapshotKind;
import org.meterledger.simulators.LoadShape;
import org.meterledger.simulators.emu.EmuMeter;
import org.meterledger.simulators.g13.DemandEntry;
import org.meterledger.simulators.g13.G13Simulator;
import org.meterledger.simulators.g13.GatewaySettings;
import org.meterledger.simulators.g13.MeterSettings;
import org.meterledger.simulators.g13.PreviousValue;

/** Simulated meters of several types behind a gateway, and what the archive holds of them. */
abstract class SnapshotFixture {

  static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");

  /** Clocks go back on the 25th. */
  static final Instant START = Instant.parse("2026-10-19T10:07:00Z");

  static final Duration DAY = Duration.ofDays(1);
  static final AtomicInteger TEST = new AtomicInteger();

  final String test = String.valueOf(TEST.incrementAndGet());
  final String full = "SNAP_1_" + test;
  final String withoutDemand = "SNAP_2_" + test;
  final String withNothing = "SNAP_3_" + test;
  final String troubled = "SNAP_4_" + test;

  final List<AutoCloseable> open = new ArrayList<>();
  final ReadingFixture reading =
      new ReadingFixture(
          START.plusSeconds(60),
          List.of(EmuMeter.Settings.builder("224190" + test, START).build()));
  final G13Simulator simulator = simulator(1);
  final GatewayFixture gateway = closed(new GatewayFixture(reading, simulator));
  final BillingSnapshots archive = new BillingSnapshots(reading.database);

  <T extends AutoCloseable> T closed(T resource) {
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

  G13Simulator simulator(int seed) {
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

  static MeterSettings meter(String serial, String label, int seed) {
    return MeterSettings.of(serial, label, START).withLoad(LoadShape.HOUSEHOLD, seed);
  }

  List<ArchivedSnapshot> archived(String serial, SnapshotKind kind) {
    var end = Instant.parse("2100-01-01T00:00:00Z");
    var newestFirst = archive.before(gateway.meterId(serial), kind, end, 10_000);
    var oldestFirst = new ArrayList<>(newestFirst);
    Collections.reverse(oldestFirst);
    return oldestFirst;
  }

  List<String> told(String serial, SnapshotKind kind) {
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

  static LocalDateTime local(Instant at) {
    return at == null ? null : LocalDateTime.ofInstant(at, ZURICH);
  }

  static String text(BigDecimal value, LocalDateTime at) {
    var plain = value.stripTrailingZeros().toPlainString();
    return at == null ? plain : plain + " " + at;
  }

  static String line(LocalDateTime end, boolean off, Stream<String> values) {
    return end + (off ? " off " : " ") + values.toList();
  }

  /** The meter's own record; the earlier of two that were closed at the same time comes first. */
  List<String> truth(String serial, SnapshotKind kind) {
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

  static String line(DemandEntry entry) {
    var there =
        entry.values().stream()
            .filter(value -> (value.status() & DemandEntry.AVAILABLE) != 0)
            .toList();
    return line(
        entry.time(),
        there.stream().anyMatch(value -> (value.status() & DemandEntry.POWER_OFF) != 0),
        there.stream().map(value -> text(value.value(), value.timestamp())));
  }

  static String line(PreviousValue snapshot) {
    return line(
        snapshot.time(),
        (snapshot.status() & PreviousValue.POWER_OFF) != 0,
        snapshot.values().stream().map(value -> text(value, null)));
  }

  void archiveIsTruth() {
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
  String attempt(String serial, String kind) {
    return attempt(gateway.meterId(serial), kind);
  }

  String attempt(int meterId, String kind) {
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
  void clear(String what) throws Exception {
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
}
