package org.meterledger.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.server.Database;
import org.meterledger.simulators.g13.G13Fleet;

/** A fleet of gateways read every quarter of an hour by one node: how much of it that takes. */
final class GatewayFleetBenchmark implements Benchmark {

  private static final Duration PERIOD = Duration.ofMinutes(15);
  private static final double[] BUS_SECONDS = {0.1, 0.25, 0.5, 1, 2};
  private static final double MEDIAN = 0.5;
  private static final double MOST = 0.95;

  @Override
  public String name() {
    return "g13-fleet";
  }

  @Override
  public String purpose() {
    return "simulated G13 gateways with their meters, all due at the same moment each 15 minutes,"
        + " read and archived by one node: the share of the 15 minutes that a round takes";
  }

  @Override
  public List<Options.Option> options() {
    return List.of(
        new Options.Option("--gateways", "100", "how many"),
        new Options.Option("--meters", "12", "behind each"),
        new Options.Option("--latency-ms", "100", "of each answer, as of the bus behind a gateway"),
        new Options.Option("--sessions", "128", "open at once; one for each gateway suffices"),
        new Options.Option("--rounds", "3", "15 minutes of meter time apart"));
  }

  /** What a round was. */
  private record Round(
      double seconds,
      double requests,
      double product,
      double simulator,
      long rows,
      List<Double> lateness) {}

  @Override
  public void run(Options options, Report report) throws Exception {
    int gateways = options.number("--gateways");
    int meters = gateways * options.number("--meters");
    var clock = new ShiftedClock();
    var fleet = G13Fleet.fresh(gateways, options.number("--meters"), 0, 1, clock.instant());
    try (var database = BenchmarkDatabase.start(report);
        var run =
            new GatewayRun(
                database,
                clock,
                fleet,
                options.number("--sessions"),
                options.number("--latency-ms"))) {
      run.register("REGISTERS", "LOAD_PROFILE", "LOGBOOK");
      double first = Measure.seconds(() -> run.awaitArchived(clock.instant()));
      report.say("First reading of %d meters behind %d gateways: %.1f s", meters, gateways, first);
      var rounds = new ArrayList<Round>();
      for (int i = 0; i < options.number("--rounds"); i++) {
        rounds.add(round(run, clock, database.database()));
        tell(report, i + 1, rounds.get(i), meters);
      }
      sum(report, run, rounds, meters, options);
    }
  }

  private static Round round(GatewayRun run, ShiftedClock clock, Database database)
      throws Exception {
    long requests = run.requests();
    double product = GatewayRun.productSeconds();
    double simulator = GatewayRun.simulatorSeconds();
    clock.advance(PERIOD.plusMinutes(1));
    var from = clock.instant();
    double seconds = Measure.seconds(() -> run.awaitArchived(from));
    // by what the attempts tell: a meter is late by when its last values came
    var late =
        database.query(
            """
            select extract(epoch from max(ended_at) - ?::timestamptz)::float8 as late
              from reading_attempt where started_at >= ? group by meter_id""",
            row -> row.getDouble("late"),
            from,
            from);
    // the plain ones of a mixed lot keep no load profile
    var fault =
        database.first(
            """
            select kind || ' ' || detail from reading_attempt
             where started_at >= ? and fault <> 'UNSUPPORTED'""",
            row -> row.getString(1),
            from);
    if (fault.isPresent()) {
      throw new IllegalStateException(fault.get());
    }
    long rows =
        database
            .first(
                "select sum(received) from reading_attempt where started_at >= ?",
                row -> row.getLong(1),
                from)
            .orElse(0L);
    return new Round(
        seconds,
        run.requests() - requests,
        GatewayRun.productSeconds() - product,
        GatewayRun.simulatorSeconds() - simulator,
        rows,
        late);
  }

  private static void tell(Report report, int number, Round round, int meters) {
    report.say(
        "Round %d: %.1f s, %.1f answers a meter; last value after p50 %.1f, p95 %.1f, max %.1f s;"
            + " CPU a meter %.1f ms here, %.1f ms in the simulated gateways; %.0f rows/s",
        number,
        round.seconds(),
        round.requests() / meters,
        Measure.quantile(round.lateness(), MEDIAN),
        Measure.quantile(round.lateness(), MOST),
        Measure.quantile(round.lateness(), 1),
        1e3 * round.product() / meters,
        1e3 * round.simulator() / meters,
        round.rows() / round.seconds());
  }

  private static void sum(
      Report report, GatewayRun run, List<Round> rounds, int meters, Options options) {
    var seconds = Measure.median(rounds.stream().map(Round::seconds).toList());
    var answers = Measure.median(rounds.stream().map(Round::requests).toList()) / meters;
    var product = Measure.median(rounds.stream().map(Round::product).toList()) / meters;
    var simulator = Measure.median(rounds.stream().map(Round::simulator).toList()) / meters;
    var late = rounds.stream().flatMap(round -> round.lateness().stream()).toList();
    double share = seconds / PERIOD.toSeconds();
    report.figure(
        new Report.Figure("g13-fleet.round", seconds, "s", share),
        "%d meters, %s gateways: a round takes %.1f s, %.1f %% of 15 minutes; at most %d meters"
            + " and %d request(s) of one gateway at once",
        meters,
        options.text("--gateways"),
        seconds,
        100 * share,
        run.mostOpen(),
        run.mostConversations());
    report.figure(
        new Report.Figure("g13-fleet.late", Measure.quantile(late, MOST), "s"),
        "Last value of a meter after p50 %.1f s, p95 %.1f s, max %.1f s, where all are due at once",
        Measure.quantile(late, MEDIAN),
        Measure.quantile(late, MOST),
        Measure.quantile(late, 1));
    report.figure(
        new Report.Figure("g13-fleet.cpu", 1e3 * product, "ms/meter"),
        "CPU a meter %.1f ms of the node without its database, %.1f ms more in the simulated"
            + " gateways; %.1f answers a meter",
        1e3 * product,
        1e3 * simulator,
        answers);
    real(report, answers, options.number("--meters"), product * meters);
  }

  /** What the bus allows is a product: the gateways go at the same time, their meters in turn. */
  private static void real(Report report, double answers, int perGateway, double product) {
    report.say("A round with an answer of the bus after ... is bound to take:");
    for (double bus : BUS_SECONDS) {
      double seconds = Math.max(bus * answers * perGateway, product);
      report.say("  %5.2f s %8.1f s %6.1f %%", bus, seconds, 100 * seconds / PERIOD.toSeconds());
    }
    report.say("  %5.2f s is the most that fits", PERIOD.toSeconds() / (answers * perGateway));
  }
}
