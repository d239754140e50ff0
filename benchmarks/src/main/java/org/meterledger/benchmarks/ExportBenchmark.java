package org.meterledger.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.server.Database;

/** A meter's load profile as CSV over HTTP, against COPY of the same rows out of the database. */
final class ExportBenchmark implements Benchmark {

  private static final int CHANNELS = 20;
  private static final int SMALLER = 10;
  private static final double AIM = 0.5;
  private static final double MEBIBYTE = 1 << 20;

  /** The rows of a size share a month; how far they are apart changes nothing here. */
  private static final Duration FULL_MONTH = Duration.ofDays(28);

  @Override
  public String name() {
    return "export";
  }

  @Override
  public String purpose() {
    return "rows/s of a load profile as CSV from a running server, against COPY TO STDOUT as CSV";
  }

  @Override
  public List<Options.Option> options() {
    return List.of(
        new Options.Option("--url", "http://localhost:8080", "of the server"),
        new Options.Option("--jdbc-url", "", "of its database, where a meter is added and removed"),
        new Options.Option("--jdbc-user", "postgres", "there"),
        new Options.Option("--jdbc-password", "postgres", "there"),
        new Options.Option("--server-pid", "", "to look at its heap; not looked at without"),
        new Options.Option("--rows", "500000", "of one meter; a tenth is the smaller size"),
        new Options.Option("--rounds", "3", "of each; the median counts"));
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    int many = options.number("--rows");
    int few = Math.max(1, many / SMALLER);
    try (var pool =
        new ConnectionPool(
            options.required("--jdbc-url"),
            options.text("--jdbc-user"),
            options.text("--jdbc-password"))) {
      var database = new Database(pool);
      report.say("Database: %s", BenchmarkDatabase.describe(database));
      try (var meter = new ExportedMeter(database, options.text("--url"), CHANNELS)) {
        meter.fill(many, FULL_MONTH);
        for (String values : List.of("reading", "difference")) {
          meter.exportSeconds(few, values); // warms up
          var smaller = times(meter, few, values, options.number("--rounds"));
          var larger = times(meter, many, values, options.number("--rounds"));
          tell(report, values, smaller, larger);
        }
        heap(options.text("--server-pid"), meter, many, report);
      }
    }
  }

  private record Times(int rows, double export, double copy) {}

  private static Times times(ExportedMeter meter, int rows, String values, int rounds)
      throws Exception {
    var exports = new ArrayList<Double>();
    var copies = new ArrayList<Double>();
    for (int i = 0; i < rounds; i++) {
      copies.add(meter.copySeconds(rows));
      exports.add(meter.exportSeconds(rows, values));
    }
    return new Times(rows, Measure.median(exports), Measure.median(copies));
  }

  private static void tell(Report report, String values, Times smaller, Times larger) {
    report.figure(
        new Report.Figure(
            "export." + values,
            larger.rows() / larger.export(),
            "rows/s",
            larger.copy() / larger.export(),
            Measure.exponent(smaller.rows(), smaller.export(), larger.rows(), larger.export())),
        "CSV of %d rows of %d channels (values=%s): %.0f rows/s, %.2f of COPY with %.0f rows/s"
            + " (aim %.1f); of %d rows %.2f",
        larger.rows(),
        CHANNELS,
        values,
        larger.rows() / larger.export(),
        larger.copy() / larger.export(),
        larger.rows() / larger.copy(),
        AIM,
        smaller.rows(),
        smaller.copy() / smaller.export());
  }

  private static void heap(String pid, ExportedMeter meter, int rows, Report report)
      throws Exception {
    if (pid.isEmpty()) {
      return;
    }
    try (var heap = new ServerHeap(pid)) {
      long before = heap.live();
      var during = new long[1];
      meter.export(rows, "reading", () -> during[0] = heap.live());
      long after = heap.live();
      report.figure(
          new Report.Figure(
              "export.heap", during[0] / MEBIBYTE, "MiB", during[0] / (double) before),
          "Live heap of the server: %.1f MiB before, %.1f in the middle of %d rows, %.1f after",
          before / MEBIBYTE,
          during[0] / MEBIBYTE,
          rows,
          after / MEBIBYTE);
    }
  }
}
