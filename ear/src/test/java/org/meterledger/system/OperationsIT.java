package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.system.Portal.assertProblem;
import static org.meterledger.system.Portal.assertRefused;

import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.simulators.emu.EmuMeter;
import org.meterledger.simulators.emu.EmuSimulator;

/** Operations and reading plans through the API of the deployed system, on a simulated meter. */
@ExtendWith(PortalExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class OperationsIT {

  private static final String SERIAL = "22359001";
  private static final Instant BEGIN =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(2));

  private final ApiClient admin;
  private final ApiClient viewer;
  private EmuSimulator meters;

  OperationsIT(Portal portal) {
    this.admin = portal.admin();
    this.viewer = portal.viewer();
  }

  @BeforeAll
  void addMeter() throws Exception {
    meters =
        EmuSimulator.start(
            List.of(EmuMeter.Settings.builder(SERIAL, BEGIN).build()), 0, InstantSource.system());
    var added =
        admin.post(
            "meters",
            ("{'serialNumber':'%s','model':'emu-professional-ii','address':'%s',"
                    + "'timeZone':'Europe/Zurich'}")
                .formatted(SERIAL, meters.uri(0)));
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
  }

  @AfterAll
  void removeMeter() throws Exception {
    admin.send("DELETE", "meters/" + SERIAL, null);
    meters.close();
  }

  private String submit(String body) throws Exception {
    var answer = admin.post("operations", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return JsonPath.from(answer.body()).getString("operations[0]");
  }

  private JsonPath awaitEnd(String id) throws Exception {
    var answer = viewer.get("operations/" + id + "?wait=60");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonPath.from(answer.body());
  }

  private static String to(String rest) {
    return "{'meter':'" + SERIAL + "'," + rest + "}";
  }

  @Test
  void whoWaitsGetsTheResult() throws Exception {
    var operation =
        awaitEnd(submit(to("'kind':'READ_REGISTERS','priority':9,'correlationId':'order 7'")));
    assertThat(operation.getString("state")).isEqualTo("SUCCEEDED");
    assertThat(operation.getString("meter")).isEqualTo(SERIAL);
    assertThat(operation.getString("correlationId")).isEqualTo("order 7");
    assertThat(operation.getString("requestedBy")).isEqualTo("anna");
    assertThat(operation.getList("result.registers.obis")).contains("1-0:1.8.0*255");

    var attempts = viewer.get("operations/" + operation.getString("id") + "/attempts");
    assertThat(JsonPath.from(attempts.body()).getList("result")).contains("COMPLETE");
  }

  @Test
  void aBundleIsDoneInItsOrder() throws Exception {
    var answer =
        admin.post(
            "operations",
            to(
                "'steps':[{'kind':'IDENTIFY'},{'kind':'READ_LOAD_PROFILE','parameters':"
                    + "{'from':'%s','to':'%s'}},{'kind':'READ_CLOCK'}]"
                        .formatted(BEGIN, BEGIN.plus(Duration.ofHours(6)))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    var ids = JsonPath.from(answer.body()).getList("operations", String.class);
    assertThat(ids).hasSize(3);
    for (var id : ids) {
      assertThat(awaitEnd(id).getString("state")).isEqualTo("SUCCEEDED");
    }
    assertThat(awaitEnd(ids.get(1)).getInt("result.received")).isEqualTo(24);
    var list = JsonPath.from(viewer.get("operations?bundle=" + ids.get(0)).body());
    assertThat(list.getInt("total")).isEqualTo(3);
  }

  @Test
  void manyMetersAreAskedWithProgress() throws Exception {
    var answer = admin.post("operation-groups", "{'meters':['" + SERIAL + "'],'kind':'IDENTIFY'}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String id = JsonPath.from(answer.body()).getString("id");
    var operations = JsonPath.from(viewer.get("operations?group=" + id).body());
    awaitEnd(operations.getString("items[0].id"));
    var progress = JsonPath.from(viewer.get("operation-groups/" + id).body());
    assertThat(progress.getInt("percent")).isEqualTo(100);
    assertThat(progress.getInt("states.SUCCEEDED")).isEqualTo(1);
  }

  @Test
  void whatWaitsCanBeCancelledOnce() throws Exception {
    String id =
        submit(
            to(
                "'kind':'IDENTIFY','notBefore':'%s'"
                    .formatted(Instant.now().plus(Duration.ofHours(1)))));
    assertProblem(viewer.send("DELETE", "operations/" + id, null), 403);
    var cancelled = admin.send("DELETE", "operations/" + id, null);
    assertThat(JsonPath.from(cancelled.body()).getString("state")).isEqualTo("CANCELLED");
    assertProblem(admin.send("DELETE", "operations/" + id, null), 409);
    assertProblem(admin.send("DELETE", "operations/1", null), 404);
  }

  @Test
  void theSameKeyIsTheSameOperation() throws Exception {
    String body = to("'kind':'IDENTIFY'");
    var first = admin.post("operations", body, "Idempotency-Key", "key-7");
    var again = admin.post("operations", body, "Idempotency-Key", "key-7");
    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(again.body()).isEqualTo(first.body());
    assertRefused(
        admin.post("operations", to("'kind':'READ_CLOCK'"), "Idempotency-Key", "key-7"),
        "Idempotency-Key",
        "unique");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'kind':'IDENTIFY','priority':12                                  | priority         | range",
        "'kind':'IDENTIFY','expiresAt':'2020-01-01T00:00:00Z'             | expiresAt        | future",
        "'kind':'WRITE_TARIFF'                                            | kind             | unknown",
        "'priority':4                                                     | kind             | required",
        "'kind':'READ_LOAD_PROFILE'                                       | parameters.from  | required",
        "'kind':'READ_LOAD_PROFILE','parameters':{'from':'2026-01-02T00:00:00Z',"
            + "'to':'2026-01-01T00:00:00Z'}                               | parameters.to    | range",
        "'kind':'IDENTIFY','parameters':{'loud':true}                     | parameters.loud  | unknown",
        "'kind':'IDENTIFY','parameters':[1]                               | parameters       | type",
        "'steps':[{'kind':'IDENTIFY'},{'kind':'SING'}]                    | steps[1].kind    | unknown",
        "'kind':'IDENTIFY','urgent':true                                  | urgent           | unknown"
      })
  void whatBreaksARuleIsRefusedAndNothingQueued(String rest, String field, String rule)
      throws Exception {
    int before = JsonPath.from(viewer.get("operations?max=1").body()).getInt("total");
    assertRefused(admin.post("operations", to(rest)), field, rule);
    assertThat(JsonPath.from(viewer.get("operations?max=1").body()).getInt("total"))
        .isEqualTo(before);
  }

  @Test
  void anUnknownMeterIsNamed() throws Exception {
    assertProblem(admin.post("operations", "{'meter':'NOBODY','kind':'IDENTIFY'}"), 404);
    var many = "{'meters':['" + SERIAL + "','NOBODY'],'kind':'IDENTIFY'}";
    var refused = admin.post("operation-groups", many);
    assertRefused(refused, "meters", "unknown");
    assertThat(refused.body()).contains("NOBODY");
    assertRefused(
        admin.post("operations", "{'meter':'API-1','kind':'IDENTIFY'}"), "meter", "paused");
  }

  @Test
  void aViewerAsksForNothing() throws Exception {
    assertProblem(viewer.post("operations", to("'kind':'IDENTIFY'")), 403);
    assertProblem(viewer.post("operation-groups", "{'group':1,'kind':'IDENTIFY'}"), 403);
    assertProblem(viewer.post("plans", "{}"), 403);
  }

  @Test
  void aMeterTellsWhatItCanBeAskedFor() throws Exception {
    var kinds = JsonPath.from(viewer.get("meters/" + SERIAL + "/operation-kinds").body());
    assertThat(kinds.getList("kind"))
        .containsExactly(
            "IDENTIFY", "READ_CLOCK", "READ_LOAD_PROFILE", "READ_LOGBOOK", "READ_REGISTERS");
    assertThat(kinds.getList("find { it.kind == 'READ_LOAD_PROFILE' }.parameters.name"))
        .containsExactly("from", "to", "profile");
  }

  @Test
  void aPlanIsFollowedByItsMetersUntilItIsRemoved() throws Exception {
    var added =
        admin.post(
            "plans",
            "{'name':'Clock at noon','kinds':['CLOCK'],'group':1,'cron':'0 12 * * *',"
                + "'timeZone':'Europe/Zurich','spreadSeconds':600,'deadlineSeconds':3600}");
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    int id = JsonPath.from(added.body()).getInt("id");
    var loads = JsonPath.from(viewer.get("plans/loads").body());
    assertThat(loads.getInt("find { it.planId == %d }.meters".formatted(id))).isPositive();

    var got = admin.get("plans/" + id);
    String etag = got.headers().firstValue("ETag").orElseThrow();
    String changed = JsonPath.from(got.body()).prettify();
    String plan = changed.substring(changed.indexOf("{", changed.indexOf("\"plan\"")));
    plan = plan.substring(0, plan.lastIndexOf('}')).replace("Clock at noon", "Clocks");
    assertProblem(admin.send("PUT", "plans/" + id, plan), 428);
    var put = admin.send("PUT", "plans/" + id, plan, "If-Match", etag);
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    assertProblem(admin.send("PUT", "plans/" + id, plan, "If-Match", etag), 412);

    assertThat(admin.send("DELETE", "plans/" + id, null).statusCode()).isEqualTo(204);
    assertProblem(admin.get("plans/" + id), 404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'cron':'every day'                        | cron            | pattern",
        "'cron':'0 12 * * *','everySeconds':900    | everySeconds    | ambiguous",
        "'name':'y'                                | everySeconds    | required",
        "'everySeconds':1                          | everySeconds    | min",
        "'everySeconds':900,'timeZone':'Mars'      | timeZone        | unknown",
        "'everySeconds':900,'group':999999         | group           | unknown",
        "'everySeconds':900,'kinds':['DREAMS']     | kinds[0]        | type",
        "'everySeconds':900,'name':'Logbooks'      | name            | unique",
        "'everySeconds':60,'spreadSeconds':300     | spreadSeconds   | range"
      })
  void aPlanThatBreaksARuleIsRefused(String rest, String field, String rule) throws Exception {
    var parts = new java.util.LinkedHashMap<String, String>();
    parts.put("'name'", "'x'");
    parts.put("'kinds'", "['CLOCK']");
    parts.put("'group'", "1");
    var body = new StringBuilder("{" + rest);
    parts.forEach(
        (name, value) -> {
          if (!rest.contains(name)) {
            body.append(',').append(name).append(':').append(value);
          }
        });
    assertRefused(admin.post("plans", body.append('}').toString()), field, rule);
  }
}
