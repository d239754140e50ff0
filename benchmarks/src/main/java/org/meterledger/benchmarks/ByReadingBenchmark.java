package org.meterledger.benchmarks;

import java.util.List;
import org.meterledger.driver.emu.EmuDriver;

/** How late after a period's end the registers are read of which the portal makes a profile. */
final class ByReadingBenchmark implements Benchmark {

  private static final int SMALLER = 4;
  private static final double MOST = 1.0;
  private static final double HALF = 0.5;
  private static final double MILLIS = 1e3;

  @Override
  public String name() {
    return "by-reading";
  }

  @Override
  public String purpose() {
    return "how long after the end of a quarter of an hour the registers of simulated meters are"
        + " read that are all due at once, against what their latency allows for the last of them";
  }

  @Override
  public List<Options.Option> options() {
    return List.of(
        new Options.Option("--meters", "1000", "how many; a quarter is the smaller size"),
        new Options.Option("--latency-ms", "100", "of each answer"),
        new Options.Option("--sessions", "64", "open at once"));
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    int many = options.number("--meters");
    int sessions = options.number("--sessions");
    double latency = options.number("--latency-ms") / MILLIS;
    try (var database = BenchmarkDatabase.start(report);
        var run =
            new ReadingRun(
                database,
                many,
                sessions,
                options.number("--latency-ms"),
                RegistersOnly.models(),
                clock -> new RegistersOnly(new EmuDriver(clock)),
                RegistersOnly.MODEL)) {
      int few = Math.max(1, many / SMALLER);
      var fewer = run.delays(few, report);
      var all = run.delays(many, report);
      double last = Measure.quantile(all, MOST);
      double bound = many * latency * ReadingRun.ANSWERS_TO_REGISTERS / sessions;
      report.figure(
          new Report.Figure(
              "by-reading.last",
              last,
              "s",
              bound / last,
              Measure.exponent(few, Measure.quantile(fewer, MOST), many, last)),
          "%d meters due at once: half are read within %.2f s of the period's end, the last after"
              + " %.2f s (bound %.2f s); %d meters: %.2f s, %.2f s",
          many,
          Measure.quantile(all, HALF),
          last,
          bound,
          few,
          Measure.quantile(fewer, HALF),
          Measure.quantile(fewer, MOST));
    }
  }
}
