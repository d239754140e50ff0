package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever was given one group tries what belongs to others: it is as if it were not there. */
@ExtendWith(PortalExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class OthersIT {

  private static final String OTHER = "OTHER-3";
  private static final String NOTHING = "99999999";

  private Portal portal;
  private ApiClient admin;
  private ApiClient stranger;

  /** Ids of what belongs to others, by the first part of the path. */
  private final Map<String, String> ids = new LinkedHashMap<>();

  @BeforeAll
  void comeIn(Portal given) throws Exception {
    portal = given;
    admin = portal.admin();
    String mine = group("Access", "API-1");
    made(
        "accounts",
        "{'name':'stranger','password':'"
            + Portal.SECRET
            + "','grants':[{'role':2,'group':"
            + mine
            + ",'access':'CONFIGURE'}]}");
    stranger = new ApiClient(portal.uri(), portal.signedIn("stranger").token());

    ids.put("networks", made("networks", "{'name':'far','mostSessions':1,'mostConnects':1}"));
    ids.put("gateways", made("gateways", "{'name':'cellar','network':'far','mostSessions':1}"));
    ids.put("locations", made("locations", "{'name':'Elsewhere'}"));
    made(
        "meters",
        "{'serialNumber':'"
            + OTHER
            + "','model':'emu-professional-ii','address':'http://127.0.0.1:9','timeZone':'UTC',"
            + "'network':'far','gateway':'cellar','location':'Elsewhere'}");
    ids.put("groups", group("Others", OTHER));
    ids.put(
        "plans",
        made(
            "plans",
            "{'name':'Theirs','kinds':['CLOCK'],'group':"
                + ids.get("groups")
                + ",'cron':'0 12 * * *','timeZone':'UTC'}"));
    var asked = made("operations", "{'meter':'" + OTHER + "','kind':'IDENTIFY'}", "operations[0]");
    ids.put("operations", asked);
    ids.put(
        "operation-groups",
        made("operation-groups", "{'meters':['" + OTHER + "'],'kind':'IDENTIFY'}"));
  }

  private String made(String path, String json) throws Exception {
    return made(path, json, "id");
  }

  private String made(String path, String json, String id) throws Exception {
    var answer = admin.post(path, json);
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isBetween(201, 202);
    String told = JsonPath.from(answer.body()).getString(id);
    String location = answer.headers().firstValue("Location").orElse("");
    return told == null ? location.substring(location.lastIndexOf('/') + 1) : told;
  }

  private String group(String name, String serial) throws Exception {
    String id = made("groups", "{'name':'" + name + "','rules':[]}");
    var picked = admin.post("groups/" + id + "/members", "{'add':['" + serial + "']}");
    assertThat(picked.statusCode()).as(picked.body()).isEqualTo(200);
    return id;
  }

  /** Others on this portal count its meters. */
  @AfterAll
  void leave() throws Exception {
    for (String path : List.of("plans/" + ids.get("plans"), "meters/" + OTHER)) {
      assertThat(admin.send("DELETE", path, null).statusCode()).as(path).isEqualTo(204);
    }
  }

  @Test
  void noIdOfOthersIsAnsweredOtherwiseThanOneThatIsNotThere() throws Exception {
    var tried = new ArrayList<String>();
    var told = new ArrayList<String>();
    for (String call : ApiCalls.all(portal)) {
      String kind = ApiCalls.path(call, "").replaceFirst("/.*", "");
      if (ids.containsKey(kind) && call.contains("{id}")) {
        tried.add(kind);
        var there = admin.get(kind + "/" + ids.get(kind));
        assertThat(there.statusCode()).as(kind).isEqualTo(200);
        var others = tryIt(call, ids.get(kind), there);
        var nothing = tryIt(call, NOTHING, there);
        if (others.statusCode() != nothing.statusCode()
            || others.statusCode() < 400
            || !same(others.body(), ids.get(kind)).equals(same(nothing.body(), NOTHING))) {
          told.add(call + " " + others.statusCode() + " " + others.body());
        }
      }
    }
    assertThat(tried).containsAll(ids.keySet());
    assertThat(told).isEmpty();
  }

  /** As somebody would who had seen it somewhere. */
  private HttpResponse<String> tryIt(String call, String id, HttpResponse<String> there)
      throws Exception {
    String method = call.substring(0, call.indexOf(' '));
    String path = ApiCalls.path(call, id);
    return switch (method) {
      case "GET", "DELETE" -> stranger.send(method, path, null);
      case "PUT" ->
          stranger.send(
              method,
              path,
              there.body(),
              "If-Match",
              there.headers().firstValue("ETag").orElse("*"));
      default -> stranger.send(method, path, "{}");
    };
  }

  @Test
  void whatBelongsToOthersDoesNotExist() throws Exception {
    var told = new ArrayList<String>();
    for (String call : ApiCalls.all(portal)) {
      if (call.startsWith("GET ") && call.contains("/meters/{serial}")) {
        var mine = stranger.get(ApiCalls.path(call, "API-1"));
        var others = stranger.get(ApiCalls.path(call, "API-2"));
        var nothing = stranger.get(ApiCalls.path(call, "API-99999"));
        if (others.statusCode() != nothing.statusCode()
            || !same(others.body(), "API-2").equals(same(nothing.body(), "API-99999"))) {
          told.add(call + " " + others.statusCode() + " " + others.body());
        }
        // what a role may not see of any meter stands in the table
        if (mine.statusCode() != 403
            && mine.statusCode() != portal.admin().get(ApiCalls.path(call, "API-1")).statusCode()) {
          told.add(call + " hides its own");
        }
      } else if (call.startsWith("GET ") && !call.contains("{")) {
        var answer = stranger.get(ApiCalls.path(call, ""));
        if (answer.body().contains("API-2")) {
          told.add(call + " " + answer.body());
        }
      }
    }
    assertThat(told).isEmpty();
  }

  /** Without what is another in each answer, or was asked for. */
  private static String same(String body, String own) {
    return body.replaceAll("\"correlationId\":\"[^\"]*\"", "")
        .replaceAll("\\b" + Pattern.quote(own) + "\\b", "");
  }

  @Test
  void theListHasOnlyWhatIsOnesOwn() throws Exception {
    var meters = JsonPath.from(stranger.get("meters").body());

    assertThat(meters.<String>getList("items.serialNumber")).containsExactly("API-1");
    assertThat(meters.getInt("total")).isEqualTo(1);
    assertThat(JsonPath.from(stranger.get("meters?search=API-").body()).getInt("total"))
        .isEqualTo(1);
    assertThat(JsonPath.from(stranger.get("groups").body()).<String>getList("name"))
        .containsExactly("Access");
    assertThat(stranger.get("groups/1").statusCode()).isEqualTo(404);
    assertThat(JsonPath.from(stranger.get("plans").body()).getList("$")).isEmpty();
  }

  @Test
  void nothingIsAskedOfTheMetersOfOthers() throws Exception {
    Portal.assertRefused(
        stranger.post("operation-groups", "{'meters':['API-2'],'kind':'IDENTIFY'}"),
        "meters",
        "unknown");
    var others = stranger.post("operations", "{'meter':'API-2','kind':'IDENTIFY'}");
    var nothing = stranger.post("operations", "{'meter':'API-99999','kind':'IDENTIFY'}");
    assertThat(others.statusCode()).isEqualTo(nothing.statusCode()).isBetween(400, 404);
    assertThat(same(others.body(), "API-2")).isEqualTo(same(nothing.body(), "API-99999"));
    assertThat(stranger.post("operation-groups", "{'group':1,'kind':'IDENTIFY'}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void whoTriesTheMetersOfOthersIsInTheTrail() throws Exception {
    assertThat(stranger.get("meters/API-2/registers").statusCode()).isEqualTo(404);

    var trail =
        JsonPath.from(portal.admin().get("audit?account=stranger&outcome=DENIED&max=1000").body());
    assertThat(trail.<String>getList("items.action")).isNotEmpty().containsOnly("DOOR_OPEN");
    // one a minute of the same kind: it may have been another test's
    assertThat(trail.<String>getList("items.subject")).anyMatch(each -> each.contains("/meters"));
  }

  @Test
  void nobodyGivesHimselfMoreByMovingAMeter() throws Exception {
    var meter = stranger.get("meters/API-1");
    String tag = meter.headers().firstValue("ETag").orElseThrow();
    String details = meter.body();
    assertThat(details).contains("\"labels\":[]");
    Portal.assertRefused(
        stranger.send(
            "PUT",
            "meters/API-1",
            details.replace("\"labels\":[]", "\"labels\":['more']"),
            "If-Match",
            tag),
        "labels",
        "notYours");
    assertThat(
            stranger
                .send(
                    "POST",
                    "meters/connection-test",
                    "{'model':'emu-professional-ii','address':'http://127.0.0.1:9'}")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void rulesOfAGroupAreOfWhoSeesAllMeters() throws Exception {
    var mine = JsonPath.from(stranger.get("groups").body()).getInt("find{it.name=='Access'}.id");
    assertThat(JsonPath.from(stranger.get("groups/" + mine).body()).getList("rules")).isEmpty();
  }
}
