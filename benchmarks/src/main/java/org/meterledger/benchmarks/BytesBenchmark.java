package org.meterledger.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What a value takes on disk, with key, status and index, against a row per value. */
final class BytesBenchmark implements Benchmark {

  private static final int[] CHANNELS = {1, 6, 20};
  private static final int SMALLER = 4;
  private static final Duration QUARTER = Duration.ofMinutes(15);

  /** The key finds a value as the archive's finds a row. */
  private static final String ROW_PER_VALUE =
      """
      create table row_per_value (
        profile_id integer, channel smallint, period_end timestamptz, status smallint,
        value bigint, primary key (profile_id, channel, period_end))""";

  /** In the order in which the rows came. */
  private static final String FILL =
      """
      insert into row_per_value
      select profile_id, v.channel, period_end, status, v.value
        from (select ctid as place, * from %s order by ctid) e,
             unnest(e.values) with ordinality as v (value, channel)""";

  @Override
  public String name() {
    return "bytes";
  }

  @Override
  public String purpose() {
    return "bytes on disk per archived value, all included, against a row per value";
  }

  @Override
  public List<Options.Option> options() {
    return List.of(
        new Options.Option("--meters", "2000", "how many"),
        new Options.Option("--periods", "200", "rows of each; a quarter is the smaller size"),
        new Options.Option("--threads", "8", "that submit, as sessions do"));
  }

  /** Bytes of a table, its indexes and what it keeps out of line. */
  private record Size(int rows, double archived, double perValue) {}

  @Override
  public void run(Options options, Report report) throws Exception {
    var month = YearMonth.of(2025, 1);
    int periods = options.number("--periods");
    try (var database = BenchmarkDatabase.start(report);
        var archive = new RunningArchive(database.database(), options.number("--threads"))) {
      for (int channels : CHANNELS) {
        var meters =
            ArchivedMeters.register(
                database.database(), "bytes-" + channels, options.number("--meters"), channels);
        var smaller = size(database, archive, meters, month, Math.max(1, periods / SMALLER));
        var larger = size(database, archive, meters, month.plusMonths(1), periods);
        month = month.plusMonths(2);
        tell(report, channels, smaller, larger);
      }
    }
  }

  private static Size size(
      BenchmarkDatabase database,
      RunningArchive archive,
      ArchivedMeters meters,
      YearMonth month,
      int periods)
      throws Exception {
    var random = new Random(1);
    var order = new ArrayList<>(meters.profiles());
    Instant begin = month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    for (int n = 1; n <= periods; n++) {
      int number = n;
      var end = begin.plus(QUARTER.multipliedBy(n));
      Collections.shuffle(order, random);
      archive.store(
          order.stream().map(p -> new Sessions.MeterRow(p, meters.row(p, end, number))).toList(),
          Sessions.MeterRow::withCursor);
    }
    String partition =
        "load_profile_entry_%04d_%02d".formatted(month.getYear(), month.getMonthValue());
    database.database().update(ROW_PER_VALUE);
    database.database().update(FILL.formatted(partition));
    var size =
        new Size(
            periods * order.size(), bytes(database, partition), bytes(database, "row_per_value"));
    database.database().update("drop table row_per_value");
    return size;
  }

  private static double bytes(BenchmarkDatabase database, String table) {
    return database
        .database()
        .first("select pg_total_relation_size(?::regclass)", row -> row.getDouble(1), table)
        .orElseThrow();
  }

  private static void tell(Report report, int channels, Size smaller, Size larger) {
    double values = (double) larger.rows() * channels;
    report.figure(
        new Report.Figure(
            "bytes.channels-" + channels,
            larger.archived() / values,
            "bytes/value",
            larger.archived() / larger.perValue(),
            Measure.exponent(smaller.rows(), smaller.archived(), larger.rows(), larger.archived())),
        "%d channels, %d rows: %.1f bytes per value (%.1f at %d rows); a row per value: %.1f",
        channels,
        larger.rows(),
        larger.archived() / values,
        smaller.archived() / smaller.rows() / channels,
        smaller.rows(),
        larger.perValue() / values);
  }
}
