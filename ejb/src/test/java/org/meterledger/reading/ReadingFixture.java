package org.meterledger.reading;

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
import org.meterledger.driver.emu.EmuDriver;
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
import org.meterledger.simulators.emu.EmuMeter;
import org.meterledger.simulators.emu.EmuSimulator;
import org.meterledger.simulators.emu.LoadProfileRow;
import org.meterledger.simulators.emu.SettableClock;

/** The whole way from simulated meters on the wire to a real database, by a clock that is set. */
final class ReadingFixture implements AutoCloseable {

  private static final Node NODE = new Node("test");
  private static final int SESSIONS = 16;
  private static final int PATIENCE_SECONDS = 120;

  final SettableClock clock;
  final Database database = TestDatabase.database();
  final OperationKinds kinds;
  final Operations operations;
  final OperationList list;
  final EmuSimulator simulator;
  private final List<Integer> meterIds = new ArrayList<>();
  private final ArchiveWriter writer;
  private final ExecutorService executor = Executors.newFixedThreadPool(SESSIONS);
  private final ReadingRound round;

  ReadingFixture(Instant now, List<EmuMeter.Settings> meters) {
    clock = new SettableClock(now);
    simulator = EmuSimulator.start(meters, 0, clock);
    nothingOfOthers();
    var catalog = new ProfileCatalog(database);
    writer =
        new ArchiveWriter(
            database,
            new Partitions(database, Partitions.Width.MONTH),
            catalog,
            new Notices(database),
            NODE,
            clock);
    writer.start(Executors.defaultThreadFactory());
    var queue = new OperationQueue(database, NODE);
    var models = new MeterModels();
    var drivers = List.<MeterDriver>of(new EmuDriver(clock));
    var known = new ArrayList<OperationKind>();
    kinds = new OperationKinds(known, drivers, models);
    var context =
        new ReadingContext(
            models,
            writer,
            catalog,
            new Cursors(database),
            new Gaps(database),
            new MeterSettings(database),
            queue,
            kinds,
            clock);
    known.addAll(
        List.of(
            new Identify(),
            new ReadClock(context),
            new ReadRegisters(context),
            new ReadLoadProfile(context),
            new ReadLogbook(context)));
    operations = new Operations(database, kinds, clock);
    list = new OperationList(database);
    round =
        new ReadingRound(
            new DueMeters(database, queue, NODE),
            context,
            drivers,
            new MeterSecrets((String) null),
            SESSIONS,
            executor);
    for (int i = 0; i < meters.size(); i++) {
      meterIds.add(register(meters.get(i).serialNumber(), simulator.port(i)));
    }
  }

  private int register(String serialNumber, int port) {
    int id = TestDatabase.meter(serialNumber, "http://127.0.0.1:" + port);
    database.update("insert into meter_group_member (group_id, meter_id) values (1, ?)", id);
    new ReadingTasks(database, clock).followMeter(id);
    return id;
  }

  /** Other tests leave their own behind; what is due or leased here is of these meters only. */
  private void nothingOfOthers() {
    database.update("delete from reading_task");
    database.update("delete from operation");
    database.update("update meter_contact set leased_by = null");
  }

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
    return list.find(id).orElseThrow();
  }

  /** Ends what has expired and takes back what was lost. */
  void sweep() {
    round.sweep();
  }

  /** One claim; sessions go on by themselves. */
  void start() {
    round.start();
  }

  /** What the archive holds of a meter's load profile, in the order of recording. */
  List<String> archived(int number) {
    return database.query(
        """
        select e.sequence >> 40 as epoch, e.sequence & ((1::bigint << 40) - 1) as index,
               e.period_end, e.status >> 8 & 255 as status, e.values::text as values
          from load_profile_entry e join load_profile p on p.id = e.profile_id
         where p.meter_id = ? and p.obis = '1-0:99.1.0*255' order by e.sequence, e.occurrence""",
        row ->
            row.getInt("epoch")
                + "/"
                + row.getLong("index")
                + " "
                + Database.instant(row, "period_end")
                + " "
                + row.getInt("status")
                + " "
                + row.getString("values"),
        meterId(number));
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

  /** Results and faults of the attempts at the load profile, oldest first. */
  List<String> attempts(int number) {
    return database.query(
        """
        select result, fault from reading_attempt
         where meter_id = ? and kind = 'LOAD_PROFILE' order by started_at""",
        row ->
            row.getString("fault") == null
                ? row.getString("result")
                : row.getString("result") + " " + row.getString("fault"),
        meterId(number));
  }

  List<Integer> findings(int number) {
    return database.query(
        """
        select code from logbook_entry
         where meter_id = ? and logbook = '0-0:99.98.128*255' order by noted_at, sequence""",
        row -> row.getInt(1),
        meterId(number));
  }

  @Override
  public void close() {
    round.stop();
    executor.shutdownNow();
    writer.stop();
    simulator.close();
    nothingOfOthers();
  }
}
