package org.meterledger.simulators.emu;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.meterledger.simulators.Options;

/** The simulator as a program. */
final class CommandLine {
  private static final String USAGE =
      """
      EmuSimulator [--meters 20] [--port 18080] [--days 90] [--latency-ms 0] [--seed 1]
                   [--fresh] [--truth]
        --meters      how many meters, on consecutive ports of 127.0.0.1
        --port        port of the first meter, 0 for free ports
        --days        days of history
        --latency-ms  delay of every answer in ms
        --seed        decides all readings
        --fresh       new meters whose index begins with the history, and to which nothing
                      happens; otherwise a restart goes on with the same history
        --truth       prints what the meters have recorded as CSV instead of starting them
      """;

  private int meters = 20;
  private int port = 18080;
  private int days = 90;
  private long latencyMillis;
  private long seed = 1;
  private boolean fresh;
  private boolean truth;

  private CommandLine(String[] arguments) {
    for (int place = 0; place < arguments.length; place++) {
      switch (arguments[place]) {
        case "--meters" -> meters = (int) Options.number(arguments, ++place, 1, 10_000);
        case "--port" -> port = (int) Options.number(arguments, ++place, 0, 65_535);
        case "--days" -> days = (int) Options.number(arguments, ++place, 0, 3_660);
        case "--latency-ms" -> latencyMillis = Options.number(arguments, ++place, 0, 600_000);
        case "--seed" -> seed = Options.number(arguments, ++place, 0, Integer.MAX_VALUE);
        case "--fresh" -> fresh = true;
        case "--truth" -> truth = true;
        default -> throw new IllegalArgumentException("Unknown option " + arguments[place]);
      }
    }
  }

  /**
   * Runs the program.
   *
   * @return the exit status; after 0 without {@code --truth} the meters go on
   */
  static int run(String[] arguments, PrintStream out, PrintStream err) throws IOException {
    CommandLine line;
    try {
      line = new CommandLine(arguments);
    } catch (IllegalArgumentException wrong) {
      err.println(wrong.getMessage());
      err.print(USAGE);
      return 2;
    }
    InstantSource clock = InstantSource.system();
    List<EmuMeter.Settings> settings =
        line.fresh
            ? EmuFleet.fresh(line.meters, line.days, line.seed, clock.instant())
            : EmuFleet.demonstration(line.meters, line.days, line.seed, clock.instant());
    List<EmuMeter> fleet = settings.stream().map(each -> new EmuMeter(each, clock)).toList();
    fleet.forEach(meter -> meter.setLatency(Duration.ofMillis(line.latencyMillis)));
    if (!line.truth) {
      return serve(fleet, line.port, out, err);
    }
    for (EmuMeter meter : fleet) {
      meter.writeTruthCsv(out);
    }
    out.flush();
    return 0;
  }

  private static int serve(List<EmuMeter> fleet, int port, PrintStream out, PrintStream err) {
    EmuSimulator simulator;
    try {
      simulator = EmuSimulator.startMeters(fleet, port);
    } catch (UncheckedIOException refused) {
      err.println(refused.getMessage());
      return 1;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
    for (int number = 0; number < simulator.size(); number++) {
      EmuMeter.Settings settings = simulator.meter(number).settings();
      out.println(
          simulator.uri(number) + " serial " + settings.serialNumber() + " " + settings.shape());
    }
    return 0;
  }
}
