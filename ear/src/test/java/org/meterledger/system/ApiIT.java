package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.system.Portal.account;
import static org.meterledger.system.Portal.assertProblem;
import static org.meterledger.system.Portal.assertRefused;

import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API on the deployed system, above all what it refuses. */
@ExtendWith(PortalExtension.class)
class ApiIT {

  private static final String METER = "meters/API-1";
  private static final String DAY = "?from=2026-10-25T00:30:00Z&to=2026-10-25T01:30:00Z";

  private final Portal portal;
  private final ApiClient admin;
  private final ApiClient viewer;

  ApiIT(Portal portal) {
    this.portal = portal;
    this.admin = portal.admin();
    this.viewer = portal.viewer();
  }

  @Test
  void withoutATokenNothingIsTold() throws Exception {
    var nobody = new ApiClient(portal.uri(), null);
    for (String path : new String[] {"meters", "openapi.json", "nothing", "../v2", "../"}) {
      var answer = nobody.get(path);
      assertProblem(answer, 401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }
  }

  @Test
  void aViewerChangesNothing() throws Exception {
    assertThat(viewer.get(METER).statusCode()).isEqualTo(200);
    assertProblem(viewer.post("meters", "{}"), 403);
    assertProblem(viewer.send("PUT", METER, "{}", "If-Match", "*"), 403);
    assertProblem(viewer.send("DELETE", METER, null), 403);
    assertProblem(viewer.post("meters/connection-test", "{}"), 403);
    assertProblem(viewer.get("accounts"), 403);
    assertProblem(viewer.post("accounts", account("eve")), 403);
    assertProblem(viewer.get("tokens?all=true"), 403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'serialNr':'7'} | serialNr | unknown",
        "{'serialNumber':7} | serialNumber | type",
        "{'watched':'yes'} | watched | type",
        "{'clockLimitSeconds':1.5} | clockLimitSeconds | type",
        "{'state':'LOST'} | state | type",
        "{'serialNumber':'7'} | model | notNull",
        "{'clockLimitSeconds':0} | clockLimitSeconds | min",
        "{'address':'ftp://10.0.0.7'} | address | pattern",
        "{'labels':['a',1]} | labels[1] | type",
        "{'labels':['']} | labels | size",
        "[1] | '' | type",
        "{'serialNumber': | '' | json",
        "{'alias':'a','alias':'b'} | alias | repeated"
      })
  void aBodyThatBreaksARuleIsRefusedByField(String body, String field, String rule)
      throws Exception {
    assertRefused(admin.post("meters", body), field, rule);
  }

  @ParameterizedTest
  @CsvSource({
    "load-profile, from, required",
    "load-profile?from=2026-10-25, to, required",
    "load-profile?from=yesterday&to=2026-10-25, from, instant",
    "load-profile?from=2026-10-26&to=2026-10-25, from, beforeTo",
    "load-profile?from=2000-01-01&to=2026-10-25, to, rangeTooLong",
    "load-profile?from=2026-10-25&to=2026-10-26&zone=Mars/Olympus, zone, unknown",
    "load-profile?from=2026-10-25&to=2026-10-26&channels=energy, channels, obis",
    "load-profile?from=2026-10-25&to=2026-10-26&channels=1-0:2.8.0, channels, unknown",
    "load-profile?from=2026-10-25&to=2026-10-26&profile=1-0:99.2.0, profile, unknown",
    "load-profile?from=2026-10-25&to=2026-10-26&values=median, values, unknown",
    "load-profile/series?from=2026-10-25&to=2026-10-26&points=0, points, min",
    "load-profile/series?from=2026-10-25&to=2026-10-26&points=many, points, type",
    "logbook?from=2026-10-26&to=2026-10-25, from, beforeTo",
    "logbook?language=tlh, language, unknown",
    "attempts?max=5000, max, max"
  })
  void aQueryThatBreaksARuleIsRefusedByField(String query, String field, String rule)
      throws Exception {
    assertRefused(viewer.get(METER + "/" + query), field, rule);
    assertRefused(viewer.get(METER + "/" + query, "Accept", "application/json"), field, rule);
  }

  @Test
  void whatIsNotThereIsSaidInTheSameForm() throws Exception {
    assertProblem(viewer.get("meters/NOBODY"), 404);
    assertProblem(viewer.get("meters/NOBODY/load-profile" + DAY), 404);
    assertProblem(viewer.get("nothing"), 404);
    assertProblem(viewer.get("../v2/meters"), 404);
    assertProblem(viewer.get("meters", "Accept", "image/png"), 406);
    assertProblem(admin.post("meters", "{}", "Content-Type", "text/plain"), 415);
    assertProblem(admin.post("meters", "{'alias':'" + "x".repeat(70_000) + "'}"), 413);
    var wrongMethod = admin.send("DELETE", "meters", null);
    assertProblem(wrongMethod, 405);
    assertThat(wrongMethod.headers().firstValue("Allow")).get().asString().contains("GET");
  }

  @Test
  void aChangeNeedsTheVersionItWasMadeAgainst() throws Exception {
    var before = admin.get(METER);
    String etag = before.headers().firstValue("ETag").orElseThrow();
    String changed = before.body().replace("=1+1", "=2+2");

    assertProblem(admin.send("PUT", METER, changed), 428);
    assertThat(admin.send("PUT", METER, changed, "If-Match", etag).statusCode()).isEqualTo(200);
    assertProblem(admin.send("PUT", METER, changed, "If-Match", etag), 412);
  }

  @Test
  void anUnchangedListIsNotSentAgain() throws Exception {
    var list = viewer.get("meters?sort=alias&max=1&search=API-2");
    var parsed = JsonPath.from(list.body());
    assertThat(parsed.getInt("total")).isEqualTo(1);
    assertThat(parsed.getString("items[0].condition")).isEqualTo("PAUSED");

    String etag = list.headers().firstValue("ETag").orElseThrow();
    var again = viewer.get("meters?sort=alias&max=1&search=API-2", "If-None-Match", etag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void aGivenCorrelationIdIsKept() throws Exception {
    var answer = viewer.get("nothing", "X-Correlation-Id", "billing-7");

    assertThat(JsonPath.from(answer.body()).getString("correlationId")).isEqualTo("billing-7");
    assertThat(
            viewer
                .get("account", "X-Correlation-Id", "${jndi:x}")
                .headers()
                .firstValue("X-Correlation-Id"))
        .get()
        .asString()
        .hasSize(36);
  }

  @Test
  void theDescriptionIsForAccountsOnly() throws Exception {
    assertThat(new Browser(portal.uri()).get("/openapi").statusCode()).isEqualTo(302);

    var description = JsonPath.from(viewer.get("openapi.json").body());
    assertThat(description.getMap("paths"))
        .containsKeys(
            "/api/v1/meters",
            "/api/v1/meters/{serial}/load-profile",
            "/api/v1/meters/{serial}/logbook",
            "/api/v1/tokens");
    assertThat(viewer.get("openapi.yaml").body()).contains("openapi: 3.1");
  }

  @Test
  void aStoredPasswordGoesToNoOtherAddress() throws Exception {
    String details =
        "{'serialNumber':'API-PW','model':'emu-professional-ii','address':'http://127.0.0.1:%s',"
            + "'timeZone':'UTC','state':'PAUSED','userName':'reader'%s}";
    var added = admin.post("meters", details.formatted("9", ",'password':'a secret of it'"));
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    String tag = added.headers().firstValue("ETag").orElseThrow();
    try {
      assertRefused(
          admin.send("PUT", "meters/API-PW", details.formatted("10", ""), "If-Match", tag),
          "password",
          "newAddress");
      var same = admin.send("PUT", "meters/API-PW", details.formatted("9", ""), "If-Match", tag);
      assertThat(same.statusCode()).as(same.body()).isEqualTo(200);
      assertThat(JsonPath.from(admin.get("meters/API-PW/status").body()).getBoolean("passwordSet"))
          .isTrue();
    } finally {
      admin.send("DELETE", "meters/API-PW", null);
    }
  }
}
