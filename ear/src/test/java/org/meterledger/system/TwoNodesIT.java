package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.emu.EmuFleet;
import org.meterledger.simulators.emu.EmuSimulator;

/**
 * Two nodes of the same server on one database, behind a proxy; the last test loses one of them.
 * Both start at the same moment on a database that is empty.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class TwoNodesIT {

  private static final Path DIRECTORY = Path.of("target/it/two-nodes");
  private static final String ADMINISTRATOR = "anna";
  private static final String PASSWORD = "eleven green bottles";
  private static final int METERS = 6;

  /** Some answers of 3000 rows for each meter. */
  private static final int DAYS = 90;

  private static final Duration LATENCY = Duration.ofMillis(400);
  private static final Duration LEASE = Duration.ofSeconds(10);

  private final Map<String, ServerProcess> nodes = new LinkedHashMap<>();
  private Database database;
  private EmuSimulator meters;
  private MeterRegister register;
  private ReverseProxy proxy;
  private Browser browser;

  @BeforeAll
  void start() throws Exception {
    ServerProcess.clear(DIRECTORY);
    database = Database.temporary();
    // the meters' clock stands still, so that their record is finite
    meters =
        EmuSimulator.start(
            EmuFleet.fresh(METERS, DAYS, 7, Instant.now()), 0, new SettableClock(Instant.now()));
    for (int number = 0; number < METERS; number++) {
      meters.meter(number).setLatency(LATENCY);
    }
    register = new MeterRegister(database, meters);
    for (String name : List.of("first", "second")) {
      nodes.put(name, node(name).start());
    }
    for (ServerProcess node : nodes.values()) {
      node.awaitReady();
    }
    Map<String, URI> addresses = new LinkedHashMap<>();
    nodes.forEach((name, node) -> addresses.put(name, node.uri()));
    proxy = ReverseProxy.start(0, addresses);
    browser = new Browser(proxy.uri());
  }

  private ServerProcess node(String name) {
    return ServerProcess.in(DIRECTORY.resolve(name))
        .with(database)
        .with("METERLEDGER_BEHIND_PROXY", true)
        .with("METERLEDGER_ADMIN_NAME", ADMINISTRATOR)
        .with("METERLEDGER_ADMIN_PASSWORD", PASSWORD)
        .with("METERLEDGER_LEASE_SECONDS", LEASE.toSeconds())
        // so that one node cannot take all meters at once
        .with("METERLEDGER_SESSIONS", METERS / 2)
        .asNode(name, "two-nodes-it-" + database.port());
  }

  @AfterAll
  void stop() throws Exception {
    nodes.values().forEach(ServerProcess::kill);
    for (AutoCloseable each : new AutoCloseable[] {proxy, meters, database}) {
      if (each != null) {
        each.close();
      }
    }
  }

  @Test
  @Order(1)
  void theSchemaIsMigratedOnceByTwoThatStartAtTheSameMoment() throws Exception {
    assertThat(
            database.texts(
                "select version from flyway_schema_history where success"
                    + " group by version having count(*) > 1"))
        .isEmpty();
    assertThat(database.texts("select name from account")).containsExactly(ADMINISTRATOR);
  }

  @Test
  @Order(2)
  void whatIsToldOnOneNodeIsHeardOnTheOther() throws Exception {
    for (ServerProcess node : nodes.values()) {
      var page = new Browser(node.uri());
      page.signIn(ADMINISTRATOR, PASSWORD);
      try (var socket = page.listen("readings")) {
        assertThat(socket.status()).isEqualTo(PushClient.ACCEPTED);
        // the handshake is answered before the server has opened its end
        MeterRegister.await(
            () -> {
              database.tell("readings", "");
              return socket.heard();
            },
            node);
        assertThat(socket.next()).contains("\"readings\"");
      }
    }
  }

  @Test
  @Order(3)
  void aNodeIsLostWhileBothReadAndAPersonIsSignedIn() throws Exception {
    assertThat(browser.signIn(ADMINISTRATOR, PASSWORD).statusCode()).isEqualTo(302);
    assertThat(page().statusCode()).isEqualTo(200);
    try (var socket = browser.listen("readings")) {
      assertThat(socket.status()).isEqualTo(PushClient.ACCEPTED);
      register.addAll();
      assertThat(socket.next()).as("pushed through the proxy").contains("\"readings\"");
    }
    MeterRegister.await(
        () -> leaseHolders().equals(List.of("first", "second")),
        all().toArray(new ServerProcess[0]));
    String lost = serving();
    ServerProcess other = nodes.get(lost.equals("first") ? "second" : "first");

    nodes.get(lost).kill();
    long killed = System.nanoTime();

    HttpResponse<String> still = page();
    assertThat(still.statusCode()).as("signed in without the node that knew it").isEqualTo(200);
    assertThat(still.body()).contains(">" + ADMINISTRATOR + "<");
    assertThat(log(other)).doesNotContain("NotSerializable", "not serializable");

    MeterRegister.await(() -> !leaseHolders().contains(lost), other);
    assertThat(Duration.ofNanos(System.nanoTime() - killed))
        .as("leases of the lost node came back")
        .isLessThan(LEASE.multipliedBy(2));
    register.awaitTruth(other);
    for (int number = 0; number < METERS; number++) {
      assertThat(register.archived(number)).isEqualTo(register.truth(number));
      assertThat(meters.meter(number).maxConcurrentRequests()).isEqualTo(1);
    }
    assertThat(register.count("select count(*) from load_profile_superseded")).isZero();
  }

  @Test
  @Order(4)
  void theLostNodeComesBackAndTakesPart() throws Exception {
    ServerProcess back =
        nodes.values().stream().filter(node -> !node.running()).findFirst().orElseThrow();
    back.start().awaitReady();

    var direct = new Browser(back.uri());
    assertThat(direct.signIn(ADMINISTRATOR, PASSWORD).statusCode()).isEqualTo(302);
    assertThat(direct.get("/").statusCode()).isEqualTo(200);
    assertThat(page().statusCode()).isEqualTo(200);
  }

  private List<ServerProcess> all() {
    return List.copyOf(nodes.values());
  }

  private HttpResponse<String> page() throws Exception {
    return browser.get("/meters/list.xhtml");
  }

  /** The node that the session cookie names. */
  private String serving() {
    String cookie = browser.cookie("meterledger").orElseThrow();
    return cookie.substring(cookie.lastIndexOf('.') + 1);
  }

  private static String log(ServerProcess server) throws Exception {
    return Files.readString(server.log());
  }

  private List<String> leaseHolders() throws Exception {
    return database.texts(
        "select distinct leased_by from meter_contact where leased_by is not null order by 1");
  }
}
