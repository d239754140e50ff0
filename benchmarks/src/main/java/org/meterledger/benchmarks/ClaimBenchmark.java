package org.meterledger.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.meterledger.notice.Notices;
import org.meterledger.operation.OperationQueue;
import org.meterledger.reading.DueMeter;
import org.meterledger.reading.DueMeters;
import org.meterledger.server.Database;
import org.meterledger.server.Node;

/** Claims of due meters out of many tasks and out of few. */
final class ClaimBenchmark implements Benchmark {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final int EVERY_SECONDS = 900;
  private static final int SESSIONS = 64;
  private static final int WARM_UP = 20;
  private static final double MILLIS = 1e3;

  /** So that as many become due as are claimed. */
  private static final IntFunction<Duration> UNTIL_NEXT =
      tasks -> Duration.ofSeconds((long) SESSIONS * EVERY_SECONDS).dividedBy(tasks);

  /** Half of the tasks are due now, the others within the next minutes. */
  private static final String TASKS =
      """
      insert into reading_task (meter_id, plan_id, network_id, due_at, late_at)
      select meter_id, 1, 1, due_at, due_at + interval '1 hour'
        from meter_group_member,
             lateral (select ?::timestamptz + make_interval(secs =>
               (meter_id::bigint * 2654435761 & 4294967295) % ? - ?::int / 2) as due_at) t
       where group_id = ?""";

  @Override
  public String name() {
    return "claims";
  }

  @Override
  public String purpose() {
    return "time of a claim of 64 meters among many tasks, against few";
  }

  @Override
  public List<Options.Option> options() {
    return List.of(
        new Options.Option("--tasks", "1000000", "one each meter"),
        new Options.Option("--few", "10000", "tasks of the smaller size"),
        new Options.Option("--claims", "200", "the median counts"));
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    int many = options.number("--tasks");
    int few = options.number("--few");
    double small = seconds(report, few, options.number("--claims"));
    double large = seconds(report, many, options.number("--claims"));
    report.figure(
        new Report.Figure(
            "claims.tasks",
            SESSIONS / large,
            "meters/s",
            large / small,
            Measure.exponent(few, small, many, large)),
        "%d meters claimed in %.1f ms among %d tasks, %.1f ms among %d: %.2f times (aim 1.5)",
        SESSIONS,
        large * MILLIS,
        many,
        small * MILLIS,
        few,
        large / small);
  }

  private static double seconds(Report report, int tasks, int claims) throws Exception {
    try (var started = BenchmarkDatabase.start(report)) {
      var database = started.database();
      int group = RegisteredMeters.register(database, "claims", tasks, NOW.minusSeconds(1));
      database.update("update network set most_connects = 10000");
      database.update(TASKS, NOW, EVERY_SECONDS, EVERY_SECONDS, group);
      database.update("vacuum (analyze) reading_task");
      started.checkpoint();
      var node = new Node("benchmark");
      var due =
          new DueMeters(database, new OperationQueue(database, node, new Notices(database)), node);
      var taken = new ArrayList<Double>();
      for (int i = 0; i < WARM_UP + claims; i++) {
        var now = NOW.plus(UNTIL_NEXT.apply(tasks).multipliedBy(i));
        var claimed = new ArrayList<DueMeter>();
        double seconds =
            Measure.seconds(
                () -> claimed.addAll(due.claim(now, LEASE, SESSIONS, SESSIONS, Map.of())));
        if (claimed.size() != SESSIONS) {
          throw new IllegalStateException("Only " + claimed.size() + " meters were due");
        }
        end(database, claimed, now);
        if (i >= WARM_UP) {
          taken.add(seconds);
        }
      }
      return Measure.median(taken);
    }
  }

  /** As the end of a session does it. */
  private static void end(Database database, List<DueMeter> meters, Instant now) {
    database.with(
        connection -> {
          var ids =
              connection.createArrayOf("integer", meters.stream().map(DueMeter::id).toArray());
          try (var contacts =
                  Database.prepare(
                      connection,
                      "update meter_contact set leased_by = null, leased_until = ?"
                          + " where meter_id = any (?)",
                      now,
                      ids);
              var tasks =
                  Database.prepare(
                      connection,
                      "update reading_task set due_at = due_at + interval '15 min'"
                          + " where meter_id = any (?)",
                      ids)) {
            contacts.executeUpdate();
            return tasks.executeUpdate();
          }
        });
  }
}
