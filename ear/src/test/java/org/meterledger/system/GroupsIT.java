package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.system.Portal.assertProblem;
import static org.meterledger.system.Portal.assertRefused;

import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks, gateways, the location tree and groups of meters, over the API. */
@ExtendWith(PortalExtension.class)
class GroupsIT {

  private static final String METER = "meters/API-2";

  private final ApiClient admin;
  private final ApiClient viewer;

  GroupsIT(Portal portal) {
    this.admin = portal.admin();
    this.viewer = portal.viewer();
  }

  /** The address below /api/v1 of what was made. */
  private String made(String path, String body) throws Exception {
    var answer = admin.post(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return answer.headers().firstValue("Location").orElseThrow().replaceFirst(".*/api/v1/", "");
  }

  private static String etag(HttpResponse<String> answer) {
    return answer.headers().firstValue("ETag").orElseThrow();
  }

  private HttpResponse<String> change(String path, String before, String after) throws Exception {
    var answer = admin.get(path);
    var changed = answer.body().replace(before.replace('\'', '"'), after.replace('\'', '"'));
    assertThat(changed).isNotEqualTo(answer.body());
    return admin.send("PUT", path, changed, "If-Match", etag(answer));
  }

  private List<String> members(String group) throws Exception {
    return JsonPath.from(viewer.get(group + "/members").body()).getList("items");
  }

  @Test
  void aMeterIsFoundAndGroupedByWhereItIs() throws Exception {
    String network = made("networks", "{'name':'radio','mostSessions':10,'mostConnects':5}");
    String gateway = made("gateways", "{'name':'attic','network':'radio','mostSessions':2}");
    made("locations", "{'name':'Basel'}");
    String harbour = made("locations", "{'name':'Harbour','parent':'Basel'}");
    String group =
        made(
            "groups",
            "{'name':'by place','rules':[{'kind':'LOCATION','value':'Basel'},"
                + "{'kind':'LABEL','value':'spare','excluded':true}]}");
    assertThat(members(group)).isEmpty();

    assertRefused(change(METER, "'network':'Standard'", "'network':'x'"), "network", "unknown");
    assertRefused(
        change(METER, "'network':'Standard'", "'network':'Standard','gateway':'attic'"),
        "gateway",
        "network");
    var placed =
        change(
            METER,
            "'network':'Standard'",
            "'network':'radio','gateway':'attic','location':'Basel/Harbour'");
    assertThat(placed.statusCode()).as(placed.body()).isEqualTo(200);

    assertThat(members(group)).containsExactly("API-2");
    for (String filter : new String[] {"location=Basel", "gateway=attic", "group=" + id(group)}) {
      assertThat(JsonPath.from(viewer.get("meters?" + filter).body()).getList("items.serialNumber"))
          .as(filter)
          .isEqualTo(List.of("API-2"));
    }
    assertThat(change(METER, "'labels':[]", "'labels':['spare']").statusCode()).isEqualTo(200);
    assertThat(members(group)).isEmpty();

    assertThat(change(harbour, "'Harbour'", "'Port'").statusCode()).isEqualTo(200);
    assertThat(JsonPath.from(viewer.get(METER).body()).getString("location"))
        .isEqualTo("Basel/Port");
    for (String used : new String[] {network, gateway, harbour}) {
      assertProblem(admin.send("DELETE", used, null), 409);
    }
    var fields = change(METER, "'network':'radio','", "'network':'Standard','");
    assertRefused(fields, "gateway", "network");
  }

  private static String id(String address) {
    return address.substring(address.indexOf('/') + 1);
  }

  @Test
  void metersArePickedByHand() throws Exception {
    String group = made("groups", "{'name':'picked'}");
    String members = group + "/members";

    assertRefused(admin.post(members, "{'add':['API-1','NOBODY']}"), "add", "unknown");
    assertRefused(admin.post(members, "{'add':['API-1',7]}"), "add[1]", "type");
    assertThat(members(group)).isEmpty();
    assertThat(admin.post(members, "{'add':['API-1','API-2']}").statusCode()).isEqualTo(200);
    assertThat(members(group)).containsExactly("API-1", "API-2");
    var page = JsonPath.from(viewer.get(members + "?first=1&max=1").body());
    assertThat(page.getInt("total")).isEqualTo(2);
    assertThat(page.getList("items")).isEqualTo(List.of("API-2"));
    var less = JsonPath.from(admin.post(members, "{'remove':['API-1']}").body());
    assertThat(less.getInt("meters")).isEqualTo(1);
    assertThat(less.getInt("picked")).isEqualTo(1);
  }

  @Test
  void aMeterThatIsAddedIsInTheGroupOfAll() throws Exception {
    made(
        "meters",
        "{'serialNumber':'GROUPS-1','model':'emu-professional-ii','address':'http://127.0.0.1:9',"
            + "'timeZone':'UTC','state':'PAUSED','watched':true,'labels':['a','b']}");
    assertThat(members("groups/1")).contains("GROUPS-1", "API-1");
    assertThat(members("groups/2")).contains("GROUPS-1").doesNotContain("API-1");

    assertThat(admin.send("DELETE", "meters/GROUPS-1", null).statusCode()).isEqualTo(204);
    assertThat(members("groups/1")).doesNotContain("GROUPS-1");
  }

  @Test
  void aRefusedChangeLeavesTheGroupAsItWas() throws Exception {
    String inner = made("groups", "{'name':'inner','rules':[{'kind':'WATCHED'}]}");
    String outer = made("groups", "{'name':'outer','rules':[{'kind':'GROUP','value':'inner'}]}");
    var before = viewer.get(inner);

    var cycle = change(inner, "'kind':'WATCHED'", "'kind':'GROUP','value':'outer'");
    assertRefused(cycle, "rules", "cycle");
    assertThat(cycle.body()).contains("inner → outer → inner");
    assertRefused(
        change(inner, "'kind':'WATCHED'", "'kind':'MODEL','value':'x'"),
        "rules[0].value",
        "unknown");

    assertThat(viewer.get(inner).body()).isEqualTo(before.body());
    assertThat(etag(viewer.get(inner))).isEqualTo(etag(before));
    assertProblem(admin.send("DELETE", inner, null), 409);
    assertThat(admin.send("DELETE", outer, null).statusCode()).isEqualTo(204);
    assertThat(admin.send("DELETE", inner, null).statusCode()).isEqualTo(204);
    assertProblem(viewer.get(inner), 404);
    assertProblem(admin.send("DELETE", "groups/1", null), 409);
    assertProblem(admin.send("DELETE", "networks/1", null), 409);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "networks | {'name':''} | name | size",
        "networks | {'mostSessions':0,'name':'x'} | mostSessions | min",
        "networks | {'name':'Standard'} | name | unique",
        "gateways | {'name':'x'} | network | notNull",
        "gateways | {'name':'x','network':'no such'} | network | unknown",
        "locations | {'name':'a/b'} | name | pattern",
        "locations | {'name':'a','parent':'no such'} | parent | unknown",
        "groups | {'name':'x','rules':[{'value':'a'}]} | rules[0].kind | notNull",
        "groups | {'name':'x','rules':[{'kind':'MOON'}]} | rules[0].kind | type",
        "groups | {'name':'x','rules':[{'kind':'ALL','value':'a'}]} | rules[0].value | none",
        "groups | {'name':'x','rules':[{'kind':'METER','value':'API-1'}]} | rules[0].value | picked",
        "groups | {'name':'All meters'} | name | unique",
        "groups/1/members | {'add':['API-1']} | name | unchangeable"
      })
  void whatBreaksARuleIsRefusedByField(String path, String body, String field, String rule)
      throws Exception {
    assertRefused(admin.post(path, body), field, rule);
  }

  @ParameterizedTest
  @ValueSource(strings = {"networks", "gateways", "locations", "groups"})
  void aViewerLooksOnly(String path) throws Exception {
    assertThat(viewer.get(path).statusCode()).isEqualTo(200);
    assertProblem(viewer.post(path, "{'name':'x','network':'Standard'}"), 403);
    assertProblem(viewer.send("PUT", path + "/1", "{'name':'x'}", "If-Match", "*"), 403);
    assertProblem(viewer.send("DELETE", path + "/1", null), 403);
    assertProblem(viewer.post("groups/1/members", "{'add':[]}"), 403);
    assertProblem(viewer.get(path + "/987654"), 404);
    assertProblem(viewer.get(path + "/x"), 404);
  }
}
