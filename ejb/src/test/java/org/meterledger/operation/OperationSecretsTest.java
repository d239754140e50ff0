package org.meterledger.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meterledger.access.MeterScope;
import org.meterledger.access.TestAccess;
import org.meterledger.audit.TestAudit;
import org.meterledger.driver.Capability;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.emu.EmuDriver;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.meter.MeterSecrets;
import org.meterledger.meter.UnreadableSecret;
import org.meterledger.notice.Notices;
import org.meterledger.server.Database;
import org.meterledger.server.Node;
import org.meterledger.server.TestDatabase;

/** What is given along with an operation and nobody may read. */
class OperationSecretsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String MODEL = "emu-professional-ii";
  private static final String SECRET = "correct horse battery";
  private static final AtomicInteger SERIAL = new AtomicInteger();

  private final Database database = TestDatabase.database();
  private final MeterSecrets secrets =
      new MeterSecrets(Base64.getEncoder().encodeToString(new byte[32]));
  private final OperationKinds kinds =
      new OperationKinds(
          List.of(new Unlock()), List.<MeterDriver>of(new EmuDriver(CLOCK)), new MeterModels());
  private final OperationList list = new OperationList(database);
  private final String serial = "secret-" + SERIAL.incrementAndGet();
  private final int meterId = TestDatabase.meter(serial, "http://127.0.0.1:1");

  /** Takes a secret and something that is none. */
  private static final class Unlock implements OperationKind {
    @Override
    public String name() {
      return "UNLOCK";
    }

    @Override
    public Class<? extends Capability> needs() {
      return null;
    }

    @Override
    public List<OperationParameter> parameters(MeterSession unopened) {
      return List.of(
          OperationParameter.secret("password", true, 40),
          OperationParameter.text("place", false, 40));
    }

    @Override
    public Outcome run(OpenMeter meter, JsonObject parameters) {
      throw new IllegalStateException("Nobody runs it here");
    }
  }

  @AfterEach
  void end() {
    database.update("delete from operation where meter_id = ?", meterId);
    database.update("delete from operation_secret");
  }

  private Operations operations(MeterSecrets with) {
    return new Operations(
        database,
        kinds,
        with,
        TestAccess.everything(database),
        TestAudit.of(database, CLOCK),
        CLOCK);
  }

  private OperationQueue queue(MeterSecrets with) {
    return new OperationQueue(
        database, new Node("test"), new Notices(database), new OperationSecrets(database, with));
  }

  private static JsonObject given() {
    return Json.createObjectBuilder().add("password", SECRET).add("place", "door").build();
  }

  private long submit(String key) {
    return operations(secrets)
        .submit(meterId, MODEL, serial, OperationRequest.of("UNLOCK", given()), "test", key)
        .get(0);
  }

  private QueuedOperation queued(long id) {
    var shown = list.find(MeterScope.EVERYTHING, id).orElseThrow();
    return new QueuedOperation(
        id,
        meterId,
        null,
        0,
        shown.kind(),
        OperationQueue.json(shown.parameters()),
        shown.expiresAt(),
        false,
        true,
        "",
        0);
  }

  private long kept() {
    return database
        .first("select count(*) from operation_secret", row -> row.getLong(1))
        .orElseThrow();
  }

  @Test
  void secretIsForWhoDoesItAndForNobodyElse() {
    long id = submit(null);

    assertThat(queued(id).parameters())
        .isEqualTo(Json.createObjectBuilder(given()).add("password", "***").build());
    assertThat(queue(secrets).parameters(queued(id))).isEqualTo(given());
  }

  @Test
  void nothingThatIsStoredHoldsItInClear() {
    submit("key of " + serial);
    var group = new java.util.ArrayList<String>();
    for (var table : List.of("operation", "operation_secret", "operation_request", "audit_entry")) {
      group.addAll(database.query("select t::text from " + table + " t", row -> row.getString(1)));
    }
    var hex = java.util.HexFormat.of().formatHex(SECRET.getBytes());

    assertThat(group)
        .hasSizeGreaterThan(3)
        .noneMatch(row -> row.contains(SECRET) || row.contains(hex));
  }

  @Test
  void manyMetersShareOne() {
    long request =
        operations(secrets)
            .submitToMeters(List.of(serial), OperationRequest.of("UNLOCK", given()), "test", null);
    long id =
        database
            .first("select id from operation where group_id = ?", row -> row.getLong(1), request)
            .orElseThrow();

    assertThat(queue(secrets).parameters(queued(id))).isEqualTo(given());
    assertThat(
            database.query(
                "select parameters::text from operation_group where id = ?",
                row -> row.getString(1),
                request))
        .singleElement()
        .asString()
        .contains("***")
        .doesNotContain(SECRET);
  }

  @Test
  void stepsOfABundleKeepTheirOwn() {
    var other = Json.createObjectBuilder().add("password", "another one").build();
    var bundle =
        new OperationRequest(
            null,
            null,
            List.of(
                new OperationRequest.Step("UNLOCK", given()),
                new OperationRequest.Step("UNLOCK", other)),
            null,
            null,
            null,
            false,
            true,
            null);
    var ids = operations(secrets).submit(meterId, MODEL, serial, bundle, "test", null);

    assertThat(queue(secrets).parameters(queued(ids.get(0)))).isEqualTo(given());
    assertThat(queue(secrets).parameters(queued(ids.get(1)))).isEqualTo(other);
    assertThat(bundle.steps().get(0).parameters()).isEqualTo(given());
  }

  @Test
  void itIsForgottenWhenNoOperationWaitsAnyMore() {
    long id = submit(null);
    queue(secrets).sweep(NOW, List.of());
    assertThat(kept()).isEqualTo(1);

    queue(secrets).sweep(NOW.plus(Duration.ofDays(2)), List.of());
    assertThat(kept()).isZero();
    assertThatThrownBy(() -> queue(secrets).parameters(queued(id)))
        .isInstanceOf(UnreadableSecret.class)
        .hasMessageContaining("gone");
  }

  @Test
  void withoutMasterKeyNothingIsQueued() {
    assertThatThrownBy(
            () ->
                operations(new MeterSecrets(""))
                    .submit(
                        meterId, MODEL, serial, OperationRequest.of("UNLOCK", given()), "t", null))
        .isInstanceOfSatisfying(
            InvalidOperation.class,
            refusal -> {
              assertThat(refusal.field()).isEqualTo("parameters.password");
              assertThat(refusal.rule()).isEqualTo("unavailable");
              assertThat(refusal.getMessage()).doesNotContain(SECRET);
            });
    assertThat(kept()).isZero();
  }

  @Test
  void tooLongSecretIsRefusedWithoutBeingRepeated() {
    var parameters = Json.createObjectBuilder().add("password", SECRET.repeat(3)).build();

    assertThatThrownBy(
            () ->
                operations(secrets)
                    .submit(
                        meterId,
                        MODEL,
                        serial,
                        OperationRequest.of("UNLOCK", parameters),
                        "t",
                        null))
        .isInstanceOf(InvalidOperation.class)
        .hasMessageContaining("1 to 40")
        .message()
        .doesNotContain(SECRET);
  }
}
