package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meterledger.access.Access;
import org.meterledger.access.AccessLevel;
import org.meterledger.access.CurrentCaller;
import org.meterledger.access.Grant;
import org.meterledger.access.Grants;
import org.meterledger.audit.Audit;
import org.meterledger.operation.Approvals;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationRequest;
import org.meterledger.operation.OperationState;
import org.meterledger.operation.Operations;
import org.meterledger.operation.SettingsParts;
import org.meterledger.simulators.g13.Fault;

/** Settings of a meter behind a simulated gateway: read, changed, read back. */
@Timeout(120)
class SettingsOperationsTest {

  private static final Instant START = Instant.parse("2026-03-20T10:07:00Z");
  private static final String PART = "transformers";
  private static final int ADMINISTRATOR = 1;
  private static final int ALL_METERS = 1;

  private final GatewayFixture there =
      new GatewayFixture(START, START.minus(Duration.ofHours(6)), "A44 512-100");

  @AfterEach
  void stop() {
    there.close();
  }

  static JsonObject json(String text) {
    try (var reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
      return reader.readObject();
    }
  }

  private static JsonObject ratios(int current, int currentBy, int voltage, int voltageBy) {
    return Json.createObjectBuilder()
        .add("currentNumerator", current)
        .add("currentDenominator", currentBy)
        .add("voltageNumerator", voltage)
        .add("voltageDenominator", voltageBy)
        .build();
  }

  private static OperationRequest read() {
    return GatewayFixture.request(ReadSettingsPart.NAME, "part", PART);
  }

  private static OperationRequest change(JsonObject before, JsonObject after) {
    return GatewayFixture.request(
        ChangeSettings.NAME, "part", PART, "before", before, "after", after);
  }

  private JsonObject held() throws InterruptedException {
    return json(there.done(read()).result()).getJsonObject("values");
  }

  private Map<String, SettingsParts.Told> told() {
    return new SettingsParts(there.reading.database, there.reading.kinds).told(there.meterId());
  }

  private static List<String> unconfirmed(MeterOperation operation) {
    return texts(json(operation.result()).getJsonArray("unconfirmed"));
  }

  private static List<String> texts(JsonArray array) {
    return array.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
  }

  @Test
  void whatIsReadIsKeptAsWhatIsKnown() throws InterruptedException {
    assertThat(told()).isEmpty();

    var operation = there.done(read());

    assertThat(operation.state()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(json(operation.result()).getJsonObject("values")).isEqualTo(ratios(1, 1, 1, 1));
    var told = told().get(PART);
    assertThat(told.values()).isEqualTo(ratios(1, 1, 1, 1));
    assertThat(told.choices()).isEmpty();
    assertThat(told.readAt()).isEqualTo(START);
    assertThat(told.operationId()).isEqualTo(operation.id());
  }

  @Test
  void changeIsSentReadBackAndKept() throws InterruptedException {
    var after = ratios(200, 5, 1, 1);

    var operation = there.done(change(ratios(1, 1, 1, 1), after));

    assertThat(operation.state()).isEqualTo(OperationState.SUCCEEDED);
    var result = json(operation.result());
    assertThat(result.getJsonObject("before")).isEqualTo(ratios(1, 1, 1, 1));
    assertThat(result.getJsonObject("sent")).isEqualTo(after);
    assertThat(result.getJsonObject("after")).isEqualTo(after);
    assertThat(unconfirmed(operation)).isEmpty();
    assertThat(told().get(PART).values()).isEqualTo(after);
    assertThat(told().get(PART).operationId()).isEqualTo(operation.id());
    assertThat(held()).isEqualTo(after);
  }

  @Test
  void whatBreaksARuleIsRefusedByItsFieldBeforeItIsQueued() {
    var before = ratios(1, 1, 1, 1);

    assertThat(broken(before, ratios(0, 1, 1, 1)))
        .isEqualTo("parameters.after.currentNumerator range");
    assertThat(broken(before, json("{'currentNumerator':1}")))
        .isEqualTo("parameters.after.currentDenominator required");
    assertThat(broken(before, json("{'moon':1}"))).isEqualTo("parameters.after.moon unknown");
    assertThat(broken(before, before)).isEqualTo("parameters.after unchanged");
    assertThat(
            there.reading.count(
                "select count(*) from operation where meter_id = ?", there.meterId()))
        .isZero();
  }

  private String broken(JsonObject before, JsonObject after) {
    var invalid =
        catchThrowableOfType(InvalidOperation.class, () -> there.ask(change(before, after)));
    return invalid.field() + " " + invalid.rule();
  }

  @Test
  void whatSomebodyElseHasChangedIsNotOverwritten() throws InterruptedException {
    there.done(change(ratios(1, 1, 1, 1), ratios(200, 5, 1, 1)));

    var operation = there.done(change(ratios(1, 1, 1, 1), ratios(300, 1, 1, 1)));

    assertThat(operation.state()).isEqualTo(OperationState.FAILED);
    assertThat(operation.fault()).isEqualTo("CHANGED_MEANWHILE");
    assertThat(operation.detail()).contains("currentNumerator").endsWith("nothing was sent");
    var result = json(operation.result());
    assertThat(texts(result.getJsonArray("changedMeanwhile"))).containsExactly("currentNumerator");
    assertThat(result.getJsonObject("before")).isEqualTo(ratios(200, 5, 1, 1));
    assertThat(held()).isEqualTo(ratios(200, 5, 1, 1));
  }

  @Test
  void whatSomebodyElseHasChangedBesidesStays() throws InterruptedException {
    there.done(change(ratios(1, 1, 1, 1), ratios(200, 5, 1, 1)));

    var operation = there.done(change(ratios(1, 1, 1, 1), ratios(1, 1, 20, 1)));

    assertThat(operation.state()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(held()).isEqualTo(ratios(200, 5, 20, 1));
  }

  @Test
  void whatIsThereAlreadyIsNotSentAgain() throws InterruptedException {
    var asked = change(ratios(1, 1, 1, 1), ratios(200, 5, 1, 1));
    there.done(asked);

    var operation = there.done(asked);

    assertThat(operation.state()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(json(operation.result())).doesNotContainKey("sent");
  }

  @Test
  void meterThatIsOfflineWhenItIsWrittenHoldsWhatItHeld() throws InterruptedException {
    there.gateway().inject(Fault.METER_OFFLINE, 1, there.path("transformersettings"));

    var operation = there.done(change(ratios(1, 1, 1, 1), ratios(200, 5, 1, 1)));

    assertThat(operation.state()).isEqualTo(OperationState.FAILED);
    assertThat(unconfirmed(operation)).containsExactly("currentNumerator", "currentDenominator");
    assertThat(json(operation.result()).getJsonObject("after")).isEqualTo(ratios(1, 1, 1, 1));
    assertThat(held()).isEqualTo(ratios(1, 1, 1, 1));
  }

  @Test
  void answerThatIsLostAfterTheWriteIsFoundOutByReadingBack() throws InterruptedException {
    there.gateway().inject(Fault.BODY_CUT, 1, there.path("transformersettings"));

    var operation = there.done(change(ratios(1, 1, 1, 1), ratios(200, 5, 1, 1)));

    assertThat(operation.state()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(unconfirmed(operation)).isEmpty();
    assertThat(held()).isEqualTo(ratios(200, 5, 1, 1));
  }

  @Test
  void changeThatIsTakenInPartTellsWhatTook() throws InterruptedException {
    there.gateway().inject(Fault.PARTIAL_UPDATE, 1, there.path("transformersettings"));

    var operation = there.done(change(ratios(1, 1, 1, 1), ratios(200, 5, 20, 1)));

    assertThat(operation.fault()).isEqualTo("PARTLY_TAKEN");
    assertThat(operation.detail())
        .contains("has taken currentNumerator, but not currentDenominator, voltageNumerator");
    assertThat(unconfirmed(operation)).containsExactly("currentDenominator", "voltageNumerator");
    assertThat(told().get(PART).values()).isEqualTo(ratios(200, 1, 1, 1));
  }

  @Test
  void meterThatRefusesTellsWhy() throws InterruptedException {
    there.meter().setWritesDenied(true);

    var operation = there.done(change(ratios(1, 1, 1, 1), ratios(200, 5, 1, 1)));

    assertThat(operation.state()).isEqualTo(OperationState.FAILED);
    assertThat(operation.fault()).isEqualTo("ACCESS_DENIED");
    assertThat(held()).isEqualTo(ratios(1, 1, 1, 1));
  }

  @Test
  void accountThatMayOnlyLookReadsAndIsRefusedTheChange() throws InterruptedException {
    there.comesAsViewer();
    assertThat(held()).isEqualTo(ratios(1, 1, 1, 1));

    var operation = there.done(change(ratios(1, 1, 1, 1), ratios(200, 5, 1, 1)));

    assertThat(operation.state()).isEqualTo(OperationState.FAILED);
    assertThat(operation.fault()).isEqualTo("ACCESS_DENIED");
    assertThat(held()).isEqualTo(ratios(1, 1, 1, 1));
  }

  @Test
  void changeThatALostNodeHadBegunIsNotRepeatedUnseen() throws InterruptedException {
    long id = there.ask(change(ratios(1, 1, 1, 1), ratios(200, 5, 1, 1)));
    there.reading.database.update(
        "update operation set state = 'RUNNING', node = 'lost', attempts = 1 where id = ?", id);
    there.reading.database.update(
        "update meter_contact set leased_by = 'lost', leased_until = ? where meter_id = ?",
        there.reading.clock.instant(),
        there.meterId());

    there.reading.sweep();
    there.reading.database.update("update meter_contact set leased_by = null");
    there.reading.readDue();

    assertThat(there.reading.operation(id).state()).isEqualTo(OperationState.FAILED);
    assertThat(there.reading.operation(id).fault()).isEqualTo("UNCONFIRMED");
    assertThat(held()).isEqualTo(ratios(1, 1, 1, 1));
  }

  /** Somebody with an account, who may everything. */
  private final class Person {
    final String name;
    final CurrentCaller caller = new CurrentCaller();
    final Access access = new Access(there.reading.database, caller);
    final Audit audit = new Audit(there.reading.database, caller, there.reading.clock);
    final Grants grants = new Grants(there.reading.database);

    Person(String name) {
      this.name = name;
      int id =
          there
              .reading
              .database
              .first(
                  """
                  insert into account (name, name_key, password_hash, enabled, version,
                                       created_at, password_changed_at)
                  values (?, ?, '', true, 0, ?, ?) returning id""",
                  row -> row.getInt(1),
                  name,
                  name,
                  START,
                  START)
              .orElseThrow();
      there.reading.database.inTransaction(
          connection -> {
            grants.replace(
                connection,
                id,
                List.of(new Grant(ADMINISTRATOR, ALL_METERS, AccessLevel.CONFIGURE)));
            return null;
          });
      caller.is(id, name, null, grants.privileges(id));
    }

    long asks(OperationRequest request) {
      return new Operations(
              there.reading.database, there.reading.kinds, access, audit, there.reading.clock)
          .submit(there.meterId(), GatewayFixture.MODEL, there.serial, request, name, null)
          .get(0);
    }

    void approves(long id) {
      new Approvals(
              there.reading.database,
              access,
              caller,
              grants,
              there.reading.kinds,
              audit,
              there.reading.clock)
          .approve(id);
    }
  }

  @Test
  void whereFourEyesAreAskedNothingIsSentBeforeTheSecondAgrees() throws InterruptedException {
    there.reading.database.update(
        "insert into operation_rule (kind, approval, set_by, set_at) values (?, true, 'test', ?)",
        ChangeSettings.NAME,
        START);
    try {
      long id =
          new Person(there.serial + "-a").asks(change(ratios(1, 1, 1, 1), ratios(200, 5, 1, 1)));
      there.reading.readDue();
      assertThat(there.reading.operation(id).state()).isEqualTo(OperationState.AWAITING_APPROVAL);
      assertThat(held()).isEqualTo(ratios(1, 1, 1, 1));

      new Person(there.serial + "-b").approves(id);
      there.reading.readDue();
      assertThat(there.reading.operation(id).state()).isEqualTo(OperationState.SUCCEEDED);
      assertThat(held()).isEqualTo(ratios(200, 5, 1, 1));
    } finally {
      there.reading.database.update(
          "delete from operation_rule where kind = ?", ChangeSettings.NAME);
    }
  }
}
