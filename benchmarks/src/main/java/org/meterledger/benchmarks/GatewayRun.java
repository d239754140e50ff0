package org.meterledger.benchmarks;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.meterledger.archive.ArchiveWriter;
import org.meterledger.archive.BillingSnapshots;
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
import org.meterledger.reading.DueMeters;
import org.meterledger.reading.ReadingContext;
import org.meterledger.reading.ReadingRound;
import org.meterledger.reading.ReadingTasks;
import org.meterledger.server.Database;
import org.meterledger.server.Node;
import org.meterledger.simulators.g13.G13Simulator;
import org.meterledger.simulators.g13.GatewaySettings;

/** One node and its simulated gateways, all in this process, with a database of their own. */
final class GatewayRun implements AutoCloseable {

  private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private static final String USER = "admin";
  private static final String ZONE = "Europe/Zurich";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration STANDSTILL = Duration.ofMinutes(3);
  private static final long POLL_MILLIS = 20;
  private static final long TICK_MILLIS = 100;
  private static final double NANOS = 1e9;

  /** Threads of the simulated gateways. */
  private static final String SIMULATED = "nioEventLoopGroup";

  private final Database database;
  private final ShiftedClock clock;
  private final G13Simulator simulator;
  private final ArchiveWriter writer;
  private final ReadingRound round;
  private final ExecutorService threads;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger mostOpen = new AtomicInteger();
  private final MeterSecrets secrets = new MeterSecrets(KEY);

  GatewayRun(
      BenchmarkDatabase benchmark,
      ShiftedClock clock,
      List<GatewaySettings> gateways,
      int sessions,
      int latencyMillis) {
    this.database = benchmark.database();
    this.clock = clock;
    this.simulator = G13Simulator.start(gateways, 0, clock);
    this.threads = Executors.newFixedThreadPool(sessions);
    var node = new Node("benchmark");
    var catalog = new ProfileCatalog(database);
    var notices = new Notices(database);
    var partitions = new Partitions(database, Partitions.Width.MONTH);
    this.writer = new ArchiveWriter(database, partitions, catalog, notices, node, clock);
    var operations = new OperationQueue(database, node, notices);
    var models = new MeterModels();
    var drivers = List.<MeterDriver>of(new G13Driver(clock));
    var context =
        new ReadingContext(
            models,
            writer,
            catalog,
            new Cursors(database),
            new Gaps(database),
            new BillingSnapshots(database),
            new MeterSettings(database),
            operations,
            new OperationKinds(List.of(), drivers, models),
            clock);
    this.round =
        new ReadingRound(
            new DueMeters(database, operations, node),
            context,
            drivers,
            secrets,
            sessions,
            threads);
    writer.start(Executors.defaultThreadFactory());
    for (int i = 0; i < simulator.size(); i++) {
      simulator.gateway(i).setLatency(Duration.ofMillis(latencyMillis));
    }
  }

  G13Simulator simulator() {
    return simulator;
  }

  /** One plan every quarter of an hour, and all meters under it. */
  void register(String... kinds) {
    database.update("delete from reading_plan where id > 1");
    database.update(
        "update reading_plan set kinds = ?::text[], spread_s = 0 where id = 1",
        "{" + String.join(",", kinds) + "}");
    var tasks = new ReadingTasks(database, clock);
    for (int i = 0; i < simulator.size(); i++) {
      int gateway = gateway(i);
      for (var meter : simulator.gateway(i).settings().meters()) {
        tasks.followMeter(meter(meter.serial(), gateway));
      }
    }
    database.update("vacuum (analyze) meter, meter_contact, reading_task, gateway");
    timer.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    round.start();
    mostOpen.accumulateAndGet(round.open(), Math::max);
  }

  private int gateway(int number) {
    var base = base(number);
    int id =
        database
            .first(
                """
                insert into gateway (name, network_id, most_sessions, version)
                values (?, 1, 1, 0) returning id""",
                row -> row.getInt(1),
                simulator.gateway(number).settings().serial())
            .orElseThrow();
    var certificate =
        ServerCertificate.shownBy(base, PATIENCE)
            .fold(shown -> shown.value().sha256(), some -> null, failed -> null);
    database.update(
        """
        insert into gateway_access (gateway_id, model, address, user_name, password, time_zone,
                                    certificate, old_tls)
        values (?, 'abb-g13-gateway', ?, ?, ?, ?, ?, false)""",
        id,
        base.toString(),
        USER,
        secrets.encrypt(USER),
        ZONE,
        certificate);
    return id;
  }

  private int meter(String serial, int gateway) {
    int id =
        database
            .first(
                """
                insert into meter (serial_number, model, gateway_id, time_zone, state, watched,
                                   version, created_at, updated_at)
                values (?, 'abb-g13', ?, ?, 'ACTIVE', false, 0, ?, ?) returning id""",
                row -> row.getInt(1),
                serial,
                gateway,
                ZONE,
                clock.instant(),
                clock.instant())
            .orElseThrow();
    RegisteredMeters.join(database, 1, id);
    return id;
  }

  /** Without a slash at its end. */
  URI base(int number) {
    return URI.create(simulator.uri(number).toString().replaceFirst("/$", ""));
  }

  long requests() {
    long all = 0;
    for (int i = 0; i < simulator.size(); i++) {
      all += simulator.gateway(i).traffic().requests();
    }
    return all;
  }

  /** The most that one gateway was asked at the same time. */
  int mostConversations() {
    int most = 0;
    for (int i = 0; i < simulator.size(); i++) {
      most = Math.max(most, simulator.gateway(i).traffic().maxConcurrentRequests());
    }
    return most;
  }

  int mostOpen() {
    return mostOpen.get();
  }

  /** A task's next time is written with what was read: none due any more, all is durable. */
  void awaitArchived(Instant due) throws InterruptedException, TimeoutException {
    long end = System.nanoTime() + STANDSTILL.toNanos();
    long before = Long.MAX_VALUE;
    for (long left = due(due); left > 0; left = due(due)) {
      if (left < before) {
        before = left;
        end = System.nanoTime() + STANDSTILL.toNanos();
      } else if (System.nanoTime() > end) {
        throw new TimeoutException(left + " tasks stayed due for " + STANDSTILL);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private long due(Instant at) {
    return database
        .first("select count(*) from reading_task where due_at <= ?", row -> row.getLong(1), at)
        .orElseThrow();
  }

  /** Of this process but the simulated gateways, in seconds. */
  static double productSeconds() {
    var system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    return system.getProcessCpuTime() / NANOS - simulatorSeconds();
  }

  static double simulatorSeconds() {
    var beans = ManagementFactory.getThreadMXBean();
    long nanos = 0;
    for (var info : beans.getThreadInfo(beans.getAllThreadIds())) {
      if (info != null && info.getThreadName().startsWith(SIMULATED)) {
        nanos += Math.max(0, beans.getThreadCpuTime(info.getThreadId()));
      }
    }
    return nanos / NANOS;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    round.stop();
    threads.shutdown();
    writer.stop();
    simulator.close();
  }
}
