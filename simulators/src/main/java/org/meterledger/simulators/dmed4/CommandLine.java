package org.meterledger.simulators.dmed4;

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
      Dmed4Simulator [--meters 6] [--port 18600] [--latency-ms 0] [--seed 1] [--fresh] [--truth]
        --meters      how many meters, each on five consecutive ports of 127.0.0.1: REST, REST over
                      TLS, Modbus TCP, Modbus RTU over TCP, Modbus ASCII over TCP
        --port        first port of the first meter, 0 for free ports
        --latency-ms  delay of every answer in ms
        --seed        decides keys and charging
        --fresh       new meters at which nobody charges by himself
        --truth       prints the signed records that the meters hold instead of starting them
      """;

  private int meters = Dmed4Fleet.METERS;
  private int port = 18_600;
  private long latencyMillis;
  private long seed = 1;
  private boolean fresh;
  private boolean truth;

  private CommandLine(String[] arguments) {
    for (int place = 0; place < arguments.length; place++) {
      switch (arguments[place]) {
        case "--meters" -> meters = (int) Options.number(arguments, ++place, 1, 10_000);
        case "--port" -> port = (int) Options.number(arguments, ++place, 0, 65_535);
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
  static int run(String[] arguments, PrintStream out, PrintStream err) {
    CommandLine line;
    try {
      line = new CommandLine(arguments);
    } catch (IllegalArgumentException wrong) {
      err.println(wrong.getMessage());
      err.print(USAGE);
      return 2;
    }
    InstantSource clock = InstantSource.system();
    List<Dmed4Meter> fleet =
        (line.fresh
                ? Dmed4Fleet.fresh(line.meters, line.seed, clock.instant())
                : Dmed4Fleet.demonstration(line.meters, line.seed))
            .stream().map(settings -> new Dmed4Meter(settings, clock)).toList();
    fleet.forEach(meter -> meter.setLatency(Duration.ofMillis(line.latencyMillis)));
    if (line.truth) {
      fleet.forEach(meter -> meter.records().forEach(out::println));
      return 0;
    }
    return serve(fleet, line.port, out, err);
  }

  private static int serve(List<Dmed4Meter> fleet, int port, PrintStream out, PrintStream err) {
    Dmed4Simulator simulator;
    try {
      simulator = Dmed4Simulator.startDevices(fleet, port);
    } catch (UncheckedIOException refused) {
      err.println(refused.getMessage());
      return 1;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
    for (int number = 0; number < simulator.size(); number++) {
      Dmed4Settings settings = simulator.meter(number).settings();
      out.println(
          simulator.uri(number)
              + " modbus-tcp "
              + simulator.port(number, Transport.MODBUS_TCP)
              + " rtu "
              + simulator.port(number, Transport.MODBUS_RTU)
              + " ascii "
              + simulator.port(number, Transport.MODBUS_ASCII)
              + " node "
              + settings.node()
              + " serial "
              + settings.serialNumber()
              + " "
              + settings.model());
    }
    return 0;
  }
}
