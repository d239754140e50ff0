package org.meterledger.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.meterledger.archive.LoadProfiles;
import org.meterledger.archive.ProfileCatalog;
import org.meterledger.archive.RowsQuery;
import org.meterledger.archive.Values;
import org.meterledger.metering.Interval;

/** One month of one meter, thinned for a chart, out of a small and out of a large archive. */
final class SeriesBenchmark implements Benchmark {

  private static final int CHANNELS = 20;
  private static final int FEW_METERS = 1;
  private static final int PERIODS = 31 * 96;
  private static final int POINTS = 1_000;
  private static final int WARM_UP = 20;
  private static final double P95 = 0.95;
  private static final double MILLIS = 1e3;
  private static final Duration QUARTER = Duration.ofMinutes(15);

  @Override
  public String name() {
    return "series";
  }

  @Override
  public String purpose() {
    return "p95 of one meter's month of 15-minute values, in a large archive against a small one";
  }

  @Override
  public List<Options.Option> options() {
    return List.of(
        new Options.Option("--meters", "1680", "with a month each; 1680 are 10^8 values"),
        new Options.Option("--queries", "200", "each of a meter by chance"));
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    int count = options.number("--meters");
    int queries = options.number("--queries");
    try (var database = BenchmarkDatabase.start(report);
        var archive = new RunningArchive(database.database(), 1)) {
      var few = fill(database, archive, "few", FEW_METERS);
      double small = p95(database, few, queries);
      var many = fill(database, archive, "many", count);
      double large = p95(database, many, queries);
      report.figure(
          new Report.Figure(
              "series.month",
              large * MILLIS,
              "ms",
              large / small,
              Measure.exponent(FEW_METERS, small, count + FEW_METERS, large)),
          "A month of a meter, 2 channels, p95: %.1f ms among %d values (aim 50),"
              + " %.1f ms among %d: %.2f times (aim 2)",
          large * MILLIS,
          values(count + FEW_METERS),
          small * MILLIS,
          values(FEW_METERS),
          large / small);
    }
  }

  private static long values(int meters) {
    return (long) meters * PERIODS * CHANNELS;
  }

  private static List<ProfileCatalog.Profile> fill(
      BenchmarkDatabase database, RunningArchive archive, String name, int count) throws Exception {
    var meters = ArchivedMeters.register(database.database(), name, count, CHANNELS);
    var first = meters.profiles().get(0);
    var row = meters.row(first, ArchivedMeters.MONTH, 0);
    archive.store(
        List.of(new Sessions.MeterRow(first, row)),
        Sessions.MeterRow::withCursor); // makes the partition to be filled
    meters.fill(ArchivedMeters.MONTH, QUARTER, 1, PERIODS);
    database.database().update("vacuum (analyze) load_profile_entry");
    database.checkpoint();
    return meters.profiles();
  }

  private static double p95(
      BenchmarkDatabase database, List<ProfileCatalog.Profile> profiles, int queries)
      throws Exception {
    var loadProfiles =
        new LoadProfiles(database.database(), new ProfileCatalog(database.database()));
    var month = new Interval(ArchivedMeters.MONTH, ArchivedMeters.MONTH.plus(Duration.ofDays(31)));
    var random = new Random(1);
    var seconds = new ArrayList<Double>();
    for (int i = 0; i < WARM_UP + queries; i++) {
      var profile = profiles.get(random.nextInt(profiles.size()));
      var query = new RowsQuery(profile, profile.channels().subList(0, 2), month, Values.POWER);
      double taken =
          Measure.seconds(() -> check(loadProfiles.series(query, POINTS).points().size()));
      if (i >= WARM_UP) {
        seconds.add(taken);
      }
    }
    return Measure.quantile(seconds, P95);
  }

  private static void check(int points) {
    if (points < POINTS / 2) {
      throw new IllegalStateException("Only " + points + " points");
    }
  }
}
