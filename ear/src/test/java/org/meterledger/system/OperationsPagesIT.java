package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

/** What people ask of a simulated meter on the pages, and what they see come of it. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class OperationsPagesIT {

  private static final String ADMINISTRATOR = "anna";
  private static final String VIEWER = "vera";
  private static final String PASSWORD = "eleven green bottles";
  private static final double PATIENCE_MILLIS = 90_000;

  private Browsers browsers;
  private Database database;
  private EmuSimulator meters;
  private ServerProcess server;

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
        ServerProcess.inNew(Path.of("target/it/operations-pages"))
            .with(database)
            .with("METERLEDGER_ADMIN_NAME", ADMINISTRATOR)
            .with("METERLEDGER_ADMIN_PASSWORD", PASSWORD)
            .start()
            .awaitReady();
    try (var page = signedIn(ADMINISTRATOR)) {
      var api =
          new ApiClient(server.uri(), page.locator("meta[name=api-token]").getAttribute("content"));
      assertThat(
              api.post(
                      "accounts",
                      "{'name':'"
                          + VIEWER
                          + "','password':'"
                          + PASSWORD
                          + "','grants':[{'role':6,'group':1,'access':'VIEW'}]}")
                  .statusCode())
          .isEqualTo(201);
      assertThat(
              api.post(
                      "meters",
                      "{'serialNumber':'"
                          + serial()
                          + "','model':'emu-professional-ii','address':'"
                          + meters.uri(0)
                          + "','timeZone':'Europe/Zurich'}")
                  .statusCode())
          .isEqualTo(201);
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

  private void openForm(Page page) {
    page.navigate("/meter/operations.xhtml?serial=" + serial());
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("New operation")).click();
    page.waitForURL("**/operations/new.xhtml?serial=" + serial());
  }

  private static void chooseKind(Page page, String kind) {
    page.getByLabel("What", new Page.GetByLabelOptions().setExact(true)).selectOption(kind);
  }

  @Test
  @Order(1)
  void registersAreReadAndShownWithoutLoadingThePageAgain() {
    try (var page = signedIn(ADMINISTRATOR)) {
      openForm(page);
      chooseKind(page, "READ_REGISTERS");
      page.getByText("Energies, power, voltages and currents").waitFor();
      button(page, "Queue it").click();
      page.waitForURL("**/operations/view.xhtml?id=*");
      page.evaluate("window.notLoadedAgain = true");
      page.getByRole(AriaRole.STATUS).getByText("Succeeded").waitFor();
      assertThat(page.evaluate("window.notLoadedAgain")).isEqualTo(true);
      assertThat(page.locator("main").textContent())
          .contains("Active import", "kWh", "Voltage", "Complete");
    }
  }

  @Test
  @Order(2)
  void aWaitingOperationIsCancelled() {
    try (var page = signedIn(ADMINISTRATOR)) {
      openForm(page);
      chooseKind(page, "READ_CLOCK");
      page.getByText("The meter's time and how far").waitFor();
      page.getByLabel("Not before").fill("2199-01-01T00:00");
      button(page, "Queue it").click();
      page.getByText("At most 92 days ahead.").waitFor();
      var tomorrow =
          (String) page.evaluate("new Date(Date.now() + 864e5).toISOString().slice(0, 16)");
      page.getByLabel("Not before").fill(tomorrow);
      button(page, "Queue it").click();
      page.waitForURL("**/operations/view.xhtml?id=*");
      assertThat(page.getByRole(AriaRole.STATUS).first().textContent()).contains("Queued");
      button(page, "Cancel the operation").click();
      page.getByText("The operation was cancelled").waitFor();
      page.getByRole(AriaRole.STATUS).getByText("Cancelled").waitFor();
      assertThat(button(page, "Cancel the operation").count()).isZero();
    }
  }

  @Test
  @Order(3)
  void whatIsWrongIsSaidAtTheStepOfABundleAndNothingIsQueued() throws Exception {
    try (var page = signedIn(ADMINISTRATOR)) {
      var before = database.texts("select count(*) from operation");
      openForm(page);
      button(page, "Add a step").click();
      page.getByText("Step 2").waitFor();
      page.waitForFunction("!document.body.classList.contains('busy')");
      var second = page.locator("section.panel").nth(1);
      second.getByLabel("What").selectOption("READ_LOGBOOK");
      second.getByLabel("From").fill("2026-03-02T00:00");
      second.getByLabel("To").fill("2026-03-01T00:00");
      button(page, "Queue it").click();
      second.getByText("The end must be after the beginning.").waitFor();
      assertThat(database.texts("select count(*) from operation")).isEqualTo(before);

      second.getByLabel("To").fill("2026-03-03T00:00");
      button(page, "Queue it").click();
      page.waitForURL("**/operations/view.xhtml?id=*");
      page.waitForCondition(() -> page.locator(".steps .operation-SUCCEEDED").count() == 2);
      assertThat(page.locator(".steps li").allTextContents().get(1)).contains("Read logbook");
    }
  }

  @Test
  @Order(4)
  void aGroupIsAskedAndItsBarMoves() {
    try (var page = signedIn(ADMINISTRATOR)) {
      page.navigate("/operations/new.xhtml?group=1");
      chooseKind(page, "IDENTIFY");
      button(page, "Queue it").click();
      page.waitForURL("**/operations.xhtml?request=*");
      page.locator(".request-bar").getByText("1 of 1 meters").waitFor();
      page.locator("tbody .operation-SUCCEEDED").waitFor();
    }
  }

  @Test
  @Order(5)
  void aViewerSeesWhatWasAskedAndNoButtonThatAsks() {
    String view;
    try (var page = signedIn(ADMINISTRATOR)) {
      page.navigate("/operations.xhtml");
      view = page.locator("#list\\:table a[href*=view]").first().getAttribute("href");
    }
    try (var page = signedIn(VIEWER)) {
      for (var path :
          List.of("/operations.xhtml", view, "/meter/operations.xhtml?serial=" + serial())) {
        page.navigate(path);
        assertThat(page.locator("main").textContent())
            .contains("Identify")
            .doesNotContain("New operation", "Ask again", "Cancel the");
      }
      assertThat(page.navigate("/operations/new.xhtml?serial=" + serial()).status()).isEqualTo(403);
    }
  }

  @Test
  @Order(5)
  void aPlanIsMadeWithItsErrorsAtTheFieldsAndRemovedByName() {
    try (var page = signedIn(ADMINISTRATOR)) {
      page.navigate("/readings.xhtml");
      page.waitForSelector("#counts[data-points] canvas");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Add a plan")).click();
      page.getByLabel("Name").fill("Every night");
      page.getByLabel("Times like crontab").fill("not a time");
      button(page, "Add a plan").click();
      page.getByText("This is not a line like").waitFor();
      page.getByLabel("Times like crontab").fill("10 2 * * *");
      button(page, "Add a plan").click();
      page.waitForURL("**/readings.xhtml");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Every night")).click();
      page.getByLabel("Name of the plan").fill("Every night");
      button(page, "Remove the plan").click();
      page.getByText("Plan Every night was removed.").waitFor();
    }
    try (var page = signedIn(VIEWER)) {
      page.navigate("/readings.xhtml");
      assertThat(page.locator("main").textContent())
          .contains("Load profile and registers")
          .doesNotContain("Add a plan");
      assertThat(page.navigate("/readings/plan.xhtml").status()).isEqualTo(403);
    }
  }

  @Test
  @Order(6)
  void noPageKeepsAnybodyOut() {
    try (var page = browsers.page(server.uri(), 1440, 900, false)) {
      page.setDefaultTimeout(PATIENCE_MILLIS);
      Browsers.signIn(page, ADMINISTRATOR, PASSWORD);
      page.navigate("/operations.xhtml");
      var view = page.locator("#list\\:table a[href*=view]").first().getAttribute("href");
      var found = new ArrayList<String>();
      for (var path :
          List.of(
              "/operations.xhtml?state=ENDED",
              view,
              "/meters/list.xhtml?condition=RESTING",
              "/operations/new.xhtml")) {
        assertThat(page.navigate(path).status()).as(path).isEqualTo(200);
        found.addAll(Axe.faults(path, page));
      }
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
      page.navigate(view);
      found.addAll(Axe.weakContrasts(view, page));
      assertThat(found).isEmpty();
    }
  }
}
