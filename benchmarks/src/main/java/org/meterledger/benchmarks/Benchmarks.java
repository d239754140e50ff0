package org.meterledger.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The command line: which benchmark, with which options. */
public final class Benchmarks {

  /** Kept, for the log manager would forget its level. */
  private static final Logger ROOT = Logger.getLogger("");

  private static final List<Benchmark> ALL =
      List.of(
          new ArchiveBenchmark(),
          new BytesBenchmark(),
          new ReadingBenchmark(),
          new ByReadingBenchmark(),
          new SeriesBenchmark(),
          new CompletenessBenchmark(),
          new ClaimBenchmark(),
          new GroupsBenchmark(),
          new AccessBenchmark(),
          new GatewayFleetBenchmark(),
          new GatewayFirstReadBenchmark(),
          new Dmed4RegistersBenchmark(),
          new ExportBenchmark(),
          new OcmfBenchmark());

  private Benchmarks() {}

  public static void main(String[] arguments) throws Exception {
    ROOT.setLevel(Level.WARNING);
    var report = new Report(System.out);
    var chosen =
        ALL.stream()
            .filter(b -> arguments.length > 0 && b.name().equals(arguments[0]))
            .findFirst()
            .orElse(null);
    if (chosen == null) {
      usage(report);
      return;
    }
    try {
      run(chosen, report, Arrays.copyOfRange(arguments, 1, arguments.length));
    } catch (IllegalArgumentException e) {
      report.say("%s", e.getMessage());
      System.exit(2);
    }
    System.exit(0); // clients and simulators leave threads behind
  }

  static void run(Benchmark benchmark, Report report, String... arguments) throws Exception {
    var options = Options.parse(benchmark.options(), arguments);
    report.say("Benchmark %s: %s", benchmark.name(), benchmark.purpose());
    report.say("Machine: %s", Machine.describe());
    report.say("Options: %s", options);
    benchmark.run(options, report);
  }

  private static void usage(Report report) {
    for (var benchmark : ALL) {
      report.say("%n%s: %s", benchmark.name(), benchmark.purpose());
      for (var option : benchmark.options()) {
        report.say("  %-16s %-12s %s", option.name(), option.otherwise(), option.meaning());
      }
    }
  }
}
