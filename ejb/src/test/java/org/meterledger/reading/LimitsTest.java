package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.meterledger.driver.emu.EmuDriver;
import org.meterledger.operation.OperationRequest;
import org.meterledger.operation.OperationState;
import org.meterledger.simulators.emu.EmuMeter;
import org.meterledger.simulators.emu.Fault;

/** Limits, fairness and order as the meters see them, whatever nodes think they do. */
class LimitsTest {

  private static final Instant START = Instant.parse("2026-09-20T00:00:00Z");
  private static final AtomicInteger SERIAL = new AtomicInteger(22_420_000);
  private static final int MANY = 500;

  /**
   * Sessions that are planned 1.05 s apart begin a little late, more so on a loaded machine; none
   * of that makes a limit of ten one of eleven in this time.
   */
  private static final long NEARLY_A_SECOND = TimeUnit.MILLISECONDS.toNanos(900);

  private static List<EmuMeter.Settings> meters(int count, Duration latency) {
    var settings = new ArrayList<EmuMeter.Settings>();
    for (int i = 0; i < count; i++) {
      settings.add(
          EmuMeter.Settings.builder(String.valueOf(SERIAL.getAndIncrement()), START)
              .latency(latency)
              .build());
    }
    return settings;
  }

  private static ReadingFixture reading(int count, Duration latency, int sessions) {
    return new ReadingFixture(START.plus(Duration.ofHours(2)), meters(count, latency), sessions);
  }

  private static int asked(ReadingFixture reading) {
    return (int)
        IntStream.range(0, reading.simulator.size())
            .filter(number -> reading.meter(number).firstRequest() != 0)
            .count();
  }

  private static NotedOpenings openings(ReadingFixture reading) {
    var openings = new NotedOpenings(new EmuDriver(reading.clock));
    reading.drivers.replaceAll(
        driver -> driver.protocol().equals(openings.protocol()) ? openings : driver);
    return openings;
  }

  /** Meters with a load profile attempt behind them, of those with these numbers. */
  private static int ended(ReadingFixture reading, int from, int to) {
    return (int)
        IntStream.range(from, to).filter(number -> !reading.attempts(number).isEmpty()).count();
  }

  @Test
  void neverMoreMetersAtOnceThanTheNetworkAllowsOverTwoNodes() throws InterruptedException {
    int meters = 40;
    try (var reading = reading(meters, Duration.ofMillis(60), 16)) {
      reading.addNode("other");
      int network = reading.network("Five at once", 5, MANY, IntStream.range(0, meters));
      reading.readLive(() -> ended(reading, 0, meters) >= meters / 2);
      assertThat(reading.simulator.mostMetersAsked()).isBetween(2, 5);

      reading.limit(network, 2, MANY);
      reading.readLive(() -> reading.leased() <= 2);
      reading.simulator.forgetMostMetersAsked();
      reading.readLive(() -> ended(reading, 0, meters) == meters && reading.leased() == 0);
      assertThat(reading.simulator.mostMetersAsked()).isBetween(1, 2);
      assertThat(
              reading.count(
                  """
                  select count(distinct a.node) from reading_attempt a
                    join meter m on m.id = a.meter_id where m.network_id = ?""",
                  network))
          .as("nodes that read")
          .isEqualTo(2);
    }
  }

  @Test
  void neverMoreNewSessionsInASecondThanTheNetworkAllowsOverTwoNodes() throws InterruptedException {
    int meters = 45;
    try (var reading = reading(meters, Duration.ZERO, 16)) {
      reading.addNode("other");
      var openings = openings(reading);
      int network = reading.network("Ten a second", MANY, 10, IntStream.range(0, meters));
      reading.readLive(() -> asked(reading) >= 25);
      assertThat(mostInASecond(openings.times())).isBetween(5, 10);

      reading.limit(network, MANY, 4);
      // what was planned before may still come
      long changed = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1_500);
      reading.readLive(() -> asked(reading) == meters);
      var later = openings.times().stream().filter(time -> time - changed > 0).toList();
      assertThat(later).isNotEmpty();
      assertThat(mostInASecond(later)).isBetween(1, 4);
    }
  }

  @Test
  void whatANodeCouldNotBeginInTimeDoesNotBeginTogether() throws InterruptedException {
    int meters = 40;
    try (var reading = reading(meters, Duration.ZERO, 16)) {
      var openings = openings(reading);
      reading.network("Ten a second", MANY, 10, IntStream.range(0, meters));
      reading.standStill(true);
      var until = reading.clock.instant().plus(Duration.ofSeconds(2));
      reading.readLive(() -> !reading.clock.instant().isBefore(until));
      assertThat(reading.leased()).as("planned meanwhile").isGreaterThan(10);
      assertThat(asked(reading)).isZero();

      reading.standStill(false);
      reading.readLive(() -> asked(reading) == meters);
      assertThat(mostInASecond(openings.times())).isBetween(5, 10);
    }
  }

  private static int mostInASecond(List<Long> times) {
    return times.stream()
        .mapToInt(
            first ->
                (int)
                    times.stream()
                        .filter(time -> time - first >= 0 && time - first < NEARLY_A_SECOND)
                        .count())
        .max()
        .orElse(0);
  }

  @Test
  void aNetworkThatDoesNotAnswerDoesNotHoldUpAnother() throws InterruptedException {
    int each = 60;
    try (var reading = reading(2 * each, Duration.ZERO, 16)) {
      reading.network("Silent", MANY, MANY, IntStream.range(0, each));
      reading.network("Sound", MANY, MANY, IntStream.range(each, 2 * each));
      for (int silent = 0; silent < each; silent++) {
        reading.meter(silent).inject(Fault.NO_ANSWER);
      }
      reading.readLive(() -> ended(reading, each, 2 * each) == each);
      assertThat(ended(reading, 0, each)).as("silent ones given up by then").isLessThan(each / 2);
      for (int silent = 0; silent < each; silent++) {
        reading.meter(silent).clearFaults();
      }
    }
  }

  @Test
  void whatIsMoreUrgentIsAskedFirst() throws InterruptedException {
    try (var reading = reading(3, Duration.ofMillis(20), 1)) {
      reading.database.update("delete from reading_task");
      int[] priorities = {4, 0, 9};
      var ids = new ArrayList<Long>();
      for (int number = 0; number < priorities.length; number++) {
        ids.addAll(reading.ask(number, ofPriority(priorities[number])));
      }
      reading.readDue();
      assertThat(ids.stream().map(id -> reading.operation(id).state()))
          .containsOnly(OperationState.SUCCEEDED);
      assertThat(
              IntStream.range(0, priorities.length)
                  .boxed()
                  .sorted(Comparator.comparing(number -> reading.meter(number).firstRequest()))
                  .map(number -> priorities[number]))
          .containsExactly(9, 4, 0);
    }
  }

  private static OperationRequest ofPriority(int priority) {
    return new OperationRequest(
        Identify.NAME,
        JsonValue.EMPTY_JSON_OBJECT,
        List.of(),
        priority,
        null,
        null,
        false,
        true,
        null);
  }
}
