package org.meterledger.benchmarks;

import java.util.List;

/** Storing one row of each of many meters, against COPY of such rows into the same table. */
final class ArchiveBenchmark implements Benchmark {

  private static final int SMALLER = 10;
  private static final double AIM = 0.6;

  @Override
  public String name() {
    return "archive";
  }

  @Override
  public String purpose() {
    return "rows/s stored idempotently and durably, one per meter in random order, against raw COPY";
  }

  @Override
  public List<Options.Option> options() {
    return List.of(
        new Options.Option("--meters", "100000", "how many; a tenth of them is the smaller size"),
        new Options.Option("--rows-before", "10000000", "that the partition already holds"),
        new Options.Option("--rounds", "3", "of each; the median counts"),
        new Options.Option("--threads", "8", "that submit, as sessions do"));
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    int many = options.number("--meters");
    int few = Math.max(1, many / SMALLER);
    int rounds = options.number("--rounds");
    try (var database = BenchmarkDatabase.start(report);
        var archive = new RunningArchive(database.database(), options.number("--threads"))) {
      var run = new ArchiveRun(database, archive, many);
      run.fill(options.number("--rows-before"), rounds, report);
      run.times(few, 1); // warms up
      var smaller = run.times(few, rounds);
      var larger = run.times(many, rounds);
      report.figure(
          new Report.Figure("archive.copy", larger.copied(), "rows/s"),
          "Raw COPY: %.0f rows/s at %d meters, %.0f rows/s at %d",
          larger.copied(),
          many,
          smaller.copied(),
          few);
      tell(report, "archive.rows", "row and cursor", smaller, larger, ArchiveRun.Times::stored);
      tell(
          report,
          "archive.sessions",
          "row, cursor, attempt and contact",
          smaller,
          larger,
          ArchiveRun.Times::sessions);
      split(run, many, report);
    }
  }

  private static void tell(
      Report report,
      String name,
      String what,
      ArchiveRun.Times smaller,
      ArchiveRun.Times larger,
      java.util.function.ToDoubleFunction<ArchiveRun.Times> rate) {
    double slow = rate.applyAsDouble(smaller);
    double fast = rate.applyAsDouble(larger);
    double exponent =
        Measure.exponent(
            smaller.rows(), smaller.rows() / slow, larger.rows(), larger.rows() / fast);
    report.figure(
        new Report.Figure(name, fast, "rows/s", fast / larger.copied(), exponent),
        "Archive (%s): %.0f rows/s at %d meters, %.2f of raw COPY (aim %.1f);"
            + " %.0f rows/s at %d, %.2f",
        what,
        fast,
        larger.rows(),
        fast / larger.copied(),
        AIM,
        slow,
        smaller.rows(),
        slow / smaller.copied());
  }

  private static void split(ArchiveRun run, int count, Report report) throws Exception {
    report.say("Where the time of the writer's transactions goes:");
    run.split(count)
        .forEach(
            (statement, share) ->
                report.figure(
                    new Report.Figure(
                        "archive.share." + statement.replaceAll("\\W+", "-"), share, "share"),
                    "  %4.1f %%  %s",
                    100 * share,
                    statement));
  }
}
