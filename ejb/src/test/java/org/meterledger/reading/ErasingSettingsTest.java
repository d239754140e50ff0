package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.meterledger.reading.SettableEmu.rows;
import static org.meterledger.reading.SettingsOperationsTest.json;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationRequest;
import org.meterledger.operation.OperationState;
import org.meterledger.server.Database;
import org.meterledger.simulators.emu.EmuMeter;
import org.meterledger.simulators.emu.Fault;

/** What is erased is archived first; rows come and go; clocks go on. */
@Timeout(120)
class ErasingSettingsTest {

  private static final Instant START = Instant.parse("2026-09-20T00:00:00Z");
  private static final LocalDateTime SEEN = LocalDateTime.parse("2026-09-20T20:58:00");
  private static final AtomicInteger SERIAL = new AtomicInteger(22_990_000);

  private final ReadingFixture reading =
      new ReadingFixture(
          START.plus(Duration.ofDays(1)),
          List.of(
              EmuMeter.Settings.builder(String.valueOf(SERIAL.getAndIncrement()), START).build()));
  private SettableEmu emu;

  @BeforeEach
  void giveItSettings() {
    reading.database.update("delete from reading_task");
    emu = new SettableEmu(reading.drivers.get(0), new HashMap<>());
    emu.held.put("channels", () -> rows("a", 100, "r", 200));
    emu.held.put(
        "clock",
        () ->
            clock(
                LocalDateTime.ofInstant(reading.clock.instant(), ZoneOffset.UTC).minusHours(3),
                false));
    emu.held.put("forgetful", () -> json("{'on':false}"));
    reading.drivers.set(0, emu);
  }

  @AfterEach
  void stop() {
    reading.close();
  }

  private static JsonObject clock(LocalDateTime at, boolean summer) {
    return Json.createObjectBuilder().add("at", at.toString()).add("summer", summer).build();
  }

  private static OperationRequest change(String part, JsonObject before, JsonObject after) {
    return OperationRequest.of(
        ChangeSettings.NAME,
        Json.createObjectBuilder()
            .add("part", part)
            .add("before", before)
            .add("after", after)
            .build());
  }

  private MeterOperation done(String part, JsonObject before, JsonObject after)
      throws InterruptedException {
    long id = reading.ask(0, change(part, before, after)).get(0);
    reading.readDue();
    return reading.operation(id);
  }

  @Test
  void whatAChangeErasesIsArchivedBeforeItIsSent() throws InterruptedException {
    var archived = new HashMap<String, List<String>>();
    emu.taking =
        sent -> {
          archived.put("when written", reading.archived(0));
          return sent;
        };
    assertThat(reading.archived(0)).isEmpty();

    var operation = done("channels", rows("a", 100, "r", 200), rows("a", 100));

    assertThat(operation.state()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(archived.get("when written")).isEqualTo(reading.truth(0)).isNotEmpty();
    assertThat(json(operation.result()).getInt("archived"))
        .isGreaterThanOrEqualTo(reading.truth(0).size());
    assertThat(json(operation.result()).getJsonObject("after")).isEqualTo(rows("a", 100));
  }

  @Test
  void gapThatWasLeftForLaterIsFilledBeforeTheMeterForgets() throws InterruptedException {
    done("channels", rows("a", 100, "r", 200), rows("a", 100, "r", 300));
    lose(3);
    assertThat(reading.archived(0)).hasSize(reading.truth(0).size() - 3);

    var operation = done("channels", rows("a", 100, "r", 300), rows("a", 100));

    assertThat(operation.state()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(reading.archived(0)).isEqualTo(reading.truth(0));
  }

  /** So many rows in the middle of the archive are not there, and not due to be asked for. */
  private void lose(int rows) {
    int profile =
        reading.count(
            "select id from load_profile where meter_id = ? and obis = '1-0:99.1.0*255'",
            reading.meterId(0));
    var ends =
        reading.database.query(
            "select period_end from load_profile_entry where profile_id = ? order by period_end"
                + " offset 10 limit ?",
            row -> Database.instant(row, "period_end"),
            profile,
            rows + 2);
    reading.database.update(
        "delete from load_profile_entry where profile_id = ? and period_end > ? and period_end < ?",
        profile,
        ends.get(0),
        ends.get(rows + 1));
    reading.database.update(
        """
        insert into load_profile_gap (profile_id, after, before, missing, found_at, asked, ask_at)
        values (?, ?, ?, ?, ?, 0, ?)""",
        profile,
        ends.get(0),
        ends.get(rows + 1),
        rows,
        reading.clock.instant(),
        reading.clock.instant().plus(Duration.ofDays(9)));
  }

  @Test
  void whatCannotBeArchivedIsNotErased() throws InterruptedException {
    reading.meter(0).inject(Fault.HTTP_500, 100, "/data/");
    var before = rows("a", 100, "r", 200);

    var operation = done("channels", before, rows("a", 100));

    assertThat(operation.state()).isEqualTo(OperationState.FAILED);
    assertThat(operation.detail())
        .startsWith("What the change erases could not be archived")
        .endsWith("nothing was sent");
    assertThat(emu.held.get("channels").get()).isEqualTo(before);
  }

  @Test
  void whatThePortalCannotArchiveIsNotErasedEither() throws InterruptedException {
    var operation = done("forgetful", json("{'on':false}"), json("{'on':true}"));

    assertThat(operation.fault()).isEqualTo("UNSUPPORTED");
    assertThat(operation.detail()).contains("DEMAND").endsWith("nothing was sent");
    assertThat(emu.held.get("forgetful").get()).isEqualTo(json("{'on':false}"));
  }

  @Test
  void rowsAreChangedOnlyAsLongAsTheirPlacesAreTheSame() throws InterruptedException {
    emu.held.put("channels", () -> rows("a", 100, "r", 300));
    var one = done("channels", rows("a", 100, "r", 200), rows("a", 150, "r", 200));
    assertThat(one.state()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(emu.held.get("channels").get()).isEqualTo(rows("a", 150, "r", 300));

    var fewer = done("channels", rows("a", 150, "r", 200), rows("a", 150));
    assertThat(fewer.fault()).isEqualTo("CHANGED_MEANWHILE");
    assertThat(emu.held.get("channels").get()).isEqualTo(rows("a", 150, "r", 300));
  }

  @Test
  void ruleOverAllRowsIsToldBeforeAnythingIsQueued() {
    var request = change("channels", rows("a", 100), rows("a", 40_000, "r", 1));

    var broken = catchThrowableOfType(InvalidOperation.class, () -> reading.ask(0, request));

    assertThat(broken.field()).isEqualTo("parameters.after.rows");
    assertThat(broken.rule()).isEqualTo("sum");
  }

  @Test
  void ruleThatIsBrokenTogetherWithAChangeOfSomebodyElseIsTold() throws InterruptedException {
    emu.held.put("channels", () -> rows("a", 100, "r", 39_000));

    var operation = done("channels", rows("a", 100, "r", 200), rows("a", 2_000, "r", 200));

    assertThat(operation.fault()).isEqualTo("CHANGED_MEANWHILE");
    assertThat(operation.detail()).contains("40000");
    assertThat(emu.held.get("channels").get()).isEqualTo(rows("a", 100, "r", 39_000));
  }

  @Test
  void choiceThatTheMeterDoesNotOfferIsNotSent() throws InterruptedException {
    var operation = done("channels", rows("a", 100, "r", 200), rows("a", 100, "x", 200));

    assertThat(operation.fault()).isEqualTo("NOT_TAKEN");
    assertThat(operation.detail()).contains("rows.1.quantity").endsWith("nothing was sent");
    assertThat(emu.held.get("channels").get()).isEqualTo(rows("a", 100, "r", 200));
  }

  @Test
  void timeIsSetThoughItIsNeverReadBackToTheSecond() throws InterruptedException {
    var wanted = LocalDateTime.parse("2026-09-21T00:00:00");
    emu.taking = sent -> clock(wanted.plusSeconds(2), sent.getBoolean("summer"));
    var seen = clock(SEEN, false);

    assertThat(done("clock", seen, clock(wanted, false)).state())
        .isEqualTo(OperationState.SUCCEEDED);
    emu.taking = sent -> clock(wanted.plusHours(2), sent.getBoolean("summer"));
    var wrong = done("clock", seen, clock(wanted.plusSeconds(1), false));
    assertThat(wrong.fault()).isEqualTo("NOT_TAKEN");
    assertThat(json(wrong.result()).getJsonArray("unconfirmed").getString(0)).isEqualTo("at");
  }

  @Test
  void clockThatGoesOnIsNoChangeOfSomebodyElse() throws InterruptedException {
    var operation = done("clock", clock(SEEN, false), clock(SEEN, true));

    assertThat(operation.state()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(emu.held.get("clock").get().getBoolean("summer")).isTrue();
  }

  @Test
  void answerThatIsLostAndNothingTakenIsToldAsNotTaken() throws InterruptedException {
    emu.taking = sent -> rows("a", 100, "r", 200);
    emu.answer = () -> new CommandResult.Unconfirmed(fault(Kind.TIMEOUT));

    var operation = done("channels", rows("a", 100, "r", 200), rows("a", 100));

    assertThat(operation.fault()).isEqualTo("NOT_TAKEN");
    assertThat(operation.detail()).contains("the answer was lost: fault of a test");
  }

  @Test
  void whatCannotBeReadBackIsUnconfirmed() throws InterruptedException {
    emu.answer =
        () -> {
          emu.fault = fault(Kind.TIMEOUT);
          return new CommandResult.Accepted(START);
        };

    var operation = done("channels", rows("a", 100, "r", 200), rows("a", 100, "r", 300));

    assertThat(operation.fault()).isEqualTo("UNCONFIRMED");
    assertThat(json(operation.result()).getJsonArray("unconfirmed").getString(0))
        .isEqualTo("rows.1.items");
    assertThat(json(operation.result())).doesNotContainKey("after");
  }

  @Test
  void whatWasNotReachedForTheWriteWasNotChanged() throws InterruptedException {
    emu.answer =
        () -> {
          emu.fault = fault(Kind.UNREACHABLE);
          return new CommandResult.Refused(emu.fault);
        };

    var operation = done("clock", clock(SEEN, false), clock(SEEN, true));

    assertThat(operation.fault()).isEqualTo("UNREACHABLE");
  }

  private static org.meterledger.driver.Fault fault(Kind kind) {
    return new org.meterledger.driver.Fault(kind, "fault of a test");
  }
}
