package org.meterledger.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.access.MeterScope;
import org.meterledger.access.TestAccess;
import org.meterledger.audit.TestAudit;
import org.meterledger.driver.Capability;
import org.meterledger.driver.LoadProfileSource;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.TariffTarget;
import org.meterledger.driver.emu.EmuDriver;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.operation.OperationRequest.Step;
import org.meterledger.server.Database;
import org.meterledger.server.TestDatabase;

/** What may be queued, and what is refused as a whole. */
class OperationsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String MODEL = "emu-professional-ii";
  private static final AtomicInteger SERIAL = new AtomicInteger();

  private final Database database = TestDatabase.database();
  private final OperationKinds kinds =
      new OperationKinds(
          List.of(
              new Kind("LOOK", null),
              new Kind("RANGE", LoadProfileSource.class),
              new Kind("TARIFF", TariffTarget.class)),
          List.<MeterDriver>of(new EmuDriver(CLOCK)),
          new MeterModels());
  private final Operations operations =
      new Operations(
          database, kinds, TestAccess.everything(database), TestAudit.of(database, CLOCK), CLOCK);
  private final OperationList list = new OperationList(database);

  /** Kinds with the three types of parameter; they are queued here, never run. */
  private record Kind(String name, Class<? extends Capability> needs) implements OperationKind {
    @Override
    public List<OperationParameter> parameters(MeterSession unopened) {
      return needs == null
          ? List.of()
          : List.of(
              OperationParameter.time("from", true),
              OperationParameter.choice("profile", false, List.of("1-0:99.1.0*255")),
              new OperationParameter(
                  "rows", OperationParameter.Type.NUMBER, false, List.of(), 1, 100));
    }

    @Override
    public Outcome run(OpenMeter meter, JsonObject parameters) {
      throw new IllegalStateException("Nobody runs it here");
    }
  }

  private String meter() {
    String serial = "operation-" + SERIAL.incrementAndGet();
    TestDatabase.meter(serial, "http://127.0.0.1:1");
    return serial;
  }

  private int id(String serial) {
    return database
        .first("select id from meter where serial_number = ?", row -> row.getInt(1), serial)
        .orElseThrow();
  }

  private List<Long> submit(String serial, OperationRequest request, String key) {
    return operations.submit(id(serial), MODEL, serial, request, "test", key);
  }

  private long count(String serial) {
    return list.count(MeterScope.EVERYTHING, OperationFilter.ofMeter(serial));
  }

  private List<String> told(String action, String subject) {
    return database.query(
        "select after from audit_entry where action = ? and subject = ? order by id",
        row -> row.getString(1),
        action,
        subject);
  }

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
  }

  private static OperationRequest look() {
    return OperationRequest.of("LOOK", null);
  }

  private static OperationRequest look(
      Integer priority, Instant notBefore, Instant expiresAt, String correlationId) {
    return new OperationRequest(
        "LOOK", null, List.of(), priority, notBefore, expiresAt, false, true, correlationId);
  }

  @Test
  void whatIsQueuedTellsWhatWasAsked() {
    var serial = meter();
    var request =
        new OperationRequest(
            "RANGE",
            json("{'from':'2026-11-01T00:00:00Z'}"),
            List.of(),
            9,
            NOW.plusSeconds(60),
            NOW.plusSeconds(600),
            true,
            false,
            "order 77");
    long id = submit(serial, request, null).get(0);
    assertThat(list.find(MeterScope.EVERYTHING, id))
        .hasValueSatisfying(
            queued -> {
              assertThat(queued.serialNumber()).isEqualTo(serial);
              assertThat(queued.kind()).isEqualTo("RANGE");
              assertThat(json(queued.parameters())).isEqualTo(request.parameters());
              assertThat(queued.priority()).isEqualTo(9);
              assertThat(queued.notBefore()).isEqualTo(NOW.plusSeconds(60));
              assertThat(queued.dueAt()).isEqualTo(queued.notBefore());
              assertThat(queued.expiresAt()).isEqualTo(NOW.plusSeconds(600));
              assertThat(queued.bypassRetry()).isTrue();
              assertThat(queued.correlationId()).isEqualTo("order 77");
              assertThat(queued.requestedBy()).isEqualTo("test");
              assertThat(queued.requestedAt()).isEqualTo(NOW);
              assertThat(queued.state()).isEqualTo(OperationState.QUEUED);
              assertThat(queued.bundleId()).isNull();
            });
  }

  @Test
  void whatIsLeftOutIsAsUsual() {
    long id = submit(meter(), look(), null).get(0);
    var queued = list.find(MeterScope.EVERYTHING, id).orElseThrow();
    assertThat(queued.priority()).isEqualTo(4);
    assertThat(queued.notBefore()).isEqualTo(NOW);
    assertThat(queued.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(1)));
    assertThat(queued.correlationId()).isEqualTo(String.valueOf(id));
  }

  @Test
  void idsAreOrderedByTimeAndExactInADouble() {
    var serial = meter();
    long first = submit(serial, look(), null).get(0);
    long second = submit(serial, look(), null).get(0);
    assertThat(second).isGreaterThan(first);
    assertThat((long) (double) second).isEqualTo(second);
    assertThat(first)
        .isBetween(NewOperations.firstId(NOW), NewOperations.firstId(NOW.plusSeconds(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12 |      |        | x   | priority      | range",
        "-1 |      |        | x   | priority      | range",
        "   |      | -1     | x   | expiresAt     | future",
        "   |      | 0      | x   | expiresAt     | future",
        "   | 600  | 600    | x   | expiresAt     | range",
        "   |      | 9000000| x   | expiresAt     | range",
        "   | 9000000 |     | x   | notBefore     | range",
        "   |      |        | ''  | correlationId | size",
      })
  void ruleThatIsBrokenIsNamedAndNothingQueued(
      Integer priority,
      Long notBefore,
      Long expires,
      String correlation,
      String field,
      String rule) {
    var serial = meter();
    var request =
        look(
            priority,
            notBefore == null ? null : NOW.plusSeconds(notBefore),
            expires == null ? null : NOW.plusSeconds(expires),
            correlation);
    assertThatThrownBy(() -> submit(serial, request, null))
        .isInstanceOfSatisfying(
            InvalidOperation.class,
            invalid -> {
              assertThat(invalid.field()).isEqualTo(field);
              assertThat(invalid.rule()).isEqualTo(rule);
            });
    assertThat(count(serial)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NOTHING | {}                                            | kind               | unknown",
        "        | {}                                            | kind               | required",
        "TARIFF  | {'from':'2026-11-01T00:00:00Z'}               | kind               | unsupported",
        "LOOK    | {'from':'2026-11-01T00:00:00Z'}               | parameters.from    | unknown",
        "RANGE   | {}                                            | parameters.from    | required",
        "RANGE   | {'from':'yesterday'}                          | parameters.from    | type",
        "RANGE   | {'from':5}                                    | parameters.from    | type",
        "RANGE   | {'from':'2026-11-01T00:00:00Z','profile':'9'} | parameters.profile | unknown",
        "RANGE   | {'from':'2026-11-01T00:00:00Z','rows':0}      | parameters.rows    | range",
        "RANGE   | {'from':'2026-11-01T00:00:00Z','rows':1e99}   | parameters.rows    | range",
        "RANGE   | {'from':'2026-11-01T00:00:00Z','rows':'many'} | parameters.rows    | range",
      })
  void parametersThatTheModelDoesNotAllowAreRefused(
      String kind, String parameters, String field, String rule) {
    var serial = meter();
    assertThatThrownBy(() -> submit(serial, OperationRequest.of(kind, json(parameters)), null))
        .isInstanceOfSatisfying(
            InvalidOperation.class,
            invalid -> {
              assertThat(invalid.field()).isEqualTo(field);
              assertThat(invalid.rule()).isEqualTo(rule);
            });
    assertThat(count(serial)).isZero();
  }

  @Test
  void oneBadStepRefusesTheWholeBundle() {
    var serial = meter();
    var request =
        new OperationRequest(
            null,
            null,
            List.of(new Step("LOOK", null), new Step("RANGE", null)),
            null,
            null,
            null,
            false,
            true,
            null);
    assertThatThrownBy(() -> submit(serial, request, null))
        .isInstanceOfSatisfying(
            InvalidOperation.class,
            invalid -> assertThat(invalid.field()).isEqualTo("steps[1].parameters.from"));
    assertThat(count(serial)).isZero();
  }

  @Test
  void stepsOfABundleKnowEachOther() {
    var serial = meter();
    var ids =
        submit(
            serial,
            new OperationRequest(
                null,
                null,
                List.of(new Step("LOOK", null), new Step("LOOK", null)),
                null,
                null,
                null,
                false,
                true,
                null),
            null);
    assertThat(list.bundle(MeterScope.EVERYTHING, ids.get(0)))
        .extracting(MeterOperation::id)
        .containsExactlyElementsOf(ids);
  }

  @Test
  void theSameRequestUnderTheSameKeyIsDoneOnce() throws Exception {
    var serial = meter();
    String key = "key-" + serial;
    var executor = Executors.newFixedThreadPool(4);
    try {
      var calls = new ArrayList<Callable<List<Long>>>();
      for (int i = 0; i < 4; i++) {
        calls.add(
            () ->
                operations.submit(
                    id(serial), MODEL, serial, look(3, null, null, "a"), "first", key));
      }
      operations.submit(id(serial), MODEL, serial, look(3, null, null, "a"), "first", key);
      var answers = new ArrayList<List<Long>>();
      for (var call : executor.invokeAll(calls)) {
        answers.add(call.get());
      }
      assertThat(answers).hasSize(4).containsOnly(answers.get(0));
    } finally {
      executor.shutdownNow();
    }
    assertThat(count(serial)).isEqualTo(1);
    assertThat(told("OPERATION_REQUEST", serial)).hasSize(1);
    assertThatThrownBy(
            () ->
                operations.submit(
                    id(serial), MODEL, serial, look(4, null, null, "a"), "first", key))
        .isInstanceOfSatisfying(
            InvalidOperation.class,
            invalid -> assertThat(invalid.field()).isEqualTo("Idempotency-Key"));
    operations.submit(id(serial), MODEL, serial, look(), "second", key);
    assertThat(count(serial)).isEqualTo(2);
  }

  @Test
  void offersAreWhatTheModelCanDo() {
    assertThat(kinds.offers(MODEL))
        .extracting(OperationKinds.Offer::kind)
        .containsExactly("LOOK", "RANGE");
  }
}
