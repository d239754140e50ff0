package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Who gets in where. What exists is found by the description of the API and by the files of the
 * pages, so that nothing new can be left out; what is right stands in access.csv.
 */
@ExtendWith(PortalExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class AccessIT {

  private static final Path PAGES = Path.of("../web/src/main/webapp");
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

  /** Ids of the built-in roles, by the column of the table. */
  private static final Map<String, Integer> ROLES = roles();

  private Portal portal;
  private final Map<String, Browser> browsers = new LinkedHashMap<>();
  private final Map<String, ApiClient> clients = new LinkedHashMap<>();
  private ApiClient stranger;

  private static Map<String, Integer> roles() {
    var roles = new LinkedHashMap<String, Integer>();
    roles.put("administrator", 1);
    roles.put("operator", 2);
    roles.put("tariffs", 3);
    roles.put("firmware", 4);
    roles.put("analyst", 5);
    roles.put("viewer", 6);
    roles.put("auditor", 7);
    return roles;
  }

  @BeforeAll
  void comeIn(Portal given) throws Exception {
    portal = given;
    browsers.put("nobody", new Browser(portal.uri()));
    clients.put("nobody", new ApiClient(portal.uri(), null));
    for (var role : ROLES.entrySet()) {
      enter(role.getKey(), "{'role':" + role.getValue() + ",'group':1,'access':'CONFIGURE'}");
    }
    enter("nothing", "");
    var group = portal.admin().post("groups", "{'name':'Access','rules':[]}");
    assertThat(group.statusCode()).as(group.body()).isEqualTo(201);
    int id =
        JsonPath.from(portal.admin().get("groups").body()).getInt("find{it.name=='Access'}.id");
    var picked = portal.admin().post("groups/" + id + "/members", "{'add':['API-1']}");
    assertThat(picked.statusCode()).as(picked.body()).isEqualTo(200);
    enter("stranger", "{'role':2,'group':" + id + ",'access':'CONFIGURE'}");
    stranger = clients.remove("stranger");
    browsers.remove("stranger");
  }

  private void enter(String name, String grant) throws Exception {
    var made =
        portal
            .admin()
            .post(
                "accounts",
                "{'name':'access-"
                    + name
                    + "','password':'"
                    + Portal.SECRET
                    + "','grants':["
                    + grant
                    + "]}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    var browser = portal.signedIn("access-" + name);
    browsers.put(name, browser);
    clients.put(name, new ApiClient(portal.uri(), browser.token()));
  }

  @Test
  void everyPageAndResourceAnswersAsTheTableSays() throws Exception {
    var found = new ArrayList<String>();
    found.add("what," + String.join(",", clients.keySet()));
    for (String page : pages()) {
      var answers = new ArrayList<String>();
      for (var browser : browsers.values()) {
        answers.add(word(browser.get(page)));
      }
      found.add(page + "," + String.join(",", answers));
    }
    for (String call : calls()) {
      var answers = new ArrayList<String>();
      for (var client : clients.values()) {
        answers.add(word(call(client, call)));
      }
      found.add(call + "," + String.join(",", answers));
    }
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target/access.csv"), found);
    assertThat(found)
        .as("what was found is in target/access.csv")
        .containsExactlyElementsOf(Files.readAllLines(Path.of("src/test/resources/access.csv")));
  }

  /** {@code in}, or why not. */
  private static String word(HttpResponse<String> answer) {
    int status = answer.statusCode();
    assertThat(status).as(answer.uri() + " " + answer.body()).isLessThan(500);
    boolean signIn =
        status == 302 && answer.headers().firstValue("Location").orElse("").contains("login.xhtml");
    return signIn || status == 401 ? "sign-in" : status == 403 ? "no" : "in";
  }

  static List<String> pages() throws Exception {
    try (Stream<Path> files = Files.walk(PAGES)) {
      return files
          .map(PAGES::relativize)
          .map(path -> "/" + path.toString().replace('\\', '/'))
          .filter(path -> path.endsWith(".xhtml"))
          .filter(path -> !path.startsWith("/WEB-INF") && !path.startsWith("/error"))
          .sorted()
          .toList();
    }
  }

  private List<String> calls() throws Exception {
    var paths =
        JsonPath.from(portal.admin().get("openapi.json").body())
            .<Map<String, Map<String, Object>>>get("paths");
    var calls = new ArrayList<String>();
    new TreeMap<>(paths)
        .forEach(
            (path, operations) ->
                Stream.of("get", "post", "put", "delete")
                    .filter(operations::containsKey)
                    .forEach(method -> calls.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    assertThat(calls).hasSizeGreaterThan(60);
    // with it whoever calls is out
    calls.sort(Comparator.comparing("DELETE /api/v1/account/sessions"::equals));
    return calls;
  }

  /** Of nothing that is there, so that whoever gets in changes nothing. */
  private static HttpResponse<String> call(ApiClient client, String call) throws Exception {
    String method = call.substring(0, call.indexOf(' '));
    String path = path(call, "99999999");
    return client.send(method, path, method.equals("GET") || method.equals("DELETE") ? null : "{}");
  }

  private static String path(String call, String value) {
    String path = call.substring(call.indexOf(' ') + 1).replaceFirst("^/(api/v1/)?", "");
    return PARAMETER.matcher(path).replaceAll(value);
  }

  @Test
  void whatBelongsToOthersDoesNotExist() throws Exception {
    var told = new ArrayList<String>();
    for (String call : calls()) {
      if (call.startsWith("GET ") && call.contains("/meters/{serial}")) {
        var mine = stranger.get(path(call, "API-1"));
        var others = stranger.get(path(call, "API-2"));
        var nothing = stranger.get(path(call, "API-99999"));
        if (others.statusCode() != nothing.statusCode()
            || !same(others.body(), "API-2").equals(same(nothing.body(), "API-99999"))) {
          told.add(call + " " + others.statusCode() + " " + others.body());
        }
        // what a role may not see of any meter stands in the table
        if (mine.statusCode() != 403
            && mine.statusCode() != portal.admin().get(path(call, "API-1")).statusCode()) {
          told.add(call + " hides its own");
        }
      } else if (call.startsWith("GET ") && !call.contains("{")) {
        var answer = stranger.get(path(call, ""));
        if (answer.body().contains("API-2")) {
          told.add(call + " " + answer.body());
        }
      }
    }
    assertThat(told).isEmpty();
  }

  /** Without what is another in each answer, or was asked for. */
  private static String same(String body, String serial) {
    return body.replaceAll("\"correlationId\":\"[^\"]*\"", "").replace(serial, "");
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
        JsonPath.from(
            portal.admin().get("audit?account=access-stranger&outcome=DENIED&max=1000").body());
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

  @Test
  void aLimitedTokenOpensItsPartOnly() throws Exception {
    var issued =
        portal
            .admin()
            .post(
                "tokens",
                "{'label':'part','expiresAt':'2027-01-01T00:00:00Z',"
                    + "'permissions':['VIEW_METERS']}");
    assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);
    var limited = new ApiClient(portal.uri(), JsonPath.from(issued.body()).getString("token"));

    assertThat(limited.get("meters").statusCode()).isEqualTo(200);
    assertThat(limited.get("accounts").statusCode()).isEqualTo(403);
    assertThat(
            limited
                .post("tokens", "{'label':'more','expiresAt':'2027-01-01T00:00:00Z'}")
                .statusCode())
        .as("it makes itself no better one")
        .isEqualTo(403);
  }
}
