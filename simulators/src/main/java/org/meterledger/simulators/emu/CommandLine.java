package org.meterledger.simulators.emu;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The simulator as a program. */
final class CommandLine {
  private static final String USAGE =
      """
      EmuSimulator [--meters 20] [--port 18080] [--days 90] [--latency-ms 0] [--seed 1]
                   [--eventful] [--truth]
        --meters      how many meters, on consecutive ports of 127.0.0.1
        --port        port of the first meter, 0 for free ports
        --days        days of history
        --latency-ms  delay of every answer in ms
        --seed        decides all readings
        --eventful    power failures and clock corrections happen now and then
        --truth       prints what the meters have recorded as CSV instead of starting them
      """;

  private int meters = 20;
  private int port = 18080;
  private int days = 90;
  private long latencyMillis;
  private long seed = 1;
  private boolean eventful;
  private boolean truth;

  private CommandLine(String[] arguments) {
    for (int place = 0; place < arguments.length; place++) {
      switch (arguments[place]) {
        case "--meters" -> meters = (int) number(arguments, ++place, 1, 10_000);
        case "--port" -> port = (int) number(arguments, ++place, 0, 65_535);
        case "--days" -> days = (int) number(arguments, ++place, 0, 3_660);
        case "--latency-ms" -> latencyMillis = number(arguments, ++place, 0, 600_000);
        case "--seed" -> seed = number(arguments, ++place, 0, Integer.MAX_VALUE);
        case "--eventful" -> eventful = true;
        case "--truth" -> truth = true;
        default -> throw new IllegalArgumentException("Unknown option " + arguments[place]);
      }
    }
  }

  static void run(String[] arguments) throws IOException {
    CommandLine line;
    try {
      line = new CommandLine(arguments);
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.err.print(USAGE);
      System.exit(2);
      return;
    }
    InstantSource clock = InstantSource.system();
    List<EmuMeter> fleet =
        EmuFleet.of(line.meters, line.days, line.seed, line.eventful, clock.instant()).stream()
            .map(settings -> new EmuMeter(settings, clock))
            .toList();
    fleet.forEach(meter -> meter.setLatency(Duration.ofMillis(line.latencyMillis)));
    if (line.truth) {
      print(fleet);
    } else {
      serve(fleet, line.port);
    }
  }

  private static void print(List<EmuMeter> fleet) throws IOException {
    StringBuilder out = new StringBuilder();
    for (EmuMeter meter : fleet) {
      meter.writeTruthCsv(out);
      System.out.print(out);
      out.setLength(0);
    }
    System.out.flush();
  }

  private static void serve(List<EmuMeter> fleet, int port) {
    EmuSimulator simulator;
    try {
      simulator = EmuSimulator.startMeters(fleet, port);
    } catch (java.io.UncheckedIOException refused) {
      System.err.println(refused.getMessage());
      System.exit(1);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
    for (int number = 0; number < simulator.size(); number++) {
      EmuMeter.Settings settings = simulator.meter(number).settings();
      System.out.println(
          simulator.uri(number) + " serial " + settings.serialNumber() + " " + settings.shape());
    }
  }

  private static long number(String[] arguments, int place, long least, long most) {
    String option = arguments[place - 1];
    String value = place < arguments.length ? arguments[place] : "";
    if (!value.matches("[0-9]{1,10}")) {
      throw new IllegalArgumentException(option + " wants a number");
    }
    long number = Long.parseLong(value);
    if (number < least || number > most) {
      throw new IllegalArgumentException(
          option + " goes from " + least + " to " + most + ": " + number);
    }
    return number;
  }
}
