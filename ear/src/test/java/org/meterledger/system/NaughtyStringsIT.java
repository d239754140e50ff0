package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import groovy.json.JsonGenerator;
import groovy.json.JsonOutput;
import io.restassured.path.json.JsonPath;
import java.io.StringReader;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Texts that break programs, wherever a person may write some: each is kept to the letter, or
 * refused by the name of its field. They are of the kinds of the Big List of Naughty Strings.
 */
@ExtendWith(PortalExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class NaughtyStringsIT {

  private static final String SERIAL = "NS-";
  private static final int PAGE = 25;

  /** As most programs write it: in UTF-8. */
  private static final JsonGenerator JSON =
      new JsonGenerator.Options().disableUnicodeEscaping().build();

  private Portal portal;
  private ApiClient admin;
  private List<String> kept;
  private List<String> refused;

  /** By the serial number of its meter, as it should be there. */
  private final Map<String, String> aliases = new LinkedHashMap<>();

  private final List<String> made = new ArrayList<>();

  @BeforeAll
  void read(Portal given) throws Exception {
    portal = given;
    admin = given.admin();
    var strings = JsonPath.from(Path.of("src/test/resources/naughty-strings.json").toFile());
    kept = strings.getList("kept");
    refused = strings.getList("refused");
    assertThat(kept).hasSizeGreaterThan(200);
  }

  @AfterAll
  void remove() throws Exception {
    for (String path : made) {
      admin.send("DELETE", path, null);
    }
  }

  private static String body(Map<String, Object> fields) {
    return JSON.toJson(fields);
  }

  /** As it is: the client would make quotation marks of apostrophes. */
  private HttpResponse<String> post(String path, String json) throws Exception {
    var request =
        admin
            .request("POST", path, "")
            .POST(java.net.http.HttpRequest.BodyPublishers.ofString(json))
            .build();
    var answer = admin.http().send(request, java.net.http.HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() == 201) {
      String location = answer.headers().firstValue("Location").orElseThrow();
      made.add(0, location.substring(location.indexOf("/api/v1/") + "/api/v1/".length()));
    }
    return answer;
  }

  private static String query(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The first so many characters of a text, no half ones. */
  private static String cut(String text, int most) {
    int end = Math.min(text.length(), most);
    return text.substring(
        0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
  }

  private static Map<String, Object> meter(String serial, String text) {
    return Map.of(
        "serialNumber",
        serial,
        "model",
        "emu-professional-ii",
        "address",
        "http://127.0.0.1:9",
        "timeZone",
        "Europe/Zurich",
        "state",
        "PAUSED",
        "alias",
        text,
        "meteringPoint",
        serial + " " + cut(text, 50),
        "labels",
        List.of("x" + cut(text, 38)));
  }

  @Test
  @Order(1)
  void asAliasesLabelsAndSearchTerms() throws Exception {
    for (int i = 0; i < kept.size(); i++) {
      String text = kept.get(i);
      String serial = SERIAL + i;
      var added = post("meters", body(meter(serial, text)));
      assertThat(added.statusCode()).as(text + added.body()).isEqualTo(201);
      aliases.put(serial, text.strip());
      var read = JsonPath.from(admin.get("meters/" + serial).body());
      assertThat(read.getString("alias")).isEqualTo(text.strip());
      assertThat(read.getString("meteringPoint")).isEqualTo((serial + " " + cut(text, 50)).strip());
      assertThat(read.<String>getList("labels")).containsExactly(("x" + cut(text, 38)).strip());
    }
    for (int i = 0; i < kept.size(); i++) {
      String label = query(("x" + cut(kept.get(i), 38)).strip());
      for (String asked : List.of("search=" + query(kept.get(i)) + "&max=1000", "label=" + label)) {
        var found = JsonPath.from(admin.get("meters?" + asked).body());
        assertThat(found.<String>getList("items.serialNumber"))
            .as(kept.get(i))
            .contains(SERIAL + i);
      }
    }
  }

  @Test
  @Order(2)
  void asNamesOfOtherThings() throws Exception {
    var names = new LinkedHashMap<String, Map<String, Object>>();
    names.put("groups", Map.of("rules", List.of()));
    names.put("locations", Map.of());
    names.put("roles", Map.of("permissions", List.of("VIEW_METERS")));
    names.put("networks", Map.of());
    names.put("gateways", Map.of("network", "Standard"));
    for (var each : names.entrySet()) {
      var stored = new TreeSet<String>();
      for (String text : some(each.getKey())) {
        String name = cut(text, 80).strip();
        boolean path = each.getKey().equals("locations") && name.contains("/");
        var fields = new LinkedHashMap<>(each.getValue());
        fields.put("name", name);
        var answer = post(each.getKey(), body(fields));
        if (path || !stored.add(name)) {
          Portal.assertRefused(answer, "name", path ? "pattern" : "unique");
        } else {
          assertThat(answer.statusCode()).as(each.getKey() + name + answer.body()).isEqualTo(201);
        }
      }
      assertThat(JsonPath.from(admin.get(each.getKey()).body()).<String>getList("name"))
          .as(each.getKey())
          .containsAll(stored);
    }
    for (String text : some("tokens")) {
      var token =
          post("tokens", body(Map.of("label", cut(text, 80), "expiresAt", "2027-01-01T00:00:00Z")));
      assertThat(token.statusCode()).as(text + token.body()).isEqualTo(201);
      var account =
          post("accounts", body(Map.of("name", text, "password", "x", "grants", List.of())));
      assertThat(account.statusCode()).as(text).isEqualTo(400);
    }
  }

  /** Every fourth for what stores names as groups do. */
  private List<String> some(String path) {
    boolean all = List.of("groups", "locations", "roles").contains(path);
    return kept.stream().filter(text -> all || kept.indexOf(text) % 4 == 0).toList();
  }

  @Test
  @Order(3)
  void whatIsNoTextIsRefusedByField() throws Exception {
    var browser = portal.signedIn("anna");
    for (String text : refused) {
      Portal.assertRefused(
          post("meters", JsonOutput.toJson(Map.of("alias", text))), "alias", "characters");
      for (String path : List.of("groups", "locations", "roles", "networks", "accounts")) {
        Portal.assertRefused(
            post(path, JsonOutput.toJson(Map.of("name", text))), "name", "characters");
      }
      String bytes = query(text);
      if (!bytes.equals("%3F") && text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
        Portal.assertRefused(admin.get("meters?search=" + bytes), "search", "characters");
        assertThat(browser.get("/meters/list.xhtml?search=" + bytes).statusCode()).isEqualTo(400);
      }
    }
    var page =
        browser.press("/roles.xhtml", "save", Map.of("name", "Pasted\u0007 from\u0000 afar"));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("characters that no text has", "value=\"Pasted from afar\"");
  }

  @Test
  @Order(4)
  void asATableWithoutFormulas() throws Exception {
    var table = admin.get("meters?search=" + SERIAL, "Accept", "text/csv").body();
    var rows =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .get()
            .parse(new StringReader(table))
            .getRecords();
    assertThat(rows).hasSameSizeAs(kept);
    for (var row : rows) {
      String alias = aliases.get(row.get("serial_number"));
      boolean formula =
          !alias.isEmpty() && "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20".indexOf(alias.charAt(0)) >= 0;
      assertThat(row.get("alias")).isEqualTo(formula ? "'" + alias : alias);
    }
  }

  @Test
  @Order(5)
  void noScriptOfThemRuns() throws Exception {
    try (var browsers = browsers()) {
      var noted = new ArrayList<String>();
      var page = browsers.page(portal.uri(), 1440, 900, false);
      page.onDialog(
          dialog -> {
            noted.add("dialog " + dialog.message());
            dialog.dismiss();
          });
      page.onConsoleMessage(
          message -> {
            if (message.type().equals("error")) {
              noted.add(page.url() + " " + message.text());
            }
          });
      page.onPageError(error -> noted.add(page.url() + " " + error));
      page.onRequest(
          request -> {
            if (!request.url().startsWith(portal.uri().toString())
                && !request.url().startsWith("data:")) {
              noted.add(page.url() + " asks " + request.url());
            }
          });
      Browsers.signIn(page, "anna", Portal.SECRET);
      var shown = new ArrayList<String>();
      for (int first = 0; first < kept.size(); first += PAGE) {
        open(page, "/meters/list.xhtml?search=" + SERIAL + "&first=" + first);
        shown.addAll(page.locator("td .wrap").allTextContents());
      }
      assertThat(shown.stream().map(NaughtyStringsIT::lines))
          .containsExactlyInAnyOrderElementsOf(
              aliases.values().stream().map(NaughtyStringsIT::lines).toList());
      for (String path :
          List.of(
              "/groups.xhtml",
              "/locations.xhtml",
              "/roles.xhtml",
              "/users.xhtml",
              "/networks.xhtml",
              "/account.xhtml",
              "/readings/plan.xhtml",
              "/operations/new.xhtml",
              "/webhooks.xhtml",
              "/index.xhtml")) {
        open(page, path);
      }
      var markup =
          kept.stream()
              .filter(text -> text.matches(".*(<|#\\{|&|%|\\+|;).*"))
              .filter(text -> text.equals(text.strip()))
              .limit(14)
              .toList();
      for (String text : markup) {
        String serial = SERIAL + kept.indexOf(text);
        open(page, "/meter/settings.xhtml?serial=" + serial);
        assertThat(page.content()).contains(serial);
        open(page, "/meters/edit.xhtml?serial=" + serial);
        assertThat(page.locator("input[id$=':alias']").inputValue()).isEqualTo(text);
        open(page, "/meters/list.xhtml?condition=PAUSED&search=" + query(text));
        assertThat(page.locator("#filter").inputValue()).isEqualTo(text);
        page.locator(".filter-chips a[href*=PAUSED]").click();
        page.waitForLoadState();
        assertThat(page.locator("#filter").inputValue()).isEqualTo(text);
      }
      assertThat(noted).isEmpty();
    }
  }

  private static Browsers browsers() {
    try {
      return Browsers.start();
    } catch (PlaywrightException e) {
      return abort("No Chromium is installed and none can be fetched: " + e.getMessage());
    }
  }

  private static void open(Page page, String path) {
    var answer = page.navigate(path);
    assertThat(answer.status()).as(path).isEqualTo(200);
    assertThat(page.evaluate("() => typeof window.canary")).as(path).isEqualTo("undefined");
  }

  /** HTML knows one line end. */
  private static String lines(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }
}
