package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.system.Portal.account;
import static org.meterledger.system.Portal.assertProblem;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every answer, and what comes of requests that no browser of ours would send. */
@ExtendWith(PortalExtension.class)
class HardeningIT {

  private static final Path PAGES = Path.of("../web/src/main/webapp");
  private static final Pattern RESOURCE =
      Pattern.compile("(?:src|href)=\"(/jakarta\\.faces\\.resource/[^\"]+)\"");
  static final Pattern INSIDES =
      Pattern.compile(
          "\\bat (?:org|java|jakarta|io|com)\\.|(?:org|java|jakarta|io|com)\\.[\\w.]+(?:Exception|Error)"
              + "|UT0\\d+|WFLY|RESTEASY|Caused by");

  private final Portal portal;

  HardeningIT(Portal portal) {
    this.portal = portal;
  }

  @Test
  void everyAnswerForbidsWhatIsNotNeeded() throws Exception {
    var browser = portal.signedIn("anna");
    var resources = new TreeSet<String>();
    for (String page : pages()) {
      var answer = browser.get(page);
      assertThat(answer.statusCode()).as(page).isLessThan(500);
      checkPage(answer);
      RESOURCE
          .matcher(answer.body())
          .results()
          .forEach(found -> resources.add(found.group(1).replace("&amp;", "&")));
    }
    assertThat(resources).hasSizeGreaterThan(5);
    for (String resource : resources) {
      var answer = browser.get(resource);
      assertThat(answer.statusCode()).as(resource).isEqualTo(200);
      check(answer);
      assertThat(answer.headers().firstValue("Cache-Control").orElse(""))
          .as(resource)
          .doesNotContain("no-store");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/nothing.xhtml",
        "/WEB-INF/web.xml",
        "/META-INF/MANIFEST.MF",
        "/error/500.xhtml",
        "/meter/now.xhtml?serial=NOBODY",
        "/meter/now.xhtml?serial=a%00b",
        "/meters/list.xhtml?first=x",
        "/meters/list.xhtml?search=%ff%fe",
        "/groups.xhtml?group=x",
        "/jakarta.faces.resource/nothing.css.xhtml?ln=meterledger",
        "/jakarta.faces.resource/../WEB-INF/web.xml.xhtml",
        "/jakarta.faces.resource/web.xml.xhtml?ln=../../WEB-INF"
      })
  void anErrorTellsNothingOfTheInside(String path) throws Exception {
    var answer = portal.signedIn("anna").get(path);

    assertThat(answer.statusCode()).isIn(200, 400, 404, 500);
    check(answer);
    assertThat(told(answer.body())).doesNotContainPattern(INSIDES).doesNotContain("<web-app");
  }

  @Test
  void aRefusedPageIsAsStrictAsTheOthers() throws Exception {
    var refused = portal.signedIn("vera").get("/users.xhtml");
    assertThat(refused.statusCode()).isEqualTo(403);
    checkPage(refused);
    var part = portal.signedIn("vera").get("/users.xhtml", "Faces-Request", "partial/ajax");
    assertThat(part.statusCode()).isEqualTo(403);
    check(part);
  }

  @Test
  void theApiIsAsStrictInItsErrors() throws Exception {
    var viewer = portal.viewer();
    for (var answer :
        List.of(
            viewer.get("meters"),
            viewer.get("openapi.json"),
            new ApiClient(portal.uri(), null).get("meters"),
            viewer.get("accounts"),
            viewer.get("nothing"),
            viewer.get("meters/API-1/load-profile?from=x"),
            viewer.get("meters?search=a%00b"),
            viewer.get("meters/%00"),
            viewer.send("PATCH", "meters", "{}"),
            viewer.send("TRACE", "meters", null))) {
      assertThat(answer.statusCode()).isLessThan(500);
      assertThat(told(answer.body())).doesNotContainPattern(INSIDES);
      if (answer.statusCode() != 405 || answer.body().contains("instance")) {
        check(answer);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
      }
    }
    Portal.assertRefused(viewer.get("meters?search=a%00b"), "search", "characters");
    Portal.assertRefused(viewer.get("meters/%00"), "serial", "characters");
  }

  private static void checkPage(HttpResponse<String> answer) {
    check(answer);
    assertThat(answer.headers().firstValue("Cache-Control")).get().asString().contains("no-store");
    if (answer.statusCode() != 302) {
      assertThat(answer.headers().firstValue("Content-Security-Policy"))
          .get()
          .asString()
          .as(answer.uri().toString())
          .containsPattern("script-src 'self' 'nonce-[^']+'")
          .doesNotContainPattern("script-src[^;]*unsafe");
    }
  }

  private static void check(HttpResponse<String> answer) {
    var headers = answer.headers();
    String what = answer.statusCode() + " " + answer.uri() + " " + headers.map();
    assertThat(headers.firstValue("X-Content-Type-Options")).as(what).contains("nosniff");
    assertThat(headers.firstValue("Referrer-Policy")).as(what).contains("same-origin");
    assertThat(headers.firstValue("Permissions-Policy")).as(what).isPresent();
    assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).as(what).contains("same-origin");
    assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).as(what).contains("same-origin");
    if (answer.statusCode() != 302) {
      assertThat(headers.allValues("Content-Security-Policy"))
          .as(what)
          .singleElement()
          .asString()
          .contains("frame-ancestors 'none'");
    }
    assertThat(headers.map().keySet())
        .as(what)
        .noneMatch(name -> name.equalsIgnoreCase("Server") || name.equalsIgnoreCase("X-Powered-By"))
        .noneMatch(name -> name.toLowerCase().startsWith("access-control-"));
  }

  /** Without the names of exceptions for which PrimeFaces tells its script an error page. */
  static String told(String body) {
    return body.replaceAll("errorPages:\\{[^}]*}", "");
  }

  private static List<String> pages() throws IOException {
    try (Stream<Path> files = Files.walk(PAGES)) {
      return files
          .map(PAGES::relativize)
          .map(path -> "/" + path.toString().replace('\\', '/'))
          .filter(path -> path.endsWith(".xhtml") && !path.startsWith("/WEB-INF"))
          .sorted()
          .toList();
    }
  }

  @Test
  void aCookieOpensNothingOfTheApi() throws Exception {
    var browser = portal.signedIn("anna");
    var paths =
        JsonPath.from(portal.admin().get("openapi.json").body())
            .<Map<String, Object>>get("paths")
            .keySet();
    assertThat(paths).hasSizeGreaterThan(30);
    for (String path : paths) {
      assertProblem(browser.get(path.replaceAll("\\{[^}]*}", "1")), 401);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Origin https://evil.example", "Origin null", "Sec-Fetch-Site cross-site"})
  void aFormThatAnotherSiteSendsHasNoEffect(String header) throws Exception {
    var browser = portal.signedIn("anna");
    String name = "Forged " + header.replaceAll("[^a-z]", "");

    var answer =
        browser.press(
            "/locations.xhtml",
            "save",
            Map.of("name", name),
            fields -> fields,
            header.substring(0, header.indexOf(' ')),
            header.substring(header.indexOf(' ') + 1));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("another site").doesNotContain("script");
    check(answer);
    assertThat(portal.admin().get("locations").body()).doesNotContain(name);
    assertThat(portal.log("security.log")).contains("event=FORGED");
  }

  @Test
  void aFormWithoutItsViewStateHasNoEffect() throws Exception {
    var browser = portal.signedIn("anna");
    for (UnaryOperator<String> change :
        List.<UnaryOperator<String>>of(state -> null, state -> "", state -> "1:1", state -> "x")) {
      var answer =
          browser.press(
              "/locations.xhtml",
              "save",
              Map.of("name", "No state"),
              fields -> without(fields, change));
      assertThat(answer.statusCode()).isIn(200, 302, 400, 500);
      assertThat(told(answer.body())).doesNotContainPattern(INSIDES);
    }
    assertThat(portal.admin().get("locations").body()).doesNotContain("No state");
    assertThat(browser.press("/locations.xhtml", "save", Map.of("name", "With state")).statusCode())
        .isLessThan(400);
    assertThat(portal.admin().get("locations").body()).contains("With state");
  }

  private static Map<String, String> without(
      Map<String, String> fields, UnaryOperator<String> change) {
    var changed = new LinkedHashMap<>(fields);
    changed.computeIfPresent("jakarta.faces.ViewState", (name, state) -> change.apply(state));
    return changed;
  }

  @Test
  void whatIsRefusedIsWrittenOnceAMinute() throws Exception {
    portal.admin().post("accounts", account("dana"));
    var browser = portal.signedIn("dana");
    var client = new ApiClient(portal.uri(), browser.token());
    for (int i = 0; i < 3; i++) {
      assertThat(browser.get("/users.xhtml", "X-Correlation-Id", "door-1").statusCode())
          .isEqualTo(403);
      assertThat(client.get("accounts/" + i, "X-Correlation-Id", "door-2").statusCode())
          .isEqualTo(403);
    }
    assertThat(client.post("meters", "{}").statusCode()).isEqualTo(403);

    String trail =
        "select concat_ws(' ', outcome, action, subject, correlation_id) from audit_entry"
            + " where account = 'dana' and outcome = 'DENIED' order by id";
    MeterRegister.await(() -> portal.database().texts(trail).size() >= 3);
    assertThat(portal.database().texts(trail))
        .hasSize(3)
        .contains(
            "DENIED DOOR_OPEN GET /users.xhtml door-1",
            "DENIED DOOR_OPEN GET /api/v1/accounts/0 door-2");
    assertThat(portal.log("security.log").lines().filter(line -> line.contains("\"dana\"")))
        .filteredOn(line -> line.contains("event=DENIED"))
        .hasSize(7);
  }

  @Test
  void theSecurityLogNamesAccountsAndNothingThatWasTyped() throws Exception {
    portal.admin().post("accounts", account("sibyl"));
    new Browser(portal.uri()).signIn("sibyl", "not the right secret");
    new Browser(portal.uri()).signIn("a-password-typed-as-name", "x");
    portal.signedIn("sibyl");
    new ApiClient(portal.uri(), "mla_notatoken").get("account", "X-Correlation-Id", "siem-1");
    new Browser(portal.uri()).get("/api/v1/a%0d%0aevent=SIGN_IN%20account=%22anna%22");

    String log = portal.log("security.log");
    assertThat(log)
        .contains("event=SIGN_IN_FAILED account=\"sibyl\" address=\"127.0.0.1\" correlation=\"")
        .contains("event=SIGN_IN_FAILED address=\"127.0.0.1\"")
        .contains("event=SIGN_IN account=\"sibyl\"")
        .containsPattern("event=TOKEN_REFUSED address=\"127.0.0.1\" correlation=\"siem-1\"")
        .doesNotContain("a-password-typed-as-name", "mla_notatoken", SECRET_WORDS);
    assertThat(log.lines())
        .allMatch(line -> line.matches("\\S+ (INFO |WARN ) event=[A-Z_]+( [a-z]+=\"[ -~]*\")+"));
  }

  private static final String SECRET_WORDS = "not the right secret";
}
