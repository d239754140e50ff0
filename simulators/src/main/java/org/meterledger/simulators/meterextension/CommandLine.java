package org.meterledger.simulators.meterextension;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The simulator as a program. */
final class CommandLine {
  private static final String USAGE =
      """
      MeterExtensionSimulator [--boxes 10] [--port 18300] [--latency-ms 0] [--seed 1] [--truth]
        --boxes       how many boxes, on consecutive ports of 127.0.0.1
        --port        port of the first box, 0 for free ports
        --latency-ms  delay of every answer in ms
        --seed        decides all readings
        --truth       prints what the boxes would tell now as CSV instead of starting them
      """;

  private int boxes = 10;
  private int port = 18300;
  private long latencyMillis;
  private long seed = 1;
  private boolean truth;

  private CommandLine(String[] arguments) {
    for (int place = 0; place < arguments.length; place++) {
      switch (arguments[place]) {
        case "--boxes" -> boxes = (int) number(arguments, ++place, 1, 10_000);
        case "--port" -> port = (int) number(arguments, ++place, 0, 65_535);
        case "--latency-ms" -> latencyMillis = number(arguments, ++place, 0, 600_000);
        case "--seed" -> seed = number(arguments, ++place, 0, Integer.MAX_VALUE);
        case "--truth" -> truth = true;
        default -> throw new IllegalArgumentException("Unknown option " + arguments[place]);
      }
    }
  }

  /**
   * Runs the program.
   *
   * @return the exit status; after 0 without {@code --truth} the boxes go on
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
    List<MeterExtension> fleet =
        MeterExtensionFleet.demonstration(line.boxes, line.seed).stream()
            .map(each -> new MeterExtension(each, clock))
            .toList();
    if (line.truth) {
      tell(fleet, out);
      return 0;
    }
    fleet.forEach(box -> box.setLatency(Duration.ofMillis(line.latencyMillis)));
    return serve(fleet, line.port, out, err);
  }

  private static void tell(List<MeterExtension> fleet, PrintStream out) {
    out.println("mac,meterid,obis,value,unit,at");
    for (MeterExtension box : fleet) {
      for (var each : box.truth()) {
        out.println(
            String.join(
                ",",
                box.settings().mac(),
                each.meterId(),
                each.obis(),
                each.value().toPlainString(),
                Integer.toString(each.unit()),
                each.at().toString()));
      }
    }
  }

  private static int serve(List<MeterExtension> fleet, int port, PrintStream out, PrintStream err) {
    MeterExtensionSimulator simulator;
    try {
      simulator = MeterExtensionSimulator.startBoxes(fleet, port);
    } catch (UncheckedIOException refused) {
      err.println(refused.getMessage());
      return 1;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
    for (int number = 0; number < simulator.size(); number++) {
      for (var meter : simulator.box(number).settings().meters()) {
        out.println(simulator.uri(number) + " meter " + meter.meterId() + " " + meter.region());
      }
    }
    return 0;
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
