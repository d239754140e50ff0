package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.meterledger.archive.CompletenessCount;
import org.meterledger.archive.Partitions;
import org.meterledger.operation.OperationRequest;
import org.meterledger.operation.OperationRequest.Step;
import org.meterledger.operation.OperationState;

/**
 * Days in the life of many meters to which anything may happen at any time, as a seed decides;
 * between two readings some minutes or a few hours pass. In the end all troubles are over, and the
 * archive is compared with the meters' own records: whatever a meter held when a reading of it was
 * complete must be there, once, and nothing else.
 *
 * <p>Which trouble comes when, to which meter, depends on the seed alone; in which order sessions
 * come to their turn does not.
 */
final class FaultMixture {

  private static final String PROFILE = "1-0:99.1.0*255";
  private static final Duration SHORTEST_STEP = Duration.ofMinutes(15);
  private static final int LONGEST_STEP_MINUTES = 120;

  /** Per meter and step. */
  private static final double TROUBLE = 0.15;

  private static final double SLOW_TROUBLE = 0.15;
  private static final double OPERATION = 0.03;

  /** Slow troubles come together, so that only these steps take their time. */
  private static final int STEPS_BETWEEN_SLOW_ONES = 24;

  /** Until nothing rests, waits or is late any more: half-hours after the last trouble. */
  private static final int LONGEST_RECOVERY = 60;

  private static final Duration LONG = Duration.ofDays(60);

  /** Where clocks begin that nobody has set. */
  private static final Instant LOST_CLOCK = Instant.parse("1999-12-31T00:00:00Z");

  private final long seed;
  private final RandomGenerator random;
  private final ReadingFixture reading;
  private final List<TroubledMeter> meters;
  private final CompletenessCount completeness;
  private final List<BitSet> mustBeArchived = new ArrayList<>();
  private final List<List<String>> histories = new ArrayList<>();
  private final Map<String, Integer> befallen = new TreeMap<>();
  private final List<Long> operations = new ArrayList<>();
  private int steps;
  private int rows;
  private int refusedForGood;

  FaultMixture(long seed, ReadingFixture reading, List<TroubledMeter> meters) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.reading = reading;
    this.meters = meters;
    this.completeness =
        new CompletenessCount(
            reading.database,
            new Partitions(reading.database, Partitions.Width.MONTH),
            reading.clock);
    meters.forEach(
        meter -> {
          mustBeArchived.add(new BitSet());
          histories.add(new ArrayList<>());
        });
  }

  /** Lives through the days, recovers, and compares. */
  void run(Duration days) throws InterruptedException {
    long begun = System.nanoTime();
    try {
      var end = reading.clock.instant().plus(days);
      while (reading.clock.instant().isBefore(end)) {
        reading.clock.advance(
            SHORTEST_STEP.plusMinutes(
                random.nextInt(LONGEST_STEP_MINUTES - (int) SHORTEST_STEP.toMinutes())));
        troubles();
        sprinkleOperations();
        read();
      }
      recover();
      for (int number = 0; number < meters.size(); number++) {
        compare(number, mustBeArchived.get(number));
      }
      readRewrittenRowsAgain();
      assertThat(operations)
          .as("seed %d: operations", seed)
          .allSatisfy(
              id ->
                  assertThat(reading.operation(id).state())
                      .isIn(OperationState.SUCCEEDED, OperationState.FAILED));
    } catch (RuntimeException | InterruptedException e) {
      throw new AssertionError("seed " + seed, e);
    }
    report(Duration.ofNanos(System.nanoTime() - begun));
  }

  private void troubles() {
    boolean slow = ++steps % STEPS_BETWEEN_SLOW_ONES == 0;
    for (int number = 0; number < meters.size(); number++) {
      var meter = meters.get(number);
      meter.live(reading.clock.instant());
      if (random.nextDouble() < (slow ? SLOW_TROUBLE : TROUBLE)) {
        var possible = meter.troubles().stream().filter(each -> each.slow() == slow).toList();
        var trouble = possible.get(random.nextInt(possible.size()));
        trouble.befall().accept(random);
        befallen.merge(trouble.name(), 1, Integer::sum);
        histories.get(number).add(reading.clock.instant() + " " + trouble.name());
      }
    }
  }

  private void sprinkleOperations() {
    for (int number = 0; number < meters.size(); number++) {
      if (random.nextDouble() < OPERATION) {
        operations.addAll(reading.ask(number, anything()));
      }
    }
  }

  private OperationRequest anything() {
    int priority = random.nextInt(10);
    return switch (random.nextInt(6)) {
      case 0 -> request(Identify.NAME, JsonValue.EMPTY_JSON_OBJECT, List.of(), priority);
      case 1 -> request(ReadRegisters.NAME, JsonValue.EMPTY_JSON_OBJECT, List.of(), priority);
      case 2 -> request(ReadClock.NAME, JsonValue.EMPTY_JSON_OBJECT, List.of(), priority);
      case 3 -> request(ReadLoadProfile.NAME, someHours(), List.of(), priority);
      case 4 -> request(ReadLogbook.NAME, someHours(), List.of(), priority);
      default ->
          request(
              null,
              null,
              List.of(
                  new Step(ReadClock.NAME, null),
                  new Step(ReadLoadProfile.NAME, someHours()),
                  new Step(Identify.NAME, null)),
              priority);
    };
  }

  private OperationRequest request(
      String kind, JsonObject parameters, List<Step> steps, int priority) {
    var expiry = reading.clock.instant().plus(LONG);
    return new OperationRequest(
        kind, parameters, steps, priority, null, expiry, false, false, null);
  }

  private JsonObject someHours() {
    var to = reading.clock.instant().minus(Duration.ofHours(random.nextInt(48)));
    return range(to.minus(Duration.ofHours(1 + random.nextInt(6))), to);
  }

  private static JsonObject range(Instant from, Instant to) {
    return Json.createObjectBuilder().add("from", from.toString()).add("to", to.toString()).build();
  }

  /** Reads what is due, and notes what the archive must hold from now on. */
  private void read() throws InterruptedException {
    reading.sweep();
    reading.readDue();
    completeness.tick();
    var complete =
        new HashSet<>(
            reading.database.query(
                """
                select meter_id from reading_attempt
                 where kind = 'LOAD_PROFILE' and operation_id is null and result = 'COMPLETE'
                   and started_at = ?""",
                row -> row.getInt(1),
                reading.clock.instant()));
    for (int number = 0; number < meters.size(); number++) {
      if (complete.contains(reading.meterId(number))) {
        var meter = meters.get(number);
        mustBeArchived.get(number).set(meter.firstHeld(), meter.recorded());
        meter.wasRead();
      }
    }
  }

  /** Until nothing is in vain, waits or is late, and each meter was read once more. */
  private void recover() throws InterruptedException {
    meters.forEach(TroubledMeter::relieve);
    int halfHours = 0;
    do {
      assertThat(halfHours++)
          .as("seed %d: half-hours to recover", seed)
          .isLessThan(LONGEST_RECOVERY);
      reading.clock.advance(Duration.ofMinutes(30));
      read();
    } while (unsettled());
    reading.readAfter(Duration.ofMinutes(30));
    for (int number = 0; number < meters.size(); number++) {
      assertThat(reading.attempts(number))
          .as("seed %d: meter %d: %s", seed, number, histories.get(number))
          .last()
          .isEqualTo("COMPLETE");
      var meter = meters.get(number);
      mustBeArchived.get(number).set(meter.firstHeld(), meter.recorded());
    }
  }

  private boolean unsettled() {
    var now = reading.clock.instant();
    return reading.count(
            """
            select (select count(*) from reading_task
                     where failures > 0 or due_at <= ? or late_at <= ?)
                 + (select count(*) from meter_contact c join reading_task t using (meter_id)
                     where c.resting_until is not null)
                 + (select count(*) from operation
                     where state in ('QUEUED', 'CLAIMED', 'RUNNING', 'WAITING'))""",
            now,
            now)
        > 0;
  }

  private void compare(int number, BitSet must) {
    var meter = meters.get(number);
    var truth = meter.truth();
    var former = meter.former();
    var archived = reading.archived(number);
    var what = "seed %d: meter %d: %s".formatted(seed, number, histories.get(number));

    assertThat(archived.stream().map(FaultMixture::sequence)).as(what).doesNotHaveDuplicates();
    var recorded = new HashSet<>(truth);
    former.values().forEach(recorded::addAll);
    assertThat(archived.stream().filter(row -> !recorded.contains(row)))
        .as("not recorded by %s", what)
        .isEmpty();

    var held = new HashSet<>(archived);
    var refused = refused(number);
    var missing = new ArrayList<String>();
    must.stream()
        .filter(place -> !held.contains(truth.get(place)))
        .filter(place -> former.getOrDefault(place, List.of()).stream().noneMatch(held::contains))
        .mapToObj(truth::get)
        .forEach(
            row -> {
              if (refused.contains(sequence(row))) {
                refusedForGood++;
              } else {
                missing.add(row);
              }
            });
    assertThat(missing).as("lost of %s", what).isEmpty();
    rows += archived.size();
  }

  /** Refused, kept as received and reported: such a row is not lost, but in nobody's series. */
  private Set<Long> refused(int number) {
    return new HashSet<>(
        reading.database.query(
            """
            select sequence from refused_row
             where meter_id = ? and source = ? and raw <> ''""",
            row -> row.getLong(1),
            reading.meterId(number),
            PROFILE));
  }

  /** Epoch and index, as the archive has them in one number. */
  private static long sequence(String row) {
    int slash = row.indexOf('/');
    long epoch = Long.parseLong(row.substring(0, slash));
    return epoch << 40 | Long.parseLong(row.substring(slash + 1, row.indexOf(' ')));
  }

  /** A row that changes after it was read is noticed when its range is read again. */
  private void readRewrittenRowsAgain() throws InterruptedException {
    var now = reading.clock.instant().plus(LONG);
    var begin = now.minus(LONG.multipliedBy(3));
    for (int number = 0; number < meters.size(); number++) {
      if (!meters.get(number).former().isEmpty()) {
        for (var span : List.of(range(LOST_CLOCK, LOST_CLOCK.plus(LONG)), range(begin, now))) {
          operations.addAll(reading.ask(number, request(ReadLoadProfile.NAME, span, List.of(), 4)));
        }
      }
    }
    reading.readDue();
    for (int number = 0; number < meters.size(); number++) {
      var meter = meters.get(number);
      if (!meter.former().isEmpty()) {
        var held = new HashSet<>(reading.archived(number));
        var truth = meter.truth();
        assertThat(
                meter.former().keySet().stream()
                    .filter(place -> place >= meter.firstHeld())
                    .map(truth::get)
                    .filter(row -> !held.contains(row)))
            .as("rewritten of seed %d: meter %d: %s", seed, number, histories.get(number))
            .isEmpty();
      }
    }
  }

  private void report(Duration took) {
    int attempts =
        reading.count(
            """
            select count(*) from reading_attempt a
             where exists (select 1 from reading_task t where t.meter_id = a.meter_id)""");
    System.out.printf(
        "fault mixture: seed %d, %d meters, %d readings of all, %d s%n"
            + "  %d troubles %s%n"
            + "  %d attempts, %d operations, %d rows archived, %d refused for good%n",
        seed,
        meters.size(),
        steps,
        took.toSeconds(),
        befallen.values().stream().mapToInt(Integer::intValue).sum(),
        befallen,
        attempts,
        operations.size(),
        rows,
        refusedForGood);
  }
}
