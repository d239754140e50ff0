package org.meterledger.reading;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.meterledger.archive.ArchiveWriter;
import org.meterledger.archive.Cursors;
import org.meterledger.archive.Gaps;
import org.meterledger.archive.Partitions;
import org.meterledger.archive.ProfileCatalog;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Endpoint.CertificatePin;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.g13.G13Driver;
import org.meterledger.driver.http.ServerCertificate;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.meter.MeterSettings;
import org.meterledger.notice.Notices;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationKinds;
import org.meterledger.operation.OperationQueue;
import org.meterledger.server.Database;
import org.meterledger.server.Node;
import org.meterledger.server.TestDatabase;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.g13.G13Meter;
import org.meterledger.simulators.g13.G13Simulator;
import org.meterledger.simulators.g13.GatewaySettings;

/** A simulated G13 gateway with two meters, read into a real database without a queue. */
final class G13Fixture implements AutoCloseable {

  static final Instant START = Instant.parse("2026-03-20T10:07:00Z");
  private static final AtomicInteger NUMBER = new AtomicInteger();
  static final String RESETTABLE = "1-129:1.8.0*255";

  final String serial = "ABBE" + NUMBER.incrementAndGet();
  final String iron = "ABBI" + NUMBER.incrementAndGet();
  final SettableClock clock = new SettableClock(START.plus(Duration.ofHours(30)));
  final G13Simulator simulator =
      G13Simulator.start(
          List.of(
              GatewaySettings.of(
                  "ABBG130000000001",
                  List.of(
                      org.meterledger.simulators.g13.MeterSettings.of(serial, "A44 512-100", START),
                      org.meterledger.simulators.g13.MeterSettings.of(
                          iron, "B21 012-100", START)))),
          0,
          clock);
  private final URI base = URI.create(simulator.uri(0).toString().replaceFirst("/$", ""));
  final Database database = TestDatabase.database();
  private final MeterModels models = new MeterModels();
  private final G13Driver driver = new G13Driver(clock);
  private final Node node = new Node("erasing");
  private final ProfileCatalog catalog = new ProfileCatalog(database);
  private final ArchiveWriter writer =
      new ArchiveWriter(
          database,
          new Partitions(database, Partitions.Width.MONTH),
          catalog,
          new Notices(database),
          node,
          clock);
  final OperationKinds kinds = new OperationKinds(this::kinds, List.of(driver), models);
  final ReadingContext context =
      new ReadingContext(
          models,
          writer,
          catalog,
          new Cursors(database),
          new Gaps(database),
          new org.meterledger.archive.BillingSnapshots(database),
          new MeterSettings(database),
          new OperationQueue(database, node, new Notices(database)),
          kinds,
          clock);
  final ClearStored clear = new ClearStored(context);
  final ResetRegisters reset = new ResetRegisters(context);
  final Reboot reboot = new Reboot(clock, () -> clock.advance(Duration.ofSeconds(10)));
  int meterId;

  G13Fixture() {
    writer.start(Executors.defaultThreadFactory());
  }

  @Override
  public void close() {
    writer.stop();
    simulator.close();
  }

  private java.util.Iterator<OperationKind> kinds() {
    return List.<OperationKind>of(clear, reset, reboot).iterator();
  }

  private Endpoint.Http endpoint() {
    var shown =
        ((ReadResult.Complete<ServerCertificate>)
                ServerCertificate.shownBy(base, Duration.ofSeconds(10)))
            .value();
    return new Endpoint.Http(
        base,
        "admin",
        "admin",
        Duration.ofSeconds(20),
        new CertificatePin(shown.sha256(), false),
        ZoneId.of("Europe/Zurich"));
  }

  OpenMeter open(String model, String name, MeterSession session) {
    meterId =
        database
            .first("select id from meter where serial_number = ?", row -> row.getInt(1), name)
            .orElseGet(() -> TestDatabase.meter(name, base.toString()));
    return new OpenMeter(meterId, model, session, writer, clock, Duration.ofMinutes(5));
  }

  OpenMeter meter(String name) {
    var endpoint = new Endpoint.BehindGateway(endpoint(), name);
    return open("abb-g13", name, driver.open(models.get("abb-g13"), endpoint));
  }

  OpenMeter gateway() {
    var model = models.get("abb-g13-gateway");
    return open(model.id(), "GW" + serial, driver.open(model, endpoint()));
  }

  G13Meter truth() {
    return simulator.gateway(0).meter(serial);
  }

  static JsonObject with(String name, String value) {
    return Json.createObjectBuilder().add(name, value).build();
  }
}
