package org.meterledger.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Registers read per second over Modbus TCP, against what the meters' latency allows. */
final class Dmed4RegistersBenchmark implements Benchmark {

  private static final double AIM = 0.8;
  private static final double MILLIS = 1e3;

  @Override
  public String name() {
    return "dmed4-registers";
  }

  @Override
  public String purpose() {
    return "registers of simulated DMED4 meters read per second over Modbus TCP, all at once and"
        + " one request at a time each, against the bound of their latency: meters x registers /"
        + " (answers per reading x latency)";
  }

  @Override
  public List<Options.Option> options() {
    return List.of(
        new Options.Option("--meters", "200", "how many; as many sessions are open at once"),
        new Options.Option("--latency-ms", "50", "of each answer"),
        new Options.Option("--readings", "20", "of each meter in a round, one after the other"),
        new Options.Option("--rounds", "3", "the median counts"));
  }

  @Override
  public void run(Options options, Report report) throws Exception {
    int meters = options.number("--meters");
    int readings = options.number("--readings");
    int latency = options.number("--latency-ms");
    int rounds = options.number("--rounds");
    try (var run = new Dmed4Run(meters)) {
      var asked = run.asked();
      run.read(1); // warms up both sides
      run.latency(Duration.ofMillis(latency));
      var rates = new ArrayList<Double>();
      var bounds = new ArrayList<Double>();
      long registers = 0;
      for (int i = 0; i < rounds; i++) {
        long before = run.requests();
        var told = new AtomicLong();
        double seconds = Measure.seconds(() -> told.set(run.read(readings)));
        registers = told.get();
        double answers = (double) (run.requests() - before);
        rates.add(registers / seconds);
        bounds.add(registers / (answers / meters * latency / MILLIS));
        report.say(
            "Round %d: %d registers in %.2f s, %.1f answers and %.1f registers each reading",
            i + 1,
            registers,
            seconds,
            answers / meters / readings,
            (double) registers / meters / readings);
      }
      report.say(
          "At most %d request(s) and %d connection(s) of one meter at a time",
          run.mostConversations(), run.mostConnections());
      tell(report, meters, Measure.median(rates), Measure.median(bounds));
      run.latency(Duration.ZERO);
      double drained = Measure.seconds(() -> run.drain(asked, readings));
      tell(report, registers / drained, Measure.median(rates));
    }
  }

  private static void tell(Report report, int meters, double rate, double bound) {
    report.figure(
        new Report.Figure("dmed4-registers.read", rate, "registers/s", rate / bound),
        "%d meters: %.0f registers/s, %.2f of the bound of %.0f (aim %.1f)",
        meters,
        rate,
        rate / bound,
        bound,
        AIM);
  }

  private static void tell(Report report, double own, double rate) {
    report.figure(
        new Report.Figure("dmed4-registers.simulator", own, "registers/s", rate / own),
        "The simulated meters' own rate without latency, the same requests drained: %.0f"
            + " registers/s; read was %.2f of it",
        own,
        rate / own);
  }
}
