package org.meterledger.benchmarks;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.meterledger.access.Access;
import org.meterledger.access.AccessLevel;
import org.meterledger.access.CurrentCaller;
import org.meterledger.access.Permission;
import org.meterledger.access.Privileges;
import org.meterledger.archive.LoadProfiles;
import org.meterledger.archive.ProfileCatalog;
import org.meterledger.archive.RowsQuery;
import org.meterledger.archive.Values;
import org.meterledger.meter.MeterFilter;
import org.meterledger.meter.MeterList;
import org.meterledger.meter.MeterOrder;
import org.meterledger.metering.Interval;
import org.meterledger.server.Database;

/** What it costs to see a few of very many meters, against seeing all of them. */
final class AccessBenchmark implements Benchmark {

  private static final int GROUPS = 3;
  private static final int PAGE = 50;
  private static final int WARM_UP = 5;
  private static final int SERIES_METERS = 30;
  private static final int CHANNELS = 20;
  private static final int PERIODS = 31 * 96;
  private static final int POINTS = 1_000;
  static final int ALL_METERS = 1;
  private static final double MILLIS = 1e3;
  private static final Duration QUARTER = Duration.ofMinutes(15);

  @Override
  public String name() {
    return "access";
  }

  @Override
  public String purpose() {
    return "lists and queries of somebody who sees three groups, against an administrator";
  }

  @Override
  public List<Options.Option> options() {
    return List.of(
        new Options.Option("--meters", "1000000", "in all"),
        new Options.Option("--group", "1000", "meters in each of the three groups"),
        new Options.Option("--queries", "50", "the median counts"));
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    int meters = options.number("--meters");
    int size = options.number("--group");
    int queries = options.number("--queries");
    try (var started = BenchmarkDatabase.start(report);
        var archive = new RunningArchive(started.database(), 1)) {
      var database = started.database();
      RegisteredMeters.register(database, "all", meters, ArchivedMeters.MONTH);
      var profiles = fill(started, archive);
      var groups = groups(database, meters, size, profiles);
      started.checkpoint();
      var administrator = access(database, List.of(ALL_METERS));
      var few = access(database, groups);
      var list = new MeterList(database, Clock.systemUTC());
      compare(
          report,
          "list",
          "The first page of the list of meters",
          queries,
          administrator,
          few,
          access -> page(list, access, MeterFilter.ALL, PAGE));
      compare(
          report,
          "search",
          "The first page of a search",
          queries,
          administrator,
          few,
          access -> page(list, access, MeterFilter.of("all-12", null, null), 1));
      compare(
          report,
          "count",
          "The number of meters",
          queries,
          administrator,
          few,
          access -> check(list.count(access.sight(), MeterFilter.ALL), 1));
      var series = new LoadProfiles(database, new ProfileCatalog(database));
      var month =
          new Interval(ArchivedMeters.MONTH, ArchivedMeters.MONTH.plus(Duration.ofDays(31)));
      var random = new Random(1);
      compare(
          report,
          "series",
          "A month of a meter",
          queries,
          administrator,
          few,
          access -> {
            var profile = profiles.get(random.nextInt(profiles.size()));
            if (!access.sees(profile.meterId())) {
              throw new IllegalStateException("A meter of the groups is not seen");
            }
            var query =
                new RowsQuery(profile, profile.channels().subList(0, 2), month, Values.POWER);
            check(series.series(query, POINTS).points().size(), POINTS / 2);
          });
    }
  }

  /** Something that somebody asks. */
  @FunctionalInterface
  private interface Asked {
    void by(Access access) throws Exception;
  }

  private static void compare(
      Report report,
      String name,
      String words,
      int queries,
      Access administrator,
      Access few,
      Asked asked)
      throws Exception {
    // in turns, so that both find the same machine
    var all = new ArrayList<Double>();
    var part = new ArrayList<Double>();
    for (int i = 0; i < WARM_UP + queries; i++) {
      double ofAll = Measure.seconds(() -> asked.by(administrator));
      double ofPart = Measure.seconds(() -> asked.by(few));
      if (i >= WARM_UP) {
        all.add(ofAll);
        part.add(ofPart);
      }
    }
    double one = Measure.median(part);
    double other = Measure.median(all);
    report.figure(
        new Report.Figure("access." + name, one * MILLIS, "ms", one / other),
        "%s: %.2f ms for who sees three groups, %.2f ms for an administrator: %.2f times (aim 1.5)",
        words,
        one * MILLIS,
        other * MILLIS,
        one / other);
  }

  private static List<ProfileCatalog.Profile> fill(
      BenchmarkDatabase database, RunningArchive archive) throws Exception {
    var meters = ArchivedMeters.register(database.database(), "series", SERIES_METERS, CHANNELS);
    var first = meters.profiles().get(0);
    archive.store(
        List.of(new Sessions.MeterRow(first, meters.row(first, ArchivedMeters.MONTH, 0))),
        Sessions.MeterRow::withCursor); // makes the partition to be filled
    meters.fill(ArchivedMeters.MONTH, QUARTER, 1, PERIODS);
    return meters.profiles();
  }

  /** Scattered over all meters, as those of a label are; the archived ones are in the first. */
  private static List<Integer> groups(
      Database database, int meters, int size, List<ProfileCatalog.Profile> profiles) {
    var groups = new ArrayList<Integer>();
    for (int group = 0; group < GROUPS; group++) {
      int id =
          database
              .first(
                  """
                  insert into meter_group (name, version, created_at) values (?, 0, ?)
                  returning id""",
                  row -> row.getInt(1),
                  "Group " + group,
                  ArchivedMeters.MONTH)
              .orElseThrow();
      database.update(
          """
          insert into meter_group_member (group_id, meter_id, serial_number)
            select ?, id, serial_number from meter where id % ? = ? and serial_number like 'all-%'""",
          id, Math.max(GROUPS, meters / size), group);
      groups.add(id);
    }
    RegisteredMeters.join(
        database,
        groups.get(0),
        profiles.stream().map(ProfileCatalog.Profile::meterId).toArray(Integer[]::new));
    database.update("vacuum (analyze) meter_group_member, meter, load_profile_entry");
    return groups;
  }

  static Access access(Database database, List<Integer> groups) {
    var caller = new CurrentCaller();
    caller.is(
        1,
        "benchmark",
        null,
        new Privileges(
            groups.stream()
                .map(
                    group ->
                        new Privileges.Given(
                            EnumSet.allOf(Permission.class), group, AccessLevel.CONFIGURE))
                .toList()));
    return new Access(database, caller);
  }

  private static void page(MeterList list, Access access, MeterFilter filter, int least) {
    check(list.rows(access.sight(), filter, MeterOrder.SERIAL_NUMBER, true, 0, PAGE).size(), least);
  }

  private static void check(long found, long least) {
    if (found < least) {
      throw new IllegalStateException("Only " + found);
    }
  }
}
