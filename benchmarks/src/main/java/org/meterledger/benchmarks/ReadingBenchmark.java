package org.meterledger.benchmarks;

import java.util.List;

/** Meters read and archived per second by one node, against what the meters' latency allows. */
final class ReadingBenchmark implements Benchmark {

  private static final int SMALLER = 4;
  private static final double AIM = 0.8;

  @Override
  public String name() {
    return "reading";
  }

  @Override
  public String purpose() {
    return "simulated EMU meters read and archived per second by one node, against the bound of"
        + " their latency: open sessions / (answers per meter x latency)";
  }

  @Override
  public List<Options.Option> options() {
    return List.of(
        new Options.Option("--meters", "1000", "how many; a quarter is the smaller size"),
        new Options.Option("--latency-ms", "100", "of each answer"),
        new Options.Option("--sessions", "64", "open at once"),
        new Options.Option("--rounds", "3", "15 minutes of meter time apart; the median counts"));
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    int many = options.number("--meters");
    int few = Math.max(1, many / SMALLER);
    try (var database = BenchmarkDatabase.start(report);
        var run =
            new ReadingRun(
                database, many, options.number("--sessions"), options.number("--latency-ms"))) {
      var smaller = run.rates(few, options.number("--rounds"), report);
      var larger = run.rates(many, options.number("--rounds"), report);
      tell(report, few, smaller, many, larger);
    }
  }

  private static void tell(
      Report report, int few, ReadingRun.Rates smaller, int many, ReadingRun.Rates larger) {
    report.figure(
        new Report.Figure(
            "reading.meters",
            larger.rate(),
            "meters/s",
            larger.rate() / larger.bound(),
            Measure.exponent(few, few / smaller.rate(), many, many / larger.rate())),
        "%d meters: %.1f read and archived per second, %.2f of the bound of %.1f (aim %.1f);"
            + " %d meters: %.1f, %.2f",
        many,
        larger.rate(),
        larger.rate() / larger.bound(),
        larger.bound(),
        AIM,
        few,
        smaller.rate(),
        smaller.rate() / smaller.bound());
  }
}
