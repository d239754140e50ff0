package org.meterledger.benchmarks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.meterledger.archive.ArchiveWriter;
import org.meterledger.archive.BillingSnapshots;
import org.meterledger.archive.Cursors;
import org.meterledger.archive.Gaps;
import org.meterledger.archive.Partitions;
import org.meterledger.archive.ProfileCatalog;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.emu.EmuDriver;
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
import org.meterledger.simulators.emu.EmuFleet;
import org.meterledger.simulators.emu.EmuSimulator;

/** One node and its simulated meters, all in this process, with a database of their own. */
final class ReadingRun implements AutoCloseable {

  private static final String METER =
      """
      insert into meter (serial_number, model, address, time_zone, state, watched, version,
                         created_at, updated_at)
      values (?, ?, ?, 'Europe/Zurich', 'ACTIVE', false, 0, ?, ?)""";

  /** A capture period and the five minutes over which the meters are spread. */
  private static final Duration UNTIL_ALL_ARE_DUE = Duration.ofMinutes(21);

  private static final Duration STANDSTILL = Duration.ofMinutes(1);
  private static final long POLL_MILLIS = 20;
  private static final double MILLIS = 1e3;
  private static final long QUARTER_SECONDS = 900;

  /** Who it is, and how its registers stand. */
  static final int ANSWERS_TO_REGISTERS = 2;

  private final Database database;
  private final String model;
  private final int sessions;
  private final double latencySeconds;
  private final ShiftedClock clock = new ShiftedClock();
  private final EmuSimulator simulator;
  private final ArchiveWriter writer;
  private final ReadingRound round;
  private final ExecutorService threads;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private int planned;

  /** Meters per second as they were, and as only the latency would bound them. */
  record Rates(double rate, double bound) {}

  ReadingRun(BenchmarkDatabase benchmark, int meters, int sessions, int latencyMillis) {
    this(
        benchmark,
        meters,
        sessions,
        latencyMillis,
        new MeterModels(),
        EmuDriver::new,
        "emu-professional-ii");
  }

  /**
   * @param model of the meters, one of {@code models}
   */
  ReadingRun(
      BenchmarkDatabase benchmark,
      int meters,
      int sessions,
      int latencyMillis,
      MeterModels models,
      Function<Clock, MeterDriver> driver,
      String model) {
    this.model = model;
    this.database = benchmark.database();
    this.sessions = sessions;
    this.latencySeconds = latencyMillis / MILLIS;
    this.simulator = EmuSimulator.start(EmuFleet.fresh(meters, 0, 1, clock.instant()), 0, clock);
    this.threads = Executors.newFixedThreadPool(sessions);
    var node = new Node("benchmark");
    var catalog = new ProfileCatalog(database);
    this.writer =
        new ArchiveWriter(
            database,
            new Partitions(database, Partitions.Width.MONTH),
            catalog,
            new Notices(database),
            node,
            clock);
    var operations = new OperationQueue(database, node, new Notices(database));
    var drivers = List.of(driver.apply(clock));
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
            new MeterSecrets(null),
            sessions,
            threads);
    writer.start(Executors.defaultThreadFactory());
    timer.scheduleAtFixedRate(round::start, 0, 1, TimeUnit.SECONDS);
    for (int i = 0; i < simulator.size(); i++) {
      simulator.meter(i).setLatency(Duration.ofMillis(latencyMillis));
    }
  }

  /** The first so many meters are read from now on. */
  private void plan(int meters) {
    var tasks = new ReadingTasks(database, clock);
    for (; planned < meters; planned++) {
      int i = planned;
      var now = clock.instant();
      String serial = simulator.meter(i).settings().serialNumber();
      database.update(METER, serial, model, simulator.uri(i).toString(), now, now);
      int id =
          database
              .first("select id from meter where serial_number = ?", row -> row.getInt(1), serial)
              .orElseThrow();
      RegisteredMeters.join(database, 1, id);
      tasks.followMeter(id);
    }
  }

  /**
   * The first round is not counted: it makes profiles known and reads history.
   *
   * @param meters to be read, not fewer than before
   */
  Rates rates(int meters, int rounds, Report report) throws Exception {
    plan(meters);
    double first = Measure.seconds(() -> awaitArchived(clock.instant()));
    report.say("First reading of %d meters: %.1f s", meters, first);
    var rates = new ArrayList<Double>();
    var bounds = new ArrayList<Double>();
    for (int i = 0; i < rounds; i++) {
      long before = requests();
      clock.advance(UNTIL_ALL_ARE_DUE);
      var from = clock.instant();
      double seconds =
          Measure.seconds(
              () -> {
                round.start();
                awaitArchived(from);
              });
      double answers = (double) (requests() - before) / meters;
      check(from, meters);
      rates.add(meters / seconds);
      bounds.add(sessions / (answers * latencySeconds));
      report.say(
          "Round %d: %d meters in %.2f s, %.1f answers each", i + 1, meters, seconds, answers);
    }
    return new Rates(Measure.median(rates), Measure.median(bounds));
  }

  /**
   * How long after the end of a quarter of an hour the registers of each meter were read, in
   * seconds.
   *
   * @param meters to be read, not fewer than before
   */
  List<Double> delays(int meters, Report report) throws Exception {
    plan(meters);
    awaitArchived(clock.instant());
    long now = clock.instant().getEpochSecond();
    var end = Instant.ofEpochSecond((now / QUARTER_SECONDS + 1) * QUARTER_SECONDS);
    clock.advance(Duration.between(clock.instant(), end));
    TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    round.start();
    awaitArchived(end.plusMillis(POLL_MILLIS));
    var delays =
        database.query(
            """
            select e.values[cardinality(e.values)] from load_profile_entry e
              join load_profile p on p.id = e.profile_id
             where e.period_end = ? and p.obis = ?""",
            row -> row.getLong(1) / MILLIS,
            end,
            ProfileCatalog.byReading(Duration.ofSeconds(QUARTER_SECONDS)).toString());
    if (delays.size() != meters) {
      throw new IllegalStateException(delays.size() + " of " + meters + " have a row of " + end);
    }
    report.say("%d meters read for %s", meters, end);
    return delays;
  }

  private long requests() {
    long all = 0;
    for (int i = 0; i < simulator.size(); i++) {
      all += simulator.meter(i).requests();
    }
    return all;
  }

  /** A task's next time is written with what was read: none due any more, all is durable. */
  private void awaitArchived(Instant due) throws InterruptedException, TimeoutException {
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

  /**
   * A figure of readings that failed would mean nothing. By the end of the attempts: a meter may be
   * under way when the clock is put forward, and its rows count too.
   */
  private void check(Instant from, int meters) {
    long stored =
        database
            .first(
                "select coalesce(sum(stored), 0) from reading_attempt where ended_at >= ?",
                row -> row.getLong(1),
                from)
            .orElseThrow();
    var fault =
        database.first(
            "select detail from reading_attempt where ended_at >= ? and result <> 'COMPLETE'",
            row -> row.getString(1),
            from);
    if (fault.isPresent() || stored < meters) {
      throw new IllegalStateException(stored + " rows stored; " + fault.orElse("no fault"));
    }
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
