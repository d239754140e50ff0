package org.meterledger.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.meterledger.access.MeterScope;
import org.meterledger.access.TestAccess;
import org.meterledger.archive.ArchiveWriter;
import org.meterledger.archive.BillingSnapshots;
import org.meterledger.archive.Cursors;
import org.meterledger.archive.Gaps;
import org.meterledger.archive.Partitions;
import org.meterledger.archive.ProfileCatalog;
import org.meterledger.audit.TestAudit;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.emu.EmuDriver;
import org.meterledger.driver.g13.G13Driver;
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
import org.meterledger.server.Node;
import org.meterledger.server.TestDatabase;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.emu.EmuMeter;
import org.meterledger.simulators.emu.EmuSimulator;
import org.meterledger.simulators.emu.LoadProfileRow;

/** The whole way from simulated meters on the wire to a real database, by a clock that is set. */
final class ReadingFixture extends ArchivedMeters implements AutoCloseable {

  static final MeterSecrets SECRETS =
      new MeterSecrets(Base64.getEncoder().encodeToString(new byte[32]));

  /** A test waits for each session of a few meters, so that hardly any others are to come. */
  private static final Duration GATHERING = Duration.ofMillis(5);

  private static final int SESSIONS = 16;
  private static final int PATIENCE_SECONDS = 120;

  final SettableClock clock;
  final OperationKinds kinds;
  final Operations operations;
  final OperationList list;
  final EmuSimulator simulator;
  private final List<Integer> meterIds = new ArrayList<>();
  private final List<OperationKind> knownKinds = new ArrayList<>();
  private final MeterModels models;
  private final String model;

  /** Others can be added, or take the place of one, before meters are asked. */
  final List<MeterDriver> drivers = new ArrayList<>();

  /** Between two questions whether a device has started anew. */
  Reboot.Pause pause;

  private final List<Integer> networks = new ArrayList<>();
  private final int sessions;
  private final List<ReadingNode> nodes = new ArrayList<>();
  private final ReadWriteLock stand = new ReentrantReadWriteLock();

  /** What a server of a cluster has of its own. */
  private record ReadingNode(ReadingRound round, ArchiveWriter writer, ExecutorService executor) {
    void stop() {
      round.stop();
      executor.shutdownNow();
      writer.stop();
    }
  }

  ReadingFixture(Instant now, List<EmuMeter.Settings> meters) {
    this(now, meters, SESSIONS);
  }

  /**
   * @param sessions that each node can have
   */
  ReadingFixture(Instant now, List<EmuMeter.Settings> meters, int sessions) {
    this(now, meters, sessions, new MeterModels(), "emu-professional-ii");
  }

  /**
   * @param models that there are
   * @param model of the meters; who drives another than theirs adds to {@link #drivers}
   */
  ReadingFixture(
      Instant now, List<EmuMeter.Settings> meters, int sessions, MeterModels models, String model) {
    this.sessions = sessions;
    this.models = models;
    this.model = model;
    clock = new SettableClock(now);
    pause = () -> clock.advance(Duration.ofSeconds(10));
    simulator = EmuSimulator.start(meters, 0, clock);
    nothingOfOthers();
    drivers.addAll(List.of(new EmuDriver(clock), new G13Driver(clock)));
    kinds = new OperationKinds(knownKinds, drivers, models);
    operations =
        new Operations(
            database, kinds, TestAccess.everything(database), TestAudit.of(database, clock), clock);
    list = new OperationList(database);
    addNode("test");
    for (int i = 0; i < meters.size(); i++) {
      meterIds.add(register(meters.get(i).serialNumber(), simulator.port(i)));
    }
  }

  /** One more server on the same database, with nothing else in common. */
  void addNode(String name) {
    var node = new Node(name);
    var catalog = new ProfileCatalog(database);
    var writer =
        new ArchiveWriter(
            database,
            new Partitions(database, Partitions.Width.MONTH),
            catalog,
            new Notices(database),
            node,
            clock,
            GATHERING);
    writer.start(Executors.defaultThreadFactory());
    var queue = new OperationQueue(database, node, new Notices(database));
    var context =
        new ReadingContext(
            models,
            writer,
            catalog,
            new Cursors(database),
            new Gaps(database),
            new BillingSnapshots(database),
            new MeterSettings(database),
            queue,
            kinds,
            clock);
    if (knownKinds.isEmpty()) {
      knownKinds.addAll(
          List.of(
              new Identify(),
              new ReadClock(context),
              new ReadRegisters(context),
              new ReadLoadProfile(context),
              new ReadLogbook(context),
              new ReadPreviousValues(context),
              new ReadDemand(context),
              new ReadSettingsPart(),
              new ChangeSettings(context),
              new ReadPorts(),
              new SwitchOutput(),
              new ResetInput(),
              new ReadCosem(),
              new ReadChargingRecords(context),
              new ReadChargeCycle(),
              new PrepareCharge(),
              new StepCharge(),
              new ClearStored(context),
              new ResetRegisters(context),
              new Reboot(clock, () -> pause.pass())));
    }
    var threads = Executors.newFixedThreadPool(sessions);
    Executor executor = session -> threads.execute(() -> begin(session));
    var round =
        new ReadingRound(
            new DueMeters(database, queue, node), context, drivers, SECRETS, sessions, executor);
    nodes.add(new ReadingNode(round, writer, threads));
  }

  private void begin(Runnable session) {
    stand.readLock().lock(); // open but while the nodes stand still
    stand.readLock().unlock();
    session.run();
  }

  /** Has the nodes begin no session that they claim, or go on with all of them at once. */
  void standStill(boolean still) {
    if (still) {
      stand.writeLock().lock();
    } else {
      stand.writeLock().unlock();
    }
  }

  private int register(String serialNumber, int port) {
    int id = TestDatabase.meter(serialNumber, "http://127.0.0.1:" + port);
    database.update("update meter set model = ? where id = ?", model, id);
    TestDatabase.join(1, id);
    new ReadingTasks(database, clock).followMeter(id);
    return id;
  }

  /** Other tests leave their own behind; what is due or leased here is of these meters only. */
  private void nothingOfOthers() {
    database.update("delete from reading_task");
    database.update("delete from operation");
    database.update("update meter_contact set leased_by = null");
  }

  @Override
  int meterId(int number) {
    return meterIds.get(number);
  }

  EmuMeter meter(int number) {
    return simulator.meter(number);
  }

  /** Lets time pass and everything that is due by then be read. */
  void readAfter(Duration passed) throws InterruptedException {
    clock.advance(passed);
    database.update("update reading_task set due_at = ?", clock.instant());
    readDue();
  }

  /** Reads until every meter has given its lease back and nothing is due. */
  void readDue() throws InterruptedException {
    var patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    do {
      if (System.nanoTime() > patience) {
        int open = nodes.stream().mapToInt(node -> node.round().open()).sum();
        throw new AssertionError("Still reading: " + open + " sessions open");
      }
      start();
      TimeUnit.MILLISECONDS.sleep(20);
    } while (busy());
  }

  /** Lets time pass as fast as it does, and what is due be read, until something holds. */
  void readLive(BooleanSupplier until) throws InterruptedException {
    var ticking = Executors.newSingleThreadScheduledExecutor();
    var begun = clock.instant().minusNanos(System.nanoTime());
    try {
      ticking.scheduleAtFixedRate(
          () -> clock.set(begun.plusNanos(System.nanoTime())), 0, 2, TimeUnit.MILLISECONDS);
      var patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!until.getAsBoolean()) {
        if (System.nanoTime() > patience) {
          throw new AssertionError("Not within " + PATIENCE_SECONDS + " s");
        }
        start();
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } finally {
      ticking.shutdownNow();
      ticking.awaitTermination(1, TimeUnit.SECONDS);
    }
  }

  /** A network of its own for the meters with these numbers. */
  int network(String name, int mostSessions, int mostConnects, IntStream numbers) {
    int id =
        database
            .first(
                """
                insert into network (name, most_sessions, most_connects, next_connect, version)
                values (?, ?, ?, ?, 0) returning id""",
                row -> row.getInt(1),
                name,
                mostSessions,
                mostConnects,
                clock.instant())
            .orElseThrow();
    networks.add(id);
    numbers.forEach(
        number -> {
          database.update("update meter set network_id = ? where id = ?", id, meterId(number));
          new ReadingTasks(database, clock).followMeter(meterId(number));
        });
    return id;
  }

  void limit(int networkId, int mostSessions, int mostConnects) {
    database.update(
        "update network set most_sessions = ?, most_connects = ? where id = ?",
        mostSessions,
        mostConnects,
        networkId);
  }

  /** Meters that are leased by a node now. */
  int leased() {
    return count("select count(*) from meter_contact where leased_by is not null");
  }

  private boolean busy() {
    return database
        .first(
            """
            select exists (select 1 from meter_contact where leased_by is not null)
                or exists (select 1 from reading_task where due_at <= ?)
                or exists (select 1 from operation where due_at <= ?
                              and state in ('QUEUED', 'CLAIMED', 'RUNNING', 'WAITING'))""",
            row -> row.getBoolean(1),
            clock.instant(),
            clock.instant())
        .orElseThrow();
  }

  /** Queues an operation or a bundle for a meter. */
  List<Long> ask(int number, OperationRequest request) {
    String serial = meter(number).settings().serialNumber();
    return operations.submit(meterId(number), "emu-professional-ii", serial, request, "test", null);
  }

  MeterOperation operation(long id) {
    return list.find(MeterScope.EVERYTHING, id).orElseThrow();
  }

  /** Ends what has expired and takes back what was lost. */
  void sweep() {
    nodes.forEach(node -> node.round().sweep());
  }

  /** One claim of each node, each time another first; sessions go on by themselves. */
  void start() {
    nodes.forEach(node -> node.round().start());
    Collections.rotate(nodes, 1);
  }

  /** The meter's own record, told like {@link #archived(int)}. */
  static List<String> told(List<LoadProfileRow> truth) {
    return truth.stream()
        .map(
            row ->
                row.generation()
                    + "/"
                    + row.index()
                    + " "
                    + row.periodEnd()
                    + " "
                    + row.status()
                    + " "
                    + row.values().toString().replace('[', '{').replace(']', '}').replace(" ", ""))
        .toList();
  }

  List<String> truth(int number) {
    return told(meter(number).truth());
  }

  @Override
  public void close() {
    nodes.forEach(ReadingNode::stop);
    simulator.close();
    nothingOfOthers();
    for (int network : networks) {
      database.update("update meter set network_id = 1 where network_id = ?", network);
      database.update("delete from network where id = ?", network);
    }
  }
}
