package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.emu.EmuFleet;
import org.meterledger.simulators.emu.EmuSimulator;

/**
 * A server that is killed again and again while it archives, at moments that a seed decides;
 * afterwards the archive holds what the meters recorded, each interval once, and no operation is
 * left behind.
 */
@Tag("soak")
class KilledServerSoakIT {

  private static final Path DIRECTORY = Path.of("target/it/killed-server");
  private static final int KILLS = 20;
  private static final int METERS = 50;

  /** Six answers of 3000 rows for each meter. */
  private static final int DAYS = 180;

  /** So that no reading is over before the last kill: all takes some two minutes. */
  private static final Duration LATENCY = Duration.ofMillis(800);

  private static final int SESSIONS = 4;
  private static final int LEASE_SECONDS = 10;

  /** More than the registers that are read before the first block of a load profile. */
  private static final int ROWS_OF_A_LIFE = 1_000;

  /** After these rows have come. */
  private static final int LONGEST_LIFE_MILLIS = 3_000;

  /** Queued before each kill. */
  private static final int OPERATIONS = 3;

  private final long seed = Long.getLong("meterledger.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void nothingIsLostOverTwentyKills() throws Exception {
    ServerProcess.clear(DIRECTORY);
    System.out.printf("killed server: seed %d%n", seed);
    try (Database database = Database.keptIn(DIRECTORY.resolve("database"), Ports.free());
        EmuSimulator meters =
            EmuSimulator.start(
                EmuFleet.fresh(METERS, DAYS, seed, Instant.now()),
                0,
                new SettableClock(Instant.now()));
        ServerProcess server = server(database).start().awaitReady()) {
      meters().forEach(number -> meters.meter(number).setLatency(LATENCY));
      MeterRegister register = new MeterRegister(database, meters);
      register.addAll();
      long allRows = 0;
      for (int number = 0; number < METERS; number++) {
        allRows += meters.meter(number).truth().size();
      }
      for (int kill = 1; kill <= KILLS; kill++) {
        for (int operation = 0; operation < OPERATIONS; operation++) {
          register.queueReadingOfRegisters(random.nextInt(METERS));
        }
        long before = register.rows();
        register.awaitMoreRowsThan(before + ROWS_OF_A_LIFE, server);
        Duration life = Duration.ofMillis(random.nextInt(LONGEST_LIFE_MILLIS));
        assertThat(server.awaitEnd(life)).as("ended by itself").isFalse();
        server.kill();
        long after = register.rows();
        assertThat(after).as("seed %d: kill %d is halfway", seed, kill).isLessThan(allRows);
        System.out.printf("kill %d after %d ms: %d rows%n", kill, life.toMillis(), after);
        server.start().awaitReady();
      }

      meters().forEach(number -> meters.meter(number).setLatency(Duration.ZERO));
      register.awaitTruth(server);
      MeterRegister.await(
          () ->
              register.count(
                      "select count(*) from operation where state not in ('SUCCEEDED', 'FAILED')")
                  == 0,
          server);
      assertThat(register.operations())
          .as("seed %d: operations", seed)
          .hasSize(KILLS * OPERATIONS)
          .containsOnly("SUCCEEDED");
      for (int number = 0; number < METERS; number++) {
        assertThat(register.archived(number))
            .as("seed %d: meter %d", seed, number)
            .isEqualTo(register.truth(number));
        assertThat(meters.meter(number).maxConcurrentRequests()).isLessThanOrEqualTo(2);
      }
      assertThat(register.count("select count(*) from load_profile_superseded")).isZero();
      System.out.printf(
          "killed server: seed %d, %d rows, %d attempts%n",
          seed, register.rows(), register.count("select count(*) from reading_attempt"));
    }
  }

  private static IntStream meters() {
    return IntStream.range(0, METERS);
  }

  private static ServerProcess server(Database database) {
    return ServerProcess.in(DIRECTORY.resolve("server"))
        .with(database)
        .with("METERLEDGER_LEASE_SECONDS", LEASE_SECONDS)
        .with("METERLEDGER_SESSIONS", SESSIONS)
        .withJavaOption("-Djboss.node.name=killed");
  }
}
