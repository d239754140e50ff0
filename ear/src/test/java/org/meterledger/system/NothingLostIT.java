package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.emu.EmuFleet;
import org.meterledger.simulators.emu.EmuSimulator;

/**
 * What breaks under a running server; afterwards the archive holds what the meters recorded, each
 * interval once. The meters' clock stands still, so that their record is finite, and their answers
 * are slow enough for the accident to hit the reading halfway.
 */
class NothingLostIT {

  private static final Path DIRECTORY = Path.of("target/it/nothing-lost");
  private static final int METERS = 8;

  /** Four answers of 3000 rows for each meter. */
  private static final int DAYS = 120;

  private static final Duration LATENCY = Duration.ofMillis(400);
  private static final int LEASE_SECONDS = 10;
  private static final Duration AWAY = Duration.ofSeconds(30);

  private final EmuSimulator meters =
      EmuSimulator.start(
          EmuFleet.fresh(METERS, DAYS, 7, Instant.now()), 0, new SettableClock(Instant.now()));
  private Database database;
  private MeterRegister register;

  @BeforeEach
  void begin() throws Exception {
    Path data = DIRECTORY.resolve("database");
    ServerProcess.clear(DIRECTORY);
    database = Database.keptIn(data, Ports.free());
    register = new MeterRegister(database, meters);
    for (int number = 0; number < METERS; number++) {
      meters.meter(number).setLatency(LATENCY);
    }
  }

  @AfterEach
  void end() {
    meters.close();
    database.close();
  }

  private ServerProcess node(String name) {
    return ServerProcess.in(DIRECTORY.resolve(name))
        .with(database)
        .with("METERLEDGER_LEASE_SECONDS", LEASE_SECONDS)
        // so that one node cannot take all meters at once
        .with("METERLEDGER_SESSIONS", METERS / 2)
        .withJavaOption("-Djboss.node.name=" + name);
  }

  private void assertArchiveIsTruth() throws Exception {
    for (int number = 0; number < METERS; number++) {
      assertThat(register.archived(number)).isEqualTo(register.truth(number));
    }
    assertThat(register.count("select count(*) from load_profile_superseded")).isZero();
  }

  private long allRows() {
    long rows = 0;
    for (int number = 0; number < METERS; number++) {
      rows += meters.meter(number).truth().size();
    }
    return rows;
  }

  @Test
  void aKilledServerGoesOnWhereItWas() throws Exception {
    try (ServerProcess server = node("killed").start().awaitReady()) {
      register.addAll();
      register.awaitMoreRowsThan(0, server);
      server.kill();
      assertThat(register.rows()).as("killed halfway").isLessThan(allRows());

      server.start().awaitReady();
      register.awaitTruth(server);
      assertArchiveIsTruth();
    }
  }

  @Test
  void aDatabaseThatGoesAndComesBackIsWaitedFor() throws Exception {
    try (ServerProcess server = node("waiting").start().awaitReady()) {
      register.addAll();
      register.awaitMoreRowsThan(0, server);
      for (int number = 0; number < METERS; number++) {
        register.queueReadingOfRegisters(number);
      }
      int port = database.port();
      database.close();
      MeterRegister.await(() -> log(server).anyMatch(NothingLostIT::tellsOfTheAbsence), server);
      assertThat(server.awaitEnd(AWAY)).as("ended without database").isFalse();
      assertThat(status(server)).as("a page, without database").isLessThan(600);

      database = Database.keptIn(DIRECTORY.resolve("database"), port);
      register = new MeterRegister(database, meters);
      register.awaitTruth(server);
      assertArchiveIsTruth();
      MeterRegister.await(
          () -> register.operations().equals(Collections.nCopies(METERS, "SUCCEEDED")), server);
      assertThat(log(server).filter(NothingLostIT::tellsOfTheAbsence).map(NothingLostIT::logger))
          .as("each part tells it once, whoever it is")
          .doesNotHaveDuplicates()
          .hasSizeBetween(1, 10);
      assertThat(log(server).filter(line -> line.startsWith("\tat "))).isEmpty();
      assertThat(log(server).filter(line -> line.contains(" ERROR "))).isEmpty();
    }
  }

  /** As the log's pattern has it: time, level, logger in brackets. */
  private static String logger(String line) {
    return line.substring(line.indexOf('['), line.indexOf(']') + 1);
  }

  private static boolean tellsOfTheAbsence(String line) {
    return line.contains("The database is away");
  }

  private static Stream<String> log(ServerProcess server) throws Exception {
    return Files.readAllLines(server.log()).stream();
  }

  private static int status(ServerProcess server) throws Exception {
    HttpURLConnection connection =
        (HttpURLConnection) server.uri().resolve("login.xhtml").toURL().openConnection();
    connection.setReadTimeout(30_000);
    return connection.getResponseCode();
  }

  @Test
  void twoNodesShareTheMetersAndOneTakesOverFromTheOther() throws Exception {
    try (ServerProcess first = node("first").start();
        ServerProcess second = node("second").start()) {
      first.awaitReady();
      second.awaitReady();
      register.addAll();
      MeterRegister.await(() -> leaseHolders().equals(List.of("first", "second")), first, second);
      second.kill();

      register.awaitTruth(first);
      assertArchiveIsTruth();
      for (int number = 0; number < METERS; number++) {
        assertThat(meters.meter(number).maxConcurrentRequests()).isEqualTo(1);
      }
    }
  }

  private List<String> leaseHolders() throws Exception {
    return database.texts(
        "select distinct leased_by from meter_contact where leased_by is not null order by 1");
  }
}
