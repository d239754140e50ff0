package org.meterledger.reading;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.meterledger.access.Access;
import org.meterledger.access.MeterScope;
import org.meterledger.archive.ArchiveWriter;
import org.meterledger.archive.Cursors;
import org.meterledger.archive.Gaps;
import org.meterledger.archive.Partitions;
import org.meterledger.archive.PresentRegisters;
import org.meterledger.archive.ProfileCatalog;
import org.meterledger.audit.TestAudit;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.g13.G13Driver;
import org.meterledger.driver.http.ServerCertificate;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.meter.MeterSecrets;
import org.meterledger.meter.MeterSettings;
import org.meterledger.notice.Notices;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationKinds;
import org.meterledger.operation.OperationList;
import org.meterledger.operation.OperationQueue;
import org.meterledger.operation.OperationRequest;
import org.meterledger.operation.Operations;
import org.meterledger.server.Database;
import org.meterledger.server.Node;
import org.meterledger.server.TestDatabase;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.g13.G13Gateway;
import org.meterledger.simulators.g13.G13Meter;
import org.meterledger.simulators.g13.G13Simulator;
import org.meterledger.simulators.g13.GatewaySettings;

/** The whole way from a meter behind a simulated gateway to a real database. */
final class GatewayReadingFixture implements AutoCloseable {

  static final String MODEL = "abb-g13";
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final int PATIENCE_SECONDS = 60;

  final SettableClock clock;
  final Database database = TestDatabase.database();
  final G13Simulator simulator;
  final String serial;
  final OperationKinds kinds;
  final OperationList list = new OperationList(database);
  private final int meterId;
  private final int gatewayId;
  private final ArchiveWriter writer;
  private final ReadingRound round;
  private final OperationQueue queue;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  /**
   * @param label of the meter, which decides what it can
   */
  GatewayReadingFixture(Instant now, String label) {
    serial = "GWR_" + NUMBER.incrementAndGet();
    clock = new SettableClock(now);
    var meter =
        org.meterledger.simulators.g13.MeterSettings.of(
            serial, label, now.minus(Duration.ofHours(30)));
    simulator =
        G13Simulator.start(
            List.of(GatewaySettings.of("ABBG130000000009", List.of(meter))), 0, clock);
    database.update("delete from reading_task");
    database.update("delete from operation");
    var secrets = new MeterSecrets(Base64.getEncoder().encodeToString(new byte[32]));
    gatewayId = gateway(secrets);
    meterId = meter();
    var models = new MeterModels();
    var node = new Node("test");
    var catalog = new ProfileCatalog(database);
    var notices = new Notices(database);
    writer =
        new ArchiveWriter(
            database,
            new Partitions(database, Partitions.Width.MONTH),
            catalog,
            notices,
            node,
            clock);
    writer.start(Executors.defaultThreadFactory());
    queue = new OperationQueue(database, node, notices);
    var drivers = List.<MeterDriver>of(new G13Driver(clock));
    var known = new ArrayList<OperationKind>();
    kinds = new OperationKinds(known, drivers, models);
    var context =
        new ReadingContext(
            models,
            writer,
            catalog,
            new Cursors(database),
            new Gaps(database),
            new org.meterledger.archive.BillingSnapshots(database),
            new MeterSettings(database),
            queue,
            kinds,
            clock);
    known.addAll(
        List.of(
            new ReadRegisters(context),
            new ReadPorts(),
            new SwitchOutput(),
            new ResetInput(),
            new ReadCosem()));
    round =
        new ReadingRound(
            new DueMeters(database, queue, node), context, drivers, secrets, 2, threads::execute);
  }

  private int gateway(MeterSecrets secrets) {
    var base = URI.create(simulator.uri(0).toString().replaceFirst("/$", ""));
    var shown =
        ((ReadResult.Complete<ServerCertificate>)
                ServerCertificate.shownBy(base, Duration.ofSeconds(10)))
            .value();
    int id =
        database
            .first(
                """
                insert into gateway (name, network_id, most_sessions, version)
                values (?, 1, 1, 0) returning id""",
                row -> row.getInt(1),
                "Gateway of " + serial)
            .orElseThrow();
    database.update(
        """
        insert into gateway_access (gateway_id, model, address, user_name, password, time_zone,
                                    certificate, old_tls)
        values (?, 'abb-g13-gateway', ?, 'admin', ?, 'Europe/Zurich', ?, false)""",
        id,
        base.toString(),
        secrets.encrypt(G13Gateway.FACTORY_KEY),
        shown.sha256());
    return id;
  }

  private int meter() {
    int id = TestDatabase.meter(serial, "http://127.0.0.1:1");
    database.update(
        "update meter set model = ?, address = null, gateway_id = ? where id = ?",
        MODEL,
        gatewayId,
        id);
    database.update(
        "insert into meter_contact (meter_id, leased_until) values (?, ?)", id, clock.instant());
    return id;
  }

  int meterId() {
    return meterId;
  }

  G13Meter meterTruth() {
    return simulator.gateway(0).meter(serial);
  }

  /** The simulated gateway's faults concern paths that begin so. */
  String path(String resource) {
    return "/meters/" + serial + "/" + resource;
  }

  Operations operations(Access access) {
    return new Operations(database, kinds, access, TestAudit.of(database, clock), clock);
  }

  /** Asks as somebody, and lets it be done. */
  MeterOperation done(Access access, OperationRequest request) throws InterruptedException {
    long id = asked(access, request);
    run();
    return operation(id);
  }

  long asked(Access access, OperationRequest request) {
    return operations(access).submit(meterId, MODEL, serial, request, "test", null).get(0);
  }

  MeterOperation operation(long id) {
    return list.find(MeterScope.EVERYTHING, id).orElseThrow();
  }

  /** Until nothing is due and the meter has been given back. */
  void run() throws InterruptedException {
    var patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    do {
      if (System.nanoTime() > patience) {
        throw new AssertionError("Still reading");
      }
      round.start();
      TimeUnit.MILLISECONDS.sleep(20);
    } while (busy());
  }

  private boolean busy() {
    return database
        .first(
            """
            select exists (select 1 from meter_contact
                            where meter_id = ? and leased_by is not null)
                or exists (select 1 from operation
                            where meter_id = ? and due_at <= ?
                              and state in ('QUEUED', 'CLAIMED', 'RUNNING', 'WAITING'))""",
            row -> row.getBoolean(1),
            meterId,
            meterId,
            clock.instant())
        .orElseThrow();
  }

  /** What the archive holds of the present values, by OBIS code. */
  Map<String, String> present() {
    var present = new TreeMap<String, String>();
    new PresentRegisters(database)
        .of(meterId)
        .forEach(
            each ->
                present.put(
                    each.obis().toString(),
                    each.quantity().value().stripTrailingZeros().toPlainString()));
    return present;
  }

  @Override
  public void close() {
    round.stop();
    threads.shutdownNow();
    writer.stop();
    simulator.close();
    database.update("delete from operation");
    database.update("update meter_contact set leased_by = null");
    database.update(
        "update meter set gateway_id = null, address = 'http://127.0.0.1:1' where id = ?", meterId);
    database.update("delete from gateway where id = ?", gatewayId);
  }
}
