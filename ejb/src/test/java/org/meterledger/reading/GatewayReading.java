package org.meterledger.reading;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.meterledger.archive.ArchiveWriter;
import org.meterledger.archive.Cursors;
import org.meterledger.archive.Gaps;
import org.meterledger.archive.Partitions;
import org.meterledger.archive.ProfileCatalog;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.g13.G13Driver;
import org.meterledger.driver.http.ServerCertificate;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.meter.MeterSecrets;
import org.meterledger.meter.MeterSettings;
import org.meterledger.notice.Notices;
import org.meterledger.operation.OperationKinds;
import org.meterledger.operation.OperationQueue;
import org.meterledger.server.Database;
import org.meterledger.server.Node;
import org.meterledger.server.TestDatabase;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.g13.G13Simulator;
import org.meterledger.simulators.g13.GatewaySettings;

/** One simulated gateway with its meters, read into a real database, by a clock that is set. */
final class GatewayReading implements AutoCloseable {

  private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private static final int PATIENCE_SECONDS = 120;

  final SettableClock clock;
  final Database database = TestDatabase.database();
  final G13Simulator simulator;
  final ReadingAttempts attempts;
  private final List<Integer> meterIds = new ArrayList<>();
  private final ArchiveWriter writer;
  private final ReadingRound round;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  GatewayReading(Instant now, GatewaySettings settings) {
    clock = new SettableClock(now);
    simulator = G13Simulator.start(List.of(settings), 0, clock);
    attempts = new ReadingAttempts(database, clock);
    database.update("delete from reading_task");
    database.update("delete from operation");
    database.update("update meter_contact set leased_by = null");
    var node = new Node("gateway-reading");
    var catalog = new ProfileCatalog(database);
    var notices = new Notices(database);
    var partitions = new Partitions(database, Partitions.Width.MONTH);
    var secrets = new MeterSecrets(KEY);
    writer = new ArchiveWriter(database, partitions, catalog, notices, node, clock);
    writer.start(Executors.defaultThreadFactory());
    var queue = new OperationQueue(database, node, notices);
    var models = new MeterModels();
    List<MeterDriver> drivers = List.of(new G13Driver(clock));
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
            new OperationKinds(List.of(), drivers, models),
            clock);
    round =
        new ReadingRound(
            new DueMeters(database, queue, node), context, drivers, secrets, 2, threads);
    int gateway = register(settings, secrets);
    settings.meters().forEach(meter -> meterIds.add(follow(meter.serial(), gateway)));
  }

  private int register(GatewaySettings settings, MeterSecrets secrets) {
    var base = simulator.uri(0).toString().replaceFirst("/$", "");
    var shown =
        ServerCertificate.shownBy(URI.create(base), Duration.ofSeconds(10))
            .fold(found -> found.value().sha256(), some -> "", failed -> "");
    int gateway =
        database
            .first(
                """
                insert into gateway (name, network_id, most_sessions, version)
                values (?, 1, 1, 0) returning id""",
                row -> row.getInt(1),
                settings.serial() + " " + simulator.port(0))
            .orElseThrow();
    database.update(
        """
        insert into gateway_access (gateway_id, model, address, user_name, password, time_zone,
                                    certificate, old_tls)
        values (?, 'abb-g13-gateway', ?, 'admin', ?, 'Europe/Zurich', ?, false)""",
        gateway,
        base,
        secrets.encrypt("admin"),
        shown);
    return gateway;
  }

  private int follow(String serial, int gateway) {
    int id = TestDatabase.meter(serial, null);
    database.update("update meter set model = 'abb-g13', gateway_id = ? where id = ?", gateway, id);
    TestDatabase.join(1, id);
    new ReadingTasks(database, clock).followMeter(id);
    return id;
  }

  int meterId(int number) {
    return meterIds.get(number);
  }

  /** Lets time pass and everything that is due by then be read. */
  void readAfter(Duration passed) throws InterruptedException {
    clock.advance(passed);
    database.update("update reading_task set due_at = ?", clock.instant());
    var patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    do {
      if (System.nanoTime() > patience) {
        throw new AssertionError("Still reading: " + round.open() + " sessions open");
      }
      round.start();
      TimeUnit.MILLISECONDS.sleep(20);
    } while (busy());
  }

  private boolean busy() {
    return database
        .first(
            """
            select exists (select 1 from meter_contact where leased_by is not null)
                or exists (select 1 from reading_task where due_at <= ?)""",
            row -> row.getBoolean(1),
            clock.instant())
        .orElseThrow();
  }

  @Override
  public void close() {
    round.stop();
    threads.shutdownNow();
    writer.stop();
    simulator.close();
    database.update("delete from reading_task");
  }
}
