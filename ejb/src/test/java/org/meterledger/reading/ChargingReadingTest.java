package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.charging.ArchivedRecord;
import org.meterledger.charging.ChargingPublicKey;
import org.meterledger.charging.ChargingRecords;
import org.meterledger.charging.ChargingSessions;
import org.meterledger.charging.MeterKeys;
import org.meterledger.charging.RegisteredKey;
import org.meterledger.charging.Verdict;
import org.meterledger.driver.ChargeCycleTarget.State;
import org.meterledger.driver.ChargeCycleTarget.Step;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationState;
import org.meterledger.simulators.emu.EmuMeter;

/** Signed records from a meter to the archive, and a charge cycle asked for by people. */
@Timeout(240)
class ChargingReadingTest {

  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
  private static final AtomicInteger TEST = new AtomicInteger();

  private final String serial = "3317" + TEST.incrementAndGet();
  private final ReadingFixture reading =
      new ReadingFixture(
          NOW, List.of(EmuMeter.Settings.builder(serial, NOW.minusSeconds(60)).build()));
  private final ChargingDriver meter =
      new ChargingDriver(reading.drivers.remove(0), serial, reading.clock);
  private final ChargingRecords records = new ChargingRecords(reading.database);

  ChargingReadingTest() {
    reading.drivers.add(meter);
  }

  @AfterEach
  void stop() {
    reading.close();
  }

  private List<String> archived() {
    return records.made(reading.meterId(0), null, null).stream().map(ArchivedRecord::text).toList();
  }

  private String attempt() {
    return reading
        .database
        .first(
            """
            select concat_ws(' ', result, fault, received) from reading_attempt
             where meter_id = ? and kind = 'CHARGING' order by started_at desc limit 1""",
            row -> row.getString(1),
            reading.meterId(0))
        .orElse("none");
  }

  private MeterOperation done(String kind, Object... parameters) throws InterruptedException {
    var id = reading.ask(0, GatewayFixture.request(kind, parameters)).get(0);
    reading.readDue();
    return reading.operation(id);
  }

  private MeterOperation step(String step) throws InterruptedException {
    return done(StepCharge.NAME, StepCharge.STEP, step);
  }

  @Test
  void archiveIsWhatTheMeterSignedAndNothingIsAskedForTwice() throws InterruptedException {
    meter.charge("1.50", "3.75");
    meter.charge("3.75", "9.00");
    meter.charge("9.00", "9.50");
    reading.readAfter(Duration.ofHours(1));
    assertThat(archived()).containsExactlyInAnyOrderElementsOf(meter.log);
    assertThat(attempt()).isEqualTo("COMPLETE 6");

    reading.readAfter(Duration.ofHours(1));
    assertThat(attempt()).isEqualTo("COMPLETE 0");
    meter.charge("9.50", "10.00");
    reading.readAfter(Duration.ofHours(1));
    assertThat(attempt()).isEqualTo("COMPLETE 2");
    assertThat(archived()).containsExactlyInAnyOrderElementsOf(meter.log);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void whatCameBeforeTheMeterFellSilentIsKeptAndTheRestFollows(int given)
      throws InterruptedException {
    meter.charge("1.50", "3.75");
    meter.charge("3.75", "9.00");
    meter.charge("9.00", "9.50");
    meter.gives = given;
    reading.readAfter(Duration.ofHours(1));
    assertThat(archived()).hasSize(given);
    assertThat(attempt()).isEqualTo("PARTIAL TIMEOUT " + given);

    meter.gives = Integer.MAX_VALUE;
    reading.readAfter(Duration.ofHours(1));
    assertThat(archived()).containsExactlyInAnyOrderElementsOf(meter.log);
    assertThat(attempt()).isEqualTo("COMPLETE " + (6 - given));
  }

  @Test
  void meterThatTellsNoKeyIsReadAllTheSame() throws InterruptedException {
    meter.key = null;
    meter.charge("1.50", "3.75");
    reading.readAfter(Duration.ofHours(1));

    assertThat(attempt()).isEqualTo("COMPLETE 2");
  }

  @Test
  void meterThatSignsNothingHasNoLineOfIt() throws InterruptedException {
    reading.drivers.clear();
    reading.drivers.add(new org.meterledger.driver.emu.EmuDriver(reading.clock));
    reading.readAfter(Duration.ofHours(1));

    assertThat(attempt()).isEqualTo("none");
  }

  @Test
  void sessionsAreMadeOfArchivedRecords() throws Exception {
    meter.charge("1.50", "3.75");
    reading.clock.advance(Duration.ofDays(3));
    meter.charge("3.75", "9.00");
    reading.readAfter(Duration.ofHours(1));
    var key =
        new RegisteredKey(
            1, ChargingPublicKey.of(meter.key), Instant.EPOCH, "somebody", NOW, null, null);
    var sessions = new ChargingSessions(records);
    var keys = new MeterKeys(List.of(key), null);

    var all = sessions.begun(reading.meterId(0), serial, keys, null, null);
    assertThat(all).hasSize(2);
    assertThat(all.get(0).session().result()).isEqualTo(Verdict.Result.VALID);
    assertThat(all.get(0).session().importEnergy().orElseThrow().energy()).isEqualTo("2.25");
    assertThat(all.get(1).digests()).hasSize(2);
    assertThat(
            sessions.begun(
                reading.meterId(0), serial, keys, NOW.plusSeconds(1), NOW.plusSeconds(2)))
        .isEmpty();
    assertThat(sessions.begun(reading.meterId(0), serial, keys, NOW, NOW.plusSeconds(1)))
        .singleElement()
        .satisfies(first -> assertThat(first.digests()).isEqualTo(all.get(0).digests()));
  }

  @Test
  void cycleIsTakenThroughStepByStepAndEachRecordIsArchived() throws InterruptedException {
    var prepared = done(PrepareCharge.NAME, PrepareCharge.INPUT, "{\"ID\":\"1F2D\",\"RD\":[]}");
    assertThat(prepared.state()).as(prepared.detail()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(meter.sent).containsExactly("{\"ID\":\"1F2D\",\"RD\":[]}");
    for (var step : List.of("BEGIN", "INTERMEDIATE", "END_WITH_BEGIN")) {
      var operation = step(step);
      assertThat(operation.state()).as(operation.detail()).isEqualTo(OperationState.SUCCEEDED);
      assertThat(GatewayFixture.result(operation).getBoolean("confirmed")).isTrue();
    }
    assertThat(archived()).containsExactlyInAnyOrderElementsOf(meter.log).hasSize(3);

    reading.readAfter(Duration.ofHours(1));
    assertThat(archived()).as("the log tells them again").hasSize(3);
    assertThat(
            reading.count(
                "select count(*) from charging_record where meter_id = ? and progressive is null",
                reading.meterId(0)))
        .isZero();
  }

  @Test
  void inTheWrongStateNothingIsSent() {
    for (var step : Step.values()) {
      for (var state : State.values()) {
        if (!step.allowedIn(state)) {
          meter.state = state;
          var refused = run(step).progress().fault();
          assertThat(refused.kind()).isEqualTo(Fault.Kind.NOT_TAKEN);
          assertThat(refused.detail()).contains("Nothing was sent", step.name(), state.name());
          assertThat(meter.sent).as(step + " " + state).isEmpty();
        }
      }
    }
    assertThat(meter.log).isEmpty();
  }

  private OperationKind.Outcome run(Step step) {
    var open =
        new OpenMeter(
            1, "model", meter.open(null, null), null, reading.clock, Duration.ofMinutes(1));
    return step == Step.PREPARE
        ? new PrepareCharge()
            .run(open, Json.createObjectBuilder().add(PrepareCharge.INPUT, "{}").build())
        : new StepCharge()
            .run(open, Json.createObjectBuilder().add(StepCharge.STEP, step.name()).build());
  }

  @Test
  void whatNoRecordCanHoldIsNotQueued() {
    Map.of(
            "{\"TT\":\"" + "€".repeat(400) + "\"}",
            "length",
            "OCMF|{}",
            "json",
            "[]",
            "json",
            "{\"ID\":\"1\"",
            "json",
            "{}{}",
            "json",
            "{\"ID\":\"1\",\"ID\":\"2\"}",
            "duplicate",
            "{\"ID\":\"1\",\"SD\":\"00\"}",
            "meter")
        .forEach(
            (input, rule) -> {
              var asked = GatewayFixture.request(PrepareCharge.NAME, PrepareCharge.INPUT, input);
              assertThatThrownBy(() -> reading.ask(0, asked))
                  .as(input)
                  .isInstanceOfSatisfying(
                      InvalidOperation.class,
                      e -> {
                        assertThat(e.field()).isEqualTo("parameters.ocmf");
                        assertThat(e.rule()).isEqualTo(rule);
                      });
            });
  }

  @Test
  void answerThatIsLostIsReadBackAndNothingIsSentAgain() throws InterruptedException {
    meter.state = State.IDLE;
    meter.answer = new CommandResult.Unconfirmed(new Fault(Fault.Kind.TIMEOUT, "No answer"));
    var lost = step("BEGIN");
    assertThat(lost.fault()).isEqualTo("NOT_TAKEN");

    meter.doesAllTheSame = true;
    meter.givesRecord = false;
    var done = step("BEGIN");
    assertThat(done.state()).as(done.detail()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(meter.sent).containsExactly("BEGIN", "BEGIN");
    reading.readAfter(Duration.ofHours(1));
    assertThat(archived()).as("the log holds what could not be fetched").hasSize(1);
  }

  @Test
  void intermediateReadingWithoutItsRecordIsNotDone() throws InterruptedException {
    meter.state = State.ACTIVE;
    meter.givesRecord = false;

    assertThat(step("INTERMEDIATE").fault()).isEqualTo("UNCONFIRMED");
  }

  @Test
  void errorsAreResetInAnyStateAndTheCycleIsTold() throws InterruptedException {
    meter.state = State.ACTIVE;
    meter.errors.add("JSON syntax");
    var told = GatewayFixture.result(done(ReadChargeCycle.NAME));
    assertThat(told.getString("chargeState")).isEqualTo("ACTIVE");
    assertThat(told.getString("chargeErrors")).isEqualTo("JSON syntax");

    assertThat(step("RESET_ERRORS").state()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(meter.errors).isEmpty();
    assertThat(meter.sent).containsExactly("RESET_ERRORS");
  }

  @Test
  void singleRecordIsReadByItsPlaceOrNumber() throws InterruptedException {
    reading.readDue();
    meter.charge("1.50", "3.75");
    var newest =
        done(
            ReadChargingRecords.NAME,
            ReadChargingRecords.LOOKUP,
            "POSITION",
            ReadChargingRecords.NUMBER,
            0);
    assertThat(newest.state()).as(newest.detail()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(archived()).containsExactly(meter.log.get(1));
    var none =
        done(
            ReadChargingRecords.NAME,
            ReadChargingRecords.LOOKUP,
            "PROGRESSIVE",
            ReadChargingRecords.NUMBER,
            9);
    assertThat(none.fault()).isEqualTo("UNSUPPORTED");
    assertThatThrownBy(() -> done(ReadChargingRecords.NAME, ReadChargingRecords.NUMBER, 1))
        .isInstanceOf(InvalidOperation.class);
    done(ReadChargingRecords.NAME);
    assertThat(archived()).hasSize(2);
  }
}
