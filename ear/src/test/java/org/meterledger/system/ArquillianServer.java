package org.meterledger.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.arquillian.container.spi.ContainerRegistry;
import org.jboss.arquillian.container.spi.event.container.AfterStop;
import org.jboss.arquillian.container.spi.event.container.BeforeSetup;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.meterledger.simulators.emu.EmuSimulator;

/** Gives Arquillian's server a database and ports of its own, and a simulated meter to read. */
public final class ArquillianServer implements LoadableExtension {

  @Override
  public void register(ExtensionBuilder builder) {
    builder.observer(Surroundings.class);
  }

  /** Public, since Arquillian makes it. */
  public static final class Surroundings {

    private static final Path BASE = ServerProcess.ofThisRun("arquillian").toAbsolutePath();

    private Database database;
    private EmuSimulator meters;

    /** The container is set up once, before the first test class that asks for it. */
    public void prepare(@Observes BeforeSetup event, ContainerRegistry containers)
        throws IOException {
      database = Database.temporary();
      meters = SimulatedMeter.start();
      ServerProcess.layOut(BASE);
      int managementPort = Ports.free();
      Map<String, Object> properties =
          Map.of(
              "jboss.server.base.dir",
              BASE,
              "meterledger.database.url",
              database.url(),
              "meterledger.database.user",
              database.user(),
              "meterledger.database.password",
              database.password(),
              "meterledger.http.port",
              Ports.free(),
              "meterledger.https.port",
              Ports.free(),
              "meterledger.management.port",
              managementPort,
              SimulatedMeter.ADDRESS,
              meters.uri(0));
      StringBuilder options = new StringBuilder("-Xmx1g");
      properties.forEach((name, value) -> options.append(" -D" + name + "=" + value));
      containers
          .getContainers()
          .forEach(
              container ->
                  container
                      .getContainerConfiguration()
                      .property("javaVmArguments", options.toString())
                      .property("managementPort", Integer.toString(managementPort)));
    }

    public void cleanUp(@Observes AfterStop event) {
      meters.close();
      database.close();
    }
  }
}
