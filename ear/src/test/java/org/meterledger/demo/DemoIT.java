package org.meterledger.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.WINDOWS;

import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.io.TempDir;
import org.meterledger.system.Database;
import org.meterledger.system.Ports;

/** The demonstration as {@code mvn -Pdemo verify} runs it, with fewer meters. */
@DisabledOnOs(value = WINDOWS, disabledReason = "nothing there interrupts another process")
class DemoIT {

  private static final int METERS = 3;
  private static final long PATIENCE_SECONDS = 180;

  @TempDir Path directory;

  private final int httpPort = Ports.free();
  private final int databasePort = Ports.free();
  private final Map<String, String> environment = new HashMap<>();
  private Process demo;

  @AfterEach
  void stop() {
    // no effect on what has ended
    demo.destroyForcibly();
  }

  /** The gateway is a device, too; a charger and a box with one meter come along. */
  @Test
  void readsItsMetersEndsAtControlCAndKeepsItsDataForTheNextStart() throws Exception {
    run("first");
    long rows = rows();
    run("second");

    assertThat(texts("select count(*) from meter"))
        .containsExactly(Integer.toString(METERS + DemoGateways.METERS + 3));
    assertThat(rows).isGreaterThanOrEqualTo(METERS * 96L);
    assertThat(rows()).isGreaterThanOrEqualTo(rows);
    assertThat(texts("select 1 from load_profile_superseded")).isEmpty();
    assertThat(texts("select 1 from api_token")).isEmpty();
  }

  /** Starts, waits for the line that invites to look, looks, and interrupts. */
  private void run(String name) throws Exception {
    Path output = directory.resolve(name + ".txt");
    start(output);
    await(output, "Log in as admin");
    assertThat(Files.readString(output)).contains("ready: http://localhost:" + httpPort + "/");
    RestAssured.get("http://localhost:" + httpPort + "/login.xhtml").then().statusCode(200);

    signal(interruptIgnored() ? "TERM" : "INT");
    assertThat(demo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(output)).endsWith("Stopped.\n");
    assertThat(Files.readString(directory.resolve("data/server/log/console.log")))
        .contains("WFLYSRV0050")
        .doesNotContain(" ERROR ");
    assertThat(Ports.inUse(httpPort)).isFalse();
    assertThat(Ports.inUse(databasePort)).isFalse();
  }

  private void start(Path output) throws IOException {
    environment.put("METERLEDGER_DEMO_METERS", Integer.toString(METERS));
    environment.put("METERLEDGER_DEMO_DAYS", "1");
    environment.put("METERLEDGER_DEMO_GATEWAYS", "1");
    environment.put("METERLEDGER_DEMO_CHARGERS", "1");
    environment.put("METERLEDGER_DEMO_BOXES", "1");
    environment.put("METERLEDGER_HTTP_PORT", Integer.toString(httpPort));
    environment.put("METERLEDGER_DEMO_DATABASE_PORT", Integer.toString(databasePort));
    environment.computeIfAbsent("METERLEDGER_HTTPS_PORT", name -> free(1));
    environment.computeIfAbsent("METERLEDGER_MANAGEMENT_PORT", name -> free(1));
    environment.computeIfAbsent("METERLEDGER_DEMO_METER_PORT", name -> free(METERS));
    environment.computeIfAbsent("METERLEDGER_DEMO_GATEWAY_PORT", name -> free(1));
    environment.computeIfAbsent("METERLEDGER_DEMO_CHARGER_PORT", name -> free(DemoChargers.PORTS));
    environment.computeIfAbsent("METERLEDGER_DEMO_BOX_PORT", name -> free(1));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-Dmeterledger.demo.directory=" + directory.resolve("data"),
            Demo.class.getName());
    builder.environment().putAll(environment);
    demo = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  private static String free(int count) {
    return Integer.toString(Ports.free(count));
  }

  private void await(Path output, String text) throws Exception {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.readString(output).contains(text)) {
      assertThat(demo.waitFor(200, TimeUnit.MILLISECONDS))
          .as("ended before it said %s:%n%s", text, Files.readString(output))
          .isFalse();
      assertThat(System.nanoTime() - limit)
          .as("did not say %s:%n%s", text, Files.readString(output))
          .isNegative();
    }
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(demo.pid())).start().waitFor();
  }

  /** A build that runs in the background of a shell hands the ignored interrupt down to us. */
  private boolean interruptIgnored() throws IOException {
    Path status = Path.of("/proc/" + demo.pid() + "/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  private long rows() throws Exception {
    return Long.parseLong(texts("select count(*) from load_profile_entry").get(0));
  }

  private List<String> texts(String sql) throws Exception {
    try (Database database = Database.keptIn(directory.resolve("data/database"), databasePort)) {
      return database.texts(sql);
    }
  }
}
