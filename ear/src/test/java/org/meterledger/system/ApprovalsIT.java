package org.meterledger.system;

import static com.microsoft.playwright.options.WaitForSelectorState.DETACHED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.meterledger.system.Portal.assertProblem;
import static org.meterledger.system.Portal.assertRefused;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.WaitForOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.meterledger.simulators.emu.EmuFleet;
import org.meterledger.simulators.emu.EmuSimulator;

/** Anna and Berta may approve, Olga may ask; what is marked waits until two of them agree. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class ApprovalsIT {

  private static final String PASSWORD = "eleven green bottles";
  private static final double PATIENCE_MILLIS = 90_000;

  private Browsers browsers;
  private Database database;
  private EmuSimulator meters;
  private ServerProcess server;
  private ApiClient anna;
  private ApiClient berta;
  private ApiClient olga;

  @BeforeAll
  void start() throws Exception {
    try {
      browsers = Browsers.start();
    } catch (PlaywrightException e) {
      abort("No Chromium is installed and none can be fetched: " + e.getMessage());
    }
    database = Database.temporary();
    meters = EmuSimulator.start(EmuFleet.fresh(1, 1, 1, Instant.now()), 0);
    server =
        ServerProcess.inNew(Path.of("target/it/approvals"))
            .with(database)
            .with("METERLEDGER_ADMIN_NAME", "anna")
            .with("METERLEDGER_ADMIN_PASSWORD", PASSWORD)
            .start()
            .awaitReady();
    anna = client("anna");
    add("accounts", account("berta", 1));
    add("accounts", account("olga", 2));
    berta = client("berta");
    olga = client("olga");
    add(
        "meters",
        "{'serialNumber':'%s','model':'emu-professional-ii','address':'%s','timeZone':'Europe/Zurich'}"
            .formatted(serial(), meters.uri(0)));
  }

  private void add(String where, String what) throws Exception {
    var added = anna.post(where, what);
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
  }

  private static String account(String name, int role) {
    return "{'name':'%s','password':'%s','grants':[{'role':%d,'group':1,'access':'CONFIGURE'}]}"
        .formatted(name, PASSWORD, role);
  }

  private ApiClient client(String name) {
    try (var page = signedIn(name)) {
      return new ApiClient(
          server.uri(), page.locator("meta[name=api-token]").getAttribute("content"));
    }
  }

  @AfterAll
  void stop() throws Exception {
    for (AutoCloseable each : new AutoCloseable[] {browsers, server, meters, database}) {
      if (each != null) {
        each.close();
      }
    }
  }

  private String serial() {
    return meters.meter(0).settings().serialNumber();
  }

  private Page signedIn(String name) {
    var page = browsers.page(server.uri(), 1440, 900, false);
    page.setDefaultTimeout(PATIENCE_MILLIS);
    Browsers.signIn(page, name, PASSWORD);
    return page;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private static Locator link(Page page, String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
  }

  private String asks(ApiClient who) throws Exception {
    var answer = who.post("operations", "{'meter':'" + serial() + "','kind':'READ_CLOCK'}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return JsonPath.from(answer.body()).getString("operations[0]");
  }

  private JsonPath operation(String id) throws Exception {
    return JsonPath.from(olga.get("operations/" + id).body());
  }

  private String request() {
    return "Read clock · " + serial();
  }

  @Test
  @Order(1)
  void aKindIsMarkedOnThePageByWhoManagesAccounts() throws Exception {
    try (var page = signedIn("anna")) {
      page.navigate("/approvals.xhtml");
      assertThat(page.locator("#waiting").textContent()).contains("Nothing waits for you");
      button(page, "Have Read clock approved").click();
      button(page, "Do Read clock at once").waitFor();
      assertThat(page.locator("#rules").textContent()).contains("Wait for a second person", "anna");
    }
    var rules = JsonPath.from(olga.get("operation-rules").body());
    assertThat(rules.getBoolean("find { it.kind == 'READ_CLOCK' }.approval")).isTrue();
    assertThat(rules.getString("find { it.kind == 'READ_CLOCK' }.setBy")).isEqualTo("anna");
    assertThat(rules.getBoolean("find { it.kind == 'IDENTIFY' }.approval")).isFalse();
    assertProblem(olga.send("PUT", "operation-rules/IDENTIFY", "{'approval':true}"), 403);
    assertProblem(anna.send("PUT", "operation-rules/SING", "{'approval':true}"), 404);
    assertRefused(anna.send("PUT", "operation-rules/IDENTIFY", "{}"), "approval", "notNull");
    assertThat(
            database.texts("select after::text from audit_entry where action = 'OPERATION_RULE'"))
        .containsExactly("{\"approval\":true}");
  }

  @Test
  @Order(2)
  void whoAskedWaitsForAnotherThroughTheApi() throws Exception {
    String id = asks(anna);
    assertThat(operation(id).getString("state")).isEqualTo("AWAITING_APPROVAL");
    assertProblem(olga.get("approvals"), 403);
    assertProblem(olga.post("operations/" + id + "/approval", "{'approve':true}"), 403);
    assertProblem(anna.post("operations/" + id + "/approval", "{'approve':true}"), 403);
    try (var token = ApiToken.issued(database, "anna")) {
      var own =
          new ApiClient(server.uri(), token.text())
              .post("operations/" + id + "/approval", "{'approve':true}");
      assertProblem(own, 403);
      assertThat(own.body()).contains("Somebody else");
    }
    assertThat(JsonPath.from(anna.get("approvals").body()).getBoolean("items[0].own")).isTrue();

    var awaited = JsonPath.from(berta.get("approvals").body());
    assertThat(awaited.getInt("total")).isEqualTo(1);
    assertThat(awaited.getString("items[0].operation.id")).isEqualTo(id);
    assertThat(awaited.getBoolean("items[0].own")).isFalse();
    var approved = berta.post("operations/" + id + "/approval", "{'approve':true}");
    assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);

    var done = JsonPath.from(olga.get("operations/" + id + "?wait=60").body());
    assertThat(done.getString("state")).isEqualTo("SUCCEEDED");
    assertThat(done.getBoolean("approval.approved")).isTrue();
    assertThat(done.getString("approval.decidedBy")).isEqualTo("berta");
    var again = berta.post("operations/" + id + "/approval", "{'approve':true}");
    assertProblem(again, 409);
    assertThat(again.body()).contains("berta has approved it already");
  }

  @Test
  @Order(3)
  void whatIsWrongWithADecisionIsSaid() throws Exception {
    String id = asks(olga);
    String path = "operations/" + id + "/approval";
    assertRefused(berta.post(path, "{}"), "approve", "notNull");
    assertRefused(berta.post(path, "{'approve':false}"), "reason", "reason");
    assertRefused(berta.post(path, "{'approve':true,'reason':'nice'}"), "reason", "ambiguous");
    assertRefused(
        berta.post(path, "{'approve':false,'reason':'" + "x".repeat(501) + "'}"),
        "reason",
        "longReason");
    assertProblem(berta.post("operations/17/approval", "{'approve':true}"), 404);
    assertThat(operation(id).getString("state")).isEqualTo("AWAITING_APPROVAL");

    olga.send("DELETE", "operations/" + id, null);
    var late = berta.post(path, "{'approve':true}");
    assertProblem(late, 409);
    assertThat(late.body()).contains("cancelled");
  }

  @Test
  @Order(4)
  void aRequestToManyIsRejectedAsAWhole() throws Exception {
    var answer = olga.post("operation-groups", "{'group':1,'kind':'READ_CLOCK'}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String id = JsonPath.from(answer.body()).getString("id");
    var awaited = JsonPath.from(berta.get("approvals").body());
    assertThat(awaited.getString("items[0].operationGroup")).isEqualTo(id);
    assertThat(awaited.getInt("items[0].group")).isEqualTo(1);

    String part = awaited.getString("items[0].operation.id");
    assertProblem(berta.post("operations/" + part + "/approval", "{'approve':true}"), 409);
    var rejected =
        berta.post(
            "operation-groups/" + id + "/approval", "{'approve':false,'reason':'not today'}");
    assertThat(rejected.statusCode()).as(rejected.body()).isEqualTo(200);
    var progress = JsonPath.from(olga.get("operation-groups/" + id).body());
    assertThat(progress.getInt("states.REJECTED")).isEqualTo(1);
    assertThat(progress.getString("approval.reason")).isEqualTo("not today");
    assertThat(operation(part).getString("state")).isEqualTo("REJECTED");
  }

  @Test
  @Order(5)
  void onesOwnIsShownWithoutButtons() throws Exception {
    String id = asks(anna);
    try (var page = signedIn("anna")) {
      page.navigate("/approvals.xhtml");
      assertThat(page.locator("#menu .badge").count()).as("nothing for her").isZero();
      link(page, request()).click();
      page.waitForURL("**/approvals.xhtml?request=" + id);
      assertThat(page.locator("#one").textContent()).contains("You asked for this yourself");
      assertThat(page.locator("#one input[type=submit]").count()).isZero();
    }
    assertThat(anna.send("DELETE", "operations/" + id, null).statusCode()).isEqualTo(200);
    try (var page = signedIn("olga")) {
      page.navigate("/operations.xhtml");
      assertThat(page.locator("#menu").textContent())
          .contains("Operations")
          .doesNotContain("Approvals");
      assertThat(page.navigate("/approvals.xhtml").status()).isEqualTo(403);
    }
  }

  @Test
  @Order(6)
  void anotherRejectsAndApprovesOnThePage() throws Exception {
    String rejected = asks(olga);
    try (var page = signedIn("berta")) {
      assertThat(page.locator("#menu .badge").textContent()).isEqualTo("1");
      page.navigate("/operations/view.xhtml?id=" + rejected);
      page.getByRole(AriaRole.STATUS).getByText("Awaits approval").waitFor();
      clickedWhileReplaced(page, link(page, "Approve or reject"));
      page.waitForURL("**/approvals.xhtml?request=" + rejected);
      button(page, "Reject " + request()).click();
      page.locator("[id='rejecting:reason-message']").waitFor();
      page.getByLabel("Reason").fill("The <b>clock</b> is right");
      button(page, "Reject " + request()).click();
      page.getByText("Rejected: " + request()).waitFor();
      assertThat(page.locator("#waiting").textContent()).contains("Nothing waits for you");
      page.navigate("/operations/view.xhtml?id=" + rejected);
      assertThat(page.locator("main").textContent())
          .contains("Rejected by berta: The <b>clock</b> is right", "never asked");

      String approved = asks(olga);
      page.navigate("/approvals.xhtml?request=" + approved);
      button(page, "Approve " + request()).click();
      page.getByText("Approved: " + request()).waitFor();
      page.navigate("/operations/view.xhtml?id=" + approved);
      page.getByRole(AriaRole.STATUS).getByText("Succeeded").waitFor();
      assertThat(page.locator("main").textContent()).contains("Approved by berta.");
      page.navigate("/approvals.xhtml?request=" + approved);
      page.getByText("This request does not wait any more").waitFor();
    }
  }

  /** As when something happens to the operation while the button of the mouse is down. */
  private static void clickedWhileReplaced(Page page, Locator link) {
    page.waitForFunction("() => window.live !== undefined");
    link.hover();
    page.mouse().down();
    link.evaluate("pressed => pressed.dataset.pressed = 'yes'");
    page.evaluate("() => window.live()");
    page.locator("[data-pressed]").waitFor(new WaitForOptions().setState(DETACHED));
    page.mouse().up();
  }

  @Test
  @Order(7)
  void whoWasLaterIsToldOnThePage() throws Exception {
    String id = asks(olga);
    try (var page = signedIn("berta")) {
      page.navigate("/approvals.xhtml?request=" + id);
      assertThat(
              anna.post("operations/" + id + "/approval", "{'approve':false,'reason':'mine'}")
                  .statusCode())
          .isEqualTo(200);
      button(page, "Approve " + request()).click();
      page.getByText("anna has rejected it already.").waitFor();
    }
    assertThat(operation(id).getString("state")).isEqualTo("REJECTED");
  }

  @Test
  @Order(8)
  void noPageKeepsAnybodyOut() throws Exception {
    String id = asks(olga);
    var many =
        JsonPath.from(olga.post("operation-groups", "{'group':1,'kind':'READ_CLOCK'}").body());
    try (var page = signedIn("berta")) {
      var found = new ArrayList<String>();
      var paths =
          new String[] {
            "/approvals.xhtml?request=" + id,
            "/approvals.xhtml?request=" + many.getString("id"),
            "/operations/view.xhtml?id=" + id,
            "/operations.xhtml"
          };
      for (var path : paths) {
        assertThat(page.navigate(path).status()).as(path).isEqualTo(200);
        found.addAll(Axe.faults(path, page));
      }
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      for (var path : paths) {
        page.navigate(path);
        found.addAll(Axe.faultyColours(path, page));
      }
      page.setViewportSize(390, 844);
      page.navigate(paths[0]);
      assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .as("nothing is cut off on a telephone")
          .isEqualTo(true);
      assertThat(found).isEmpty();
    }
  }

  @Test
  @Order(9)
  void whatWaitsForAMeterGoesWithIt() throws Exception {
    String id = asks(olga);
    assertThat(anna.send("DELETE", "meters/" + serial(), null).statusCode()).isEqualTo(204);
    assertThat(database.texts("select state from operation where id = " + id))
        .containsExactly("CANCELLED");
    assertThat(JsonPath.from(berta.get("approvals").body()).getInt("total")).isZero();
  }
}
