package org.meterledger.benchmarks;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.meterledger.access.CurrentCaller;
import org.meterledger.access.MeterScope;
import org.meterledger.audit.Audit;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.emu.EmuDriver;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.operation.OperationKinds;
import org.meterledger.operation.OperationList;
import org.meterledger.operation.OperationRequest;
import org.meterledger.operation.Operations;
import org.meterledger.reading.Identify;
import org.meterledger.reading.ReadingTasks;
import org.meterledger.server.Database;

/** What is done to a whole group of meters at once: an operation for each, a plan for all. */
final class GroupsBenchmark implements Benchmark {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @Override
  public String name() {
    return "groups";
  }

  @Override
  public String purpose() {
    return "an operation queued for each meter of a group, and a group added to a reading plan";
  }

  @Override
  public List<Options.Option> options() {
    return List.of(
        new Options.Option("--meters", "100000", "of the large group"),
        new Options.Option("--few", "10000", "of the small group"));
  }

  private record Seconds(double submit, double progress, double plan) {}

  @Override
  public void run(Options options, Report report) throws Exception {
    int many = options.number("--meters");
    int few = options.number("--few");
    try (var started = BenchmarkDatabase.start(report)) {
      var database = started.database();
      measure(database, "warm-up", few);
      var small = measure(database, "few", few);
      started.checkpoint();
      var large = measure(database, "many", many);
      figure(report, "groups.submit", large.submit(), small.submit(), many, few, "queued for");
      figure(
          report, "groups.progress", large.progress(), small.progress(), many, few, "counted of");
      figure(report, "groups.plan", large.plan(), small.plan(), many, few, "planned for");
    }
  }

  private static Seconds measure(Database database, String name, int meters) throws Exception {
    int group = RegisteredMeters.register(database, name, meters, NOW);
    var clock = Clock.fixed(NOW, java.time.ZoneOffset.UTC);
    var kinds =
        new OperationKinds(
            List.of(new Identify()), List.<MeterDriver>of(new EmuDriver(clock)), new MeterModels());
    var operations =
        new Operations(
            database,
            kinds,
            AccessBenchmark.access(database, List.of(AccessBenchmark.ALL_METERS)),
            new Audit(database, new CurrentCaller(), clock),
            clock);
    var request = OperationRequest.of(Identify.NAME, null);
    var id = new long[1];
    double submit =
        Measure.seconds(() -> id[0] = operations.submitToGroup(group, request, "benchmark", null));
    var list = new OperationList(database);
    double progress =
        Measure.seconds(
            () -> check(list.group(MeterScope.EVERYTHING, id[0]).orElseThrow().meters(), meters));
    int plan =
        database
            .first(
                """
                insert into reading_plan (name, kinds, group_id, every_s, time_zone, spread_s,
                                          deadline_s, enabled, version, created_at)
                values (?, '{LOGBOOK}', ?, 3600, 'UTC', 300, 3600, true, 0, ?) returning id""",
                row -> row.getInt(1),
                name,
                group,
                NOW)
            .orElseThrow();
    double planned = Measure.seconds(() -> new ReadingTasks(database, clock).followPlan(plan));
    check(
        database
            .first("select count(*) from reading_task where plan_id = ?", r -> r.getLong(1), plan)
            .orElseThrow(),
        meters);
    return new Seconds(submit, progress, planned);
  }

  private static void check(long found, long meters) {
    if (found != meters) {
      throw new IllegalStateException(found + " instead of " + meters);
    }
  }

  private static void figure(
      Report report, String name, double large, double small, int many, int few, String what) {
    report.figure(
        new Report.Figure(
            name, large, "s", large / small, Measure.exponent(few, small, many, large)),
        "%s %d meters in %.2f s (aim 5), %d in %.2f s",
        what,
        many,
        large,
        few,
        small);
  }
}
