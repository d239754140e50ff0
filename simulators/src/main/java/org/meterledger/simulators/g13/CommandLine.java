package org.meterledger.simulators.g13;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.meterledger.simulators.Options;

/** The simulator as a program. */
final class CommandLine {
  private static final String USAGE =
      """
      G13Simulator [--gateways 1] [--meters 12] [--port 18443] [--days 90] [--latency-ms 0]
                   [--seed 1] [--fresh] [--old-tls] [--truth]
        --gateways    how many gateways, on consecutive ports of 127.0.0.1
        --meters      meters on each
        --port        port of the first gateway, 0 for free ports
        --days        days of history of fresh meters
        --latency-ms  delay of every answer in ms
        --seed        decides all readings
        --fresh       new meters to which nothing happens; otherwise a restart goes on with the
                      same history
        --old-tls     TLS 1.0 and 1.1 only
        --truth       prints the load profiles that the meters hold as CSV instead of starting
      """;

  private static final String DISABLED = "jdk.tls.disabledAlgorithms";

  private int gateways = 1;
  private int meters = G13Fleet.METERS;
  private int port = 18_443;
  private int days = 90;
  private long latencyMillis;
  private long seed = 1;
  private boolean fresh;
  private boolean truth;
  private boolean oldTls;

  private CommandLine(String[] arguments) {
    for (int place = 0; place < arguments.length; place++) {
      switch (arguments[place]) {
        case "--gateways" -> gateways = (int) Options.number(arguments, ++place, 1, 10_000);
        case "--meters" -> meters = (int) Options.number(arguments, ++place, 1, 99);
        case "--port" -> port = (int) Options.number(arguments, ++place, 0, 65_535);
        case "--days" -> days = (int) Options.number(arguments, ++place, 0, 3_660);
        case "--latency-ms" -> latencyMillis = Options.number(arguments, ++place, 0, 600_000);
        case "--seed" -> seed = Options.number(arguments, ++place, 0, Integer.MAX_VALUE);
        case "--fresh" -> fresh = true;
        case "--truth" -> truth = true;
        case "--old-tls" -> oldTls = true;
        default -> throw new IllegalArgumentException("Unknown option " + arguments[place]);
      }
    }
  }

  /**
   * Runs the program.
   *
   * @return the exit status; after 0 the gateways go on
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
    if (line.truth) {
      line.fleet().forEach(gateway -> print(gateway, out));
      return 0;
    }
    return line.serve(out, err);
  }

  /** One line for each item: serial, channel, quantity, timestamp, status, value, unit. */
  private static void print(GatewaySettings gateway, PrintStream out) {
    for (MeterSettings settings : gateway.meters()) {
      G13Meter meter = new G13Meter(settings, InstantSource.system());
      int channels = meter.can(Level.Function.LOAD_PROFILES) ? meter.channels.size() : 0;
      for (int channel = 1; channel <= channels; channel++) {
        Quantity quantity = meter.channels.get(channel - 1).quantity();
        for (LoadProfileItem item : meter.loadProfile(channel)) {
          out.println(
              String.join(
                  ",",
                  settings.serial(),
                  Integer.toString(channel),
                  quantity.mappingName(),
                  Json.time(item.timestamp()),
                  Integer.toString(item.status()),
                  item.value().toPlainString(),
                  quantity.unit()));
        }
      }
    }
  }

  private int serve(PrintStream out, PrintStream err) {
    G13Simulator simulator;
    try {
      simulator = G13Simulator.start(fleet(), port);
    } catch (UncheckedIOException refused) {
      err.println(refused.getMessage());
      return 1;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
    for (int number = 0; number < simulator.size(); number++) {
      G13Gateway gateway = simulator.gateway(number);
      gateway.setLatency(Duration.ofMillis(latencyMillis));
      out.println(
          simulator.uri(number)
              + " serial "
              + gateway.settings().serial()
              + " with "
              + gateway.settings().meters().size()
              + " meters");
    }
    return 0;
  }

  private List<GatewaySettings> fleet() {
    List<GatewaySettings> fleet =
        fresh
            ? G13Fleet.fresh(gateways, meters, days, seed, Instant.now())
            : G13Fleet.demonstration(gateways, meters, seed);
    if (!oldTls) {
      return fleet;
    }
    // Read once, when TLS is first used, which it has not been yet.
    Security.setProperty(DISABLED, Security.getProperty(DISABLED).replaceAll("TLSv1(\\.1)?, ", ""));
    return fleet.stream().map(each -> each.speaking("TLSv1", "TLSv1.1")).toList();
  }
}
