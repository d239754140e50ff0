package org.meterledger.benchmarks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.archive.Completeness;
import org.meterledger.archive.CompletenessCount;
import org.meterledger.archive.Partitions;
import org.meterledger.server.Database;

/** Thirty days of a large group and of a small one, and counting what comes in. */
final class CompletenessBenchmark implements Benchmark {

  private static final LocalDate FIRST = LocalDate.ofInstant(ArchivedMeters.MONTH, ZoneOffset.UTC);
  private static final int DAYS = 30;
  private static final LocalDate LAST = FIRST.plusDays(DAYS - 1L);
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final int PERIODS = 96;

  /** From the first period of the month by UTC to the local midnight of the meters. */
  private static final int UP_TO_MIDNIGHT = 92;

  private static final int WARM_UP = 20;
  private static final double P95 = 0.95;
  private static final double MILLIS = 1e3;

  private static final String FILL_DAYS =
      """
      insert into completeness_day (day, profile_id, expected, stored)
      select ?::date + n, id, 96, 96 - (id + n) %% 3
        from load_profile, generate_series(0, %d) as n where id between ? and ?"""
          .formatted(DAYS - 1);

  @Override
  public String name() {
    return "completeness";
  }

  @Override
  public String purpose() {
    return "p95 of 30 days of a large group against a small one; meters counted per second";
  }

  @Override
  public List<Options.Option> options() {
    return List.of(
        new Options.Option("--meters", "100000", "of the large group"),
        new Options.Option("--few", "10000", "of the small group"),
        new Options.Option("--queries", "500", "of each group"),
        new Options.Option(
            "--archived", "20000", "meters with a day of rows, one more each comes"));
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    int few = options.number("--few");
    int many = options.number("--meters");
    int queries = options.number("--queries");
    try (var started = BenchmarkDatabase.start(report)) {
      var database = started.database();
      int small = group(report, database, "few", few);
      int large = group(report, database, "many", many);
      started.checkpoint();
      var smallSeconds = new ArrayList<Double>();
      var largeSeconds = new ArrayList<Double>();
      for (int i = 0; i < WARM_UP + queries; i++) { // in turns, for the machine has its moods
        double ofFew = query(database, small, few);
        double ofMany = query(database, large, many);
        if (i >= WARM_UP) {
          smallSeconds.add(ofFew);
          largeSeconds.add(ofMany);
        }
      }
      double smallP95 = Measure.quantile(smallSeconds, P95);
      double largeP95 = Measure.quantile(largeSeconds, P95);
      report.figure(
          new Report.Figure(
              "completeness.group",
              largeP95 * MILLIS,
              "ms",
              largeP95 / smallP95,
              Measure.exponent(few, smallP95, many, largeP95)),
          "30 days of a group, p95: %.2f ms with %d meters (aim 100), %.2f ms with %d: %.2f times",
          largeP95 * MILLIS,
          many,
          smallP95 * MILLIS,
          few,
          largeP95 / smallP95);
      count(report, started, options.number("--archived"));
    }
  }

  /** A group whose members have their days already. */
  private static int group(Report report, Database database, String name, int meters)
      throws Exception {
    var lot = ArchivedMeters.register(database, name, meters, 1);
    var profiles = lot.profiles();
    all(job(database, ArchivedMeters.MONTH)); // makes the partition
    database.update(FILL_DAYS, FIRST, profiles.get(0).id(), profiles.get(profiles.size() - 1).id());
    int group =
        database
            .first(
                """
                with g as (
                  insert into meter_group (name, version, created_at) values (?, 0, ?) returning id)
                select id from g""",
                row -> row.getInt(1),
                name,
                ArchivedMeters.MONTH)
            .orElseThrow();
    database.update(
        """
        insert into meter_group_member (group_id, meter_id, serial_number)
        select ?, m.id, m.serial_number from load_profile l join meter m on m.id = l.meter_id
         where l.id between ? and ?""",
        group,
        profiles.get(0).id(),
        profiles.get(profiles.size() - 1).id());
    database.update("vacuum (analyze) completeness_day, meter_group_member");
    double seconds = Measure.seconds(() -> all(job(database, ArchivedMeters.MONTH)));
    report.figure(
        new Report.Figure("completeness.members." + name, meters / seconds, "meters/s"),
        "%d meters with 30 days each taken into a group: %.1f s",
        meters,
        seconds);
    return group;
  }

  private static double query(Database database, int group, int meters) throws Exception {
    var completeness = new Completeness(database, Clock.systemUTC());
    return Measure.seconds(() -> check(completeness.days(group, FIRST, LAST), meters));
  }

  private static void check(List<Completeness.Day> days, long meters) {
    if (days.stream().mapToLong(Completeness.Day::expected).sum() != meters * PERIODS * DAYS) {
      throw new IllegalStateException("Not all meters are counted: " + days);
    }
  }

  /** Each meter has the rows of nearly a day; one more of each comes through the archive. */
  private static void count(Report report, BenchmarkDatabase started, int meters) throws Exception {
    var database = started.database();
    var lot = ArchivedMeters.register(database, "archived", meters, 1);
    var first = lot.profiles().get(0);
    database.update(
        """
        insert into load_profile_period (profile_id, since, capture_period)
        select id, first_at, capture_period from load_profile where id >= ?""",
        first.id());
    try (var archive = new RunningArchive(database, 2)) {
      archive.store(
          List.of(new Sessions.MeterRow(first, lot.row(first, ArchivedMeters.MONTH, 0))),
          Sessions.MeterRow::withCursor); // makes the partition to be filled
      lot.fill(ArchivedMeters.MONTH, QUARTER, 1, UP_TO_MIDNIGHT);
      database.update("vacuum (analyze) load_profile_entry");
      var end = ArchivedMeters.MONTH.plus(QUARTER.multipliedBy(UP_TO_MIDNIGHT));
      var job = job(database, end);
      all(job); // looks once a day for days on which nothing came
      archive.store(
          lot.profiles().stream()
              .map(each -> new Sessions.MeterRow(each, lot.row(each, end, UP_TO_MIDNIGHT)))
              .toList(),
          Sessions.MeterRow::withCursor);
      database.update("vacuum (analyze) load_profile_change, load_profile_period");
      started.checkpoint();
      double seconds = Measure.seconds(() -> all(job));
      report.figure(
          new Report.Figure("completeness.count", meters / seconds, "meters/s"),
          "%d meters, a new row each among a day of rows, counted in %.1f s",
          meters,
          seconds);
      var counted =
          database
              .first(
                  """
                  select count(*), sum(stored) from completeness_day where profile_id >= ?""",
                  row -> row.getLong(1) + " days with " + row.getLong(2) + " rows",
                  first.id())
              .orElseThrow();
      report.say("Counted: %s", counted);
    }
  }

  private static CompletenessCount job(Database database, Instant now) {
    return new CompletenessCount(
        database,
        new Partitions(database, Partitions.Width.MONTH),
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private static void all(CompletenessCount job) {
    boolean more = true;
    while (more) {
      more = job.tick();
    }
  }
}
