package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.meterledger.simulators.emu.EmuFleet;
import org.meterledger.simulators.emu.EmuSimulator;

/** What a node tells those who watch it; the last test takes its database away. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class WatchingIT {

  private final HttpClient http = HttpClient.newHttpClient();
  private final EmuSimulator meters = EmuSimulator.start(EmuFleet.fresh(1, 1, 1, Instant.now()), 0);
  private final Database database = Database.temporary();
  private final ServerProcess server =
      ServerProcess.inNew(Path.of("target/it/watching"))
          .with(database)
          .with("METERLEDGER_LOG", "json");

  @BeforeAll
  void start() throws Exception {
    server.start().awaitReady();
  }

  @AfterAll
  void stop() {
    server.kill();
    meters.close();
    database.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(server.managementUri().resolve(path)).build(),
        BodyHandlers.ofString());
  }

  private static String check(HttpResponse<String> health, String name, String what) {
    return JsonPath.from(health.body())
        .getString("checks.find { it.name == '" + name + "' }." + what);
  }

  @Test
  @Order(1)
  void aNodeThatHasAllItNeedsIsReady() throws Exception {
    assertThat(get("health/live").statusCode()).isEqualTo(200);
    var ready = get("health/ready");

    assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
    for (String name : List.of("database", "schema", "archive", "reading")) {
      assertThat(check(ready, name, "status")).as(name).isEqualTo("UP");
    }
    assertThat(check(ready, "schema", "data.applied"))
        .isEqualTo(
            database.texts("select max(version) from flyway_schema_history where success").get(0));
  }

  @Test
  @Order(2)
  void itsNumbersFollowWhatItDoes() throws Exception {
    assertThat(number("meterledger_operations", "state=\"queued\"")).isZero();
    assertThat(get("metrics").body())
        .contains("meterledger_operations{")
        .contains("meterledger_sessions_open")
        .contains("meterledger_archive_queue")
        .contains("meterledger_operation_lateness_seconds")
        .contains("meterledger_reading_lateness_seconds");

    new MeterRegister(database, meters).addAll();

    MeterRegister.await(
        () ->
            number("meterledger_attempts_total", "kind=\"load_profile\"", "result=\"complete\"") > 0
                && number("meterledger_archive_rows_total", "how=\"new\"") > 90
                && number("meterledger_archive_transaction_seconds_count") > 0,
        server);
  }

  /** The value of a line that has all these labels; 0 where there is none. */
  private double number(String name, String... labels) throws Exception {
    return get("metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .filter(line -> List.of(labels).stream().allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Test
  @Order(3)
  void itsLogIsOneJsonObjectALine() throws Exception {
    http.send(
        HttpRequest.newBuilder(server.uri().resolve("/meters/none.xhtml")).build(),
        BodyHandlers.discarding());
    var lines = Files.readAllLines(server.log());
    int first = 0;
    while (!lines.get(first).startsWith("{")) {
      first++;
    }
    assertThat(lines.get(0)).as("before the settings are read").contains("JBoss Modules");
    assertThat(lines.size() - first).as("lines of JSON").isGreaterThan(first);
    for (String line : lines.subList(first, lines.size())) {
      var entry = JsonPath.from(line);
      assertThat(entry.getString("level")).as(line).isNotNull();
      assertThat(entry.getMap("mdc")).as(line).isNotNull();
    }
  }

  @Test
  @Order(4)
  void withASchemaOfANewerNodeItIsNotReady() throws Exception {
    update(
        "insert into flyway_schema_history select installed_rank + 1, '999', description, type,"
            + " script, checksum, installed_by, installed_on, execution_time, success"
            + " from flyway_schema_history order by installed_rank desc limit 1");
    var ready = get("health/ready");
    update("delete from flyway_schema_history where version = '999'");

    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(check(ready, "schema", "status")).isEqualTo("DOWN");
    assertThat(check(ready, "schema", "data.applied")).isEqualTo("999");
    assertThat(get("health/ready").statusCode()).isEqualTo(200);
  }

  private void update(String sql) throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Test
  @Order(5)
  void withoutItsDatabaseItIsAliveButNotReady() throws Exception {
    database.close();

    var ready = get("health/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(check(ready, "database", "status")).isEqualTo("DOWN");
    assertThat(check(ready, "database", "data.reason")).contains("refused");
    assertThat(get("health/live").statusCode()).isEqualTo(200);
    MeterRegister.await(() -> Double.isNaN(number("meterledger_operations")), server);
  }
}
