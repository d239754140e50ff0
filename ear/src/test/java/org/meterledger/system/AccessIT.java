package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** Ids of the built-in roles, by the column of the table. */
  private static final Map<String, Integer> ROLES = roles();

  private Portal portal;
  private final Map<String, Browser> browsers = new LinkedHashMap<>();
  private final Map<String, ApiClient> clients = new LinkedHashMap<>();

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
    for (String call : ApiCalls.all(portal)) {
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

  /** Of nothing that is there, so that whoever gets in changes nothing. */
  private static HttpResponse<String> call(ApiClient client, String call) throws Exception {
    String method = call.substring(0, call.indexOf(' '));
    String path = ApiCalls.path(call, "99999999");
    return client.send(method, path, method.equals("GET") || method.equals("DELETE") ? null : "{}");
  }

  @Test
  void whoMayOnlyLookTakesNothingAway() throws Exception {
    var role = portal.admin().post("roles", "{'name':'Looker','permissions':['VIEW_METERS']}");
    assertThat(role.statusCode()).as(role.body()).isEqualTo(201);
    int id = JsonPath.from(portal.admin().get("roles").body()).getInt("find{it.name=='Looker'}.id");
    var grant = "{'role':" + id + ",'group':1,'access':'VIEW'}";
    portal
        .admin()
        .post(
            "accounts",
            "{'name':'looker','password':'" + Portal.SECRET + "','grants':[" + grant + "]}");
    var browser = portal.signedIn("looker");
    var looker = new ApiClient(portal.uri(), browser.token());
    String day = "?from=2026-10-25&to=2026-10-26";

    for (String file :
        List.of(
            "meters/API-1/load-profile" + day,
            "meters/API-1/load-profile/versions" + day,
            "meters/API-1/logbook",
            "meters/API-1/registers",
            "meters/API-1/gaps",
            "meters/API-1/completeness",
            "completeness",
            "meters")) {
      assertThat(looker.get(file, "Accept", "text/csv").statusCode()).as(file).isEqualTo(403);
      assertThat(portal.viewer().get(file, "Accept", "text/csv").statusCode())
          .as(file)
          .isEqualTo(200);
    }
    assertThat(looker.get("meters/API-1/load-profile" + day).statusCode()).isEqualTo(403);
    assertThat(looker.get("meters/API-1/load-profile/series" + day).statusCode()).isEqualTo(200);
    assertThat(looker.get("meters").statusCode()).isEqualTo(200);
    for (String page :
        List.of(
            "/meters/list.xhtml",
            "/meter/events.xhtml?serial=API-1",
            "/meter/load-profile.xhtml?serial=API-1&date=2026-10-25")) {
      assertThat(browser.get(page).body()).contains("API-1").doesNotContain("data-download");
    }
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
