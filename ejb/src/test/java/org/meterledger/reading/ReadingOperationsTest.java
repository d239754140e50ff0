package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.meterledger.access.MeterScope;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationFilter;
import org.meterledger.operation.OperationRequest;
import org.meterledger.operation.OperationRequest.Step;
import org.meterledger.operation.OperationState;
import org.meterledger.simulators.emu.EmuMeter;
import org.meterledger.simulators.emu.Fault;

/** Operations on simulated meters: what was asked is done, once, in order, and told. */
class ReadingOperationsTest {

  private static final Instant START = Instant.parse("2026-09-20T00:00:00Z");
  private static final String METER_DATA = "/meterdata.json";
  private static final Duration DAY = Duration.ofDays(1);
  private static final AtomicInteger SERIAL = new AtomicInteger(22_410_000);

  private static ReadingFixture read(int meters) throws InterruptedException {
    var settings = new java.util.ArrayList<EmuMeter.Settings>();
    for (int i = 0; i < meters; i++) {
      settings.add(
          EmuMeter.Settings.builder(String.valueOf(SERIAL.getAndIncrement()), START).build());
    }
    var reading = new ReadingFixture(START.plus(DAY), settings);
    reading.readDue();
    return reading;
  }

  private static OperationRequest request(String kind) {
    return OperationRequest.of(kind, JsonValue.EMPTY_JSON_OBJECT);
  }

  private static OperationRequest once(String kind) {
    return new OperationRequest(kind, null, List.of(), null, null, null, true, true, null);
  }

  private static OperationRequest bundle(boolean stop, boolean once, Step... steps) {
    return new OperationRequest(null, null, List.of(steps), null, null, null, once, stop, null);
  }

  private static Step step(String kind) {
    return new Step(kind, null);
  }

  private static JsonObject range(Instant from, Instant to) {
    return Json.createObjectBuilder().add("from", from.toString()).add("to", to.toString()).build();
  }

  private static JsonObject result(MeterOperation operation) {
    return Json.createReader(new StringReader(operation.result())).readObject();
  }

  private static List<OperationState> states(ReadingFixture reading, List<Long> ids) {
    return ids.stream().map(id -> reading.operation(id).state()).toList();
  }

  @Test
  void eachKindTellsWhatTheMeterSaid() throws InterruptedException {
    try (var reading = read(1)) {
      var serial = reading.meter(0).settings().serialNumber();
      long identify = reading.ask(0, request(Identify.NAME)).get(0);
      long registers = reading.ask(0, request(ReadRegisters.NAME)).get(0);
      long clock = reading.ask(0, request(ReadClock.NAME)).get(0);
      reading.readDue();

      assertThat(states(reading, List.of(identify, registers, clock)))
          .containsOnly(OperationState.SUCCEEDED);
      assertThat(result(reading.operation(identify)).getString("serialNumber")).isEqualTo(serial);
      assertThat(result(reading.operation(registers)).getJsonArray("registers"))
          .anySatisfy(
              register ->
                  assertThat(register.asJsonObject().getString("obis")).isEqualTo("1-0:1.8.0*255"));
      assertThat(result(reading.operation(clock)).getJsonNumber("driftSeconds").doubleValue())
          .isBetween(-30.0, 30.0);
      assertThat(reading.operation(clock))
          .satisfies(
              operation -> {
                assertThat(operation.attempts()).isEqualTo(1);
                assertThat(operation.node()).isEqualTo("test");
                assertThat(operation.endedAt()).isEqualTo(reading.clock.instant());
              });
    }
  }

  @Test
  void aRangeReadAgainChangesNothingAndBringsBackWhatIsMissing() throws InterruptedException {
    try (var reading = read(1)) {
      var before = reading.archived(0);
      var from = START.plus(Duration.ofHours(4));
      var span = range(from, from.plus(Duration.ofHours(6)));
      long again = reading.ask(0, OperationRequest.of(ReadLoadProfile.NAME, span)).get(0);
      reading.readDue();
      assertThat(reading.archived(0)).isEqualTo(before);
      assertThat(result(reading.operation(again)))
          .containsEntry("received", Json.createValue(24))
          .containsEntry("stored", Json.createValue(0));

      reading.database.update(
          """
          delete from load_profile_entry e using load_profile p
           where p.id = e.profile_id and p.meter_id = ? and period_end > ? and period_end <= ?""",
          reading.meterId(0),
          from,
          from.plus(Duration.ofHours(2)));
      long missing = reading.ask(0, OperationRequest.of(ReadLoadProfile.NAME, span)).get(0);
      reading.readDue();
      assertThat(reading.archived(0)).isEqualTo(before).isEqualTo(reading.truth(0));
      assertThat(result(reading.operation(missing)).getInt("stored")).isEqualTo(8);
    }
  }

  @Test
  void aLogbookIsReadOverARange() throws InterruptedException {
    try (var reading = read(1)) {
      reading.meter(0).changeCurrentTransformer(400, 5);
      var now = reading.clock.instant();
      long lines =
          reading
              .ask(0, OperationRequest.of(ReadLogbook.NAME, range(now.minus(DAY), now.plus(DAY))))
              .get(0);
      reading.readDue();
      assertThat(reading.operation(lines).state()).isEqualTo(OperationState.SUCCEEDED);
      assertThat(result(reading.operation(lines)).getInt("received")).isPositive();
    }
  }

  @Test
  void whatARetryCanCureIsTriedAgainUntilItSucceeds() throws InterruptedException {
    try (var reading = read(1)) {
      reading.meter(0).inject(Fault.HTTP_500, 1);
      long id = reading.ask(0, request(ReadRegisters.NAME)).get(0);
      reading.readDue();
      assertThat(reading.operation(id))
          .satisfies(
              operation -> {
                assertThat(operation.state()).isEqualTo(OperationState.WAITING);
                assertThat(operation.fault()).isEqualTo("PROTOCOL");
                assertThat(operation.dueAt()).isAfter(reading.clock.instant());
              });
      reading.clock.advance(Duration.ofSeconds(20));
      reading.readDue();
      assertThat(reading.operation(id))
          .satisfies(
              operation -> {
                assertThat(operation.state()).isEqualTo(OperationState.SUCCEEDED);
                assertThat(operation.attempts()).isEqualTo(2);
                assertThat(operation.fault()).isNull();
              });
    }
  }

  @Test
  void whoBypassesRetryIsToldTheFirstFault() throws InterruptedException {
    try (var reading = read(1)) {
      reading.meter(0).inject(Fault.HTTP_500, 1);
      long id = reading.ask(0, once(ReadRegisters.NAME)).get(0);
      reading.readDue();
      assertThat(reading.operation(id).state()).isEqualTo(OperationState.FAILED);
      assertThat(reading.operation(id).detail()).contains("500");
    }
  }

  @Test
  void aRetryThatWouldComeTooLateIsNotTried() throws InterruptedException {
    try (var reading = read(1)) {
      reading.meter(0).inject(Fault.HTTP_500, 1);
      var soon = reading.clock.instant().plusSeconds(5);
      long id =
          reading
              .ask(
                  0,
                  new OperationRequest(
                      Identify.NAME, null, List.of(), null, null, soon, false, true, null))
              .get(0);
      reading.readDue();
      assertThat(reading.operation(id).state()).isEqualTo(OperationState.FAILED);
    }
  }

  @Test
  void anOperationThatNobodyTookInTimeExpires() throws InterruptedException {
    try (var reading = read(1)) {
      var now = reading.clock.instant();
      var request =
          new OperationRequest(
              Identify.NAME,
              null,
              List.of(),
              null,
              now.plusSeconds(600),
              now.plusSeconds(900),
              false,
              true,
              null);
      long id = reading.ask(0, request).get(0);
      long before = reading.meter(0).requests();
      reading.sweep();
      assertThat(reading.operation(id).state()).isEqualTo(OperationState.QUEUED);
      reading.database.update("delete from reading_task");
      reading.clock.advance(Duration.ofSeconds(900));
      reading.sweep();
      reading.start();
      assertThat(reading.operation(id).state()).isEqualTo(OperationState.EXPIRED);
      assertThat(reading.meter(0).requests()).isEqualTo(before);
    }
  }

  @Test
  void stepsOfABundleRunInOrderInOneSession() throws InterruptedException {
    try (var reading = read(1)) {
      long sessions = sessions(reading);
      var ids =
          reading.ask(
              0,
              bundle(
                  true, true, step(Identify.NAME), step(ReadRegisters.NAME), step(ReadClock.NAME)));
      reading.readDue();
      assertThat(states(reading, ids)).containsOnly(OperationState.SUCCEEDED);
      assertThat(reading.list.bundle(MeterScope.EVERYTHING, ids.get(0)))
          .extracting(MeterOperation::kind)
          .containsExactly(Identify.NAME, ReadRegisters.NAME, ReadClock.NAME);
      assertThat(sessions(reading) - sessions).isEqualTo(1 + 1);
      assertThat(reading.meter(0).maxConcurrentRequests()).isEqualTo(1);
    }
  }

  /** Each session begins by asking the meter who it is, and so does the operation. */
  private static long sessions(ReadingFixture reading) {
    return reading.meter(0).requestedPaths().stream().filter(p -> p.contains("status")).count();
  }

  @Test
  void aStepThatFailsStopsTheBundleOrNotAsWasChosen() throws InterruptedException {
    try (var reading = read(1)) {
      reading.meter(0).inject(Fault.HTTP_500, 1, METER_DATA);
      var stopped =
          reading.ask(
              0,
              bundle(
                  true, true, step(Identify.NAME), step(ReadRegisters.NAME), step(ReadClock.NAME)));
      reading.readDue();
      assertThat(states(reading, stopped))
          .containsExactly(
              OperationState.SUCCEEDED, OperationState.FAILED, OperationState.CANCELLED);
      assertThat(reading.operation(stopped.get(2)).fault()).isEqualTo("STOPPED");

      reading.meter(0).inject(Fault.HTTP_500, 1, METER_DATA);
      var goesOn =
          reading.ask(0, bundle(false, true, step(ReadRegisters.NAME), step(Identify.NAME)));
      reading.readDue();
      assertThat(states(reading, goesOn))
          .containsExactly(OperationState.FAILED, OperationState.SUCCEEDED);
    }
  }

  @Test
  void aBundleThatIsTriedAgainKeepsItsOrder() throws InterruptedException {
    try (var reading = read(1)) {
      reading.meter(0).inject(Fault.HTTP_500, 1, METER_DATA);
      var ids =
          reading.ask(
              0,
              bundle(
                  false,
                  false,
                  step(Identify.NAME),
                  step(ReadRegisters.NAME),
                  step(Identify.NAME)));
      reading.readDue();
      assertThat(states(reading, ids))
          .containsExactly(OperationState.SUCCEEDED, OperationState.WAITING, OperationState.QUEUED);
      assertThat(reading.operation(ids.get(2)).attempts()).isZero();
      reading.clock.advance(Duration.ofSeconds(20));
      reading.readDue();
      assertThat(states(reading, ids)).containsOnly(OperationState.SUCCEEDED);
      assertThat(reading.operation(ids.get(0)).attempts()).isEqualTo(1);
    }
  }

  @Test
  void aCancelledOperationIsNeverSentAndARunningOneEndsByItself() throws InterruptedException {
    try (var reading = read(1)) {
      reading.database.update("delete from reading_task");
      long before = reading.meter(0).requests();
      long id = reading.ask(0, request(Identify.NAME)).get(0);
      assertThat(reading.operations.cancel(id)).isTrue();
      assertThat(reading.operations.cancel(id)).isFalse();
      reading.readDue();
      assertThat(reading.operation(id).state()).isEqualTo(OperationState.CANCELLED);
      assertThat(reading.meter(0).requests()).isEqualTo(before);

      reading.meter(0).setLatency(Duration.ofMillis(400));
      long running = reading.ask(0, request(ReadRegisters.NAME)).get(0);
      reading.start();
      assertThat(reading.operations.cancel(running)).isFalse();
      reading.readDue();
      assertThat(reading.operation(running).state()).isEqualTo(OperationState.SUCCEEDED);
    }
  }

  @Test
  void attemptsOfAnOperationAreKept() throws InterruptedException {
    try (var reading = read(1)) {
      reading.meter(0).inject(Fault.HTTP_500, 1);
      long id = reading.ask(0, request(Identify.NAME)).get(0);
      reading.readDue();
      reading.clock.advance(Duration.ofSeconds(20));
      reading.readDue();
      var attempts = new ReadingAttempts(reading.database, reading.clock).ofOperation(id);
      assertThat(attempts)
          .extracting(ReadingAttempts.ReadingAttempt::result)
          .containsExactly("FAILED", "COMPLETE");
      assertThat(attempts.get(0).fault()).isEqualTo("PROTOCOL");
    }
  }

  @Test
  void whatALostNodeLeftIsDoneByAnother() throws InterruptedException {
    try (var reading = read(1)) {
      reading.database.update("delete from reading_task");
      long id = reading.ask(0, request(Identify.NAME)).get(0);
      reading.database.update(
          "update operation set state = 'RUNNING', node = 'lost', attempts = 1 where id = ?", id);
      reading.database.update(
          "update meter_contact set leased_by = 'lost', leased_until = ? where meter_id = ?",
          reading.clock.instant().plusSeconds(60),
          reading.meterId(0));
      reading.sweep();
      assertThat(reading.operation(id).state()).isEqualTo(OperationState.RUNNING);
      reading.clock.advance(Duration.ofSeconds(60));
      reading.sweep();
      assertThat(reading.operation(id).state()).isEqualTo(OperationState.WAITING);
      reading.readDue();
      assertThat(reading.operation(id).state()).isEqualTo(OperationState.SUCCEEDED);
      assertThat(reading.operation(id).attempts()).isEqualTo(2);
    }
  }

  @Test
  void aGroupOperationIsCounted() throws InterruptedException {
    try (var reading = read(5)) {
      var serials =
          List.of(0, 1, 2, 3, 4).stream()
              .map(i -> reading.meter(i).settings().serialNumber())
              .toList();
      reading.meter(3).inject(Fault.CONNECTION_RESET, 1_000);
      long group =
          reading.operations.submitToMeters(serials, once(ReadRegisters.NAME), "test", null);
      assertThat(reading.list.group(MeterScope.EVERYTHING, group).orElseThrow().percent()).isZero();
      reading.readDue();
      assertThat(reading.list.group(MeterScope.EVERYTHING, group).orElseThrow())
          .satisfies(
              progress -> {
                assertThat(progress.meters()).isEqualTo(5);
                assertThat(progress.percent()).isEqualTo(100);
                assertThat(progress.states())
                    .containsEntry(OperationState.SUCCEEDED, 4L)
                    .containsEntry(OperationState.FAILED, 1L);
              });
      assertThat(reading.list.count(MeterScope.EVERYTHING, OperationFilter.ofGroup(group)))
          .isEqualTo(5);
    }
  }

  @Test
  void aSilentMeterRestsIsStillAskedByOperationsAndComesBack() throws InterruptedException {
    try (var reading = read(1)) {
      reading.meter(0).inject(Fault.CONNECTION_RESET, 10_000);
      for (int i = 0; i < BackOff.FAILURES_BEFORE_REST; i++) {
        assertThat(restingUntil(reading)).isNull();
        reading.readAfter(Duration.ofMinutes(5));
      }
      var until = restingUntil(reading);
      assertThat(until).isAfter(reading.clock.instant().plusSeconds(600));
      long before = reading.meter(0).requests();
      reading.clock.advance(Duration.ofMinutes(14));
      reading.readDue();
      assertThat(reading.meter(0).requests()).isEqualTo(before);

      reading.meter(0).clearFaults();
      long id = reading.ask(0, once(Identify.NAME)).get(0);
      reading.readDue();
      assertThat(reading.operation(id).state()).isEqualTo(OperationState.SUCCEEDED);
      assertThat(restingUntil(reading)).isNull();
      assertThat(reading.archived(0)).isEqualTo(reading.truth(0));
    }
  }

  private static Instant restingUntil(ReadingFixture reading) {
    return reading
        .database
        .query(
            "select resting_until from meter_contact where meter_id = ?",
            row -> org.meterledger.server.Database.instant(row, "resting_until"),
            reading.meterId(0))
        .get(0);
  }

  @Test
  void aClockThatIsTooFarOffIsReportedOnce() throws InterruptedException {
    try (var reading = read(1)) {
      reading.meter(0).setClockForward(Duration.ofMinutes(5));
      reading.ask(0, request(ReadClock.NAME));
      reading.readDue();
      reading.ask(0, request(ReadClock.NAME));
      reading.readDue();
      assertThat(reading.findings(0)).containsOnlyOnce(9);
    }
  }
}
