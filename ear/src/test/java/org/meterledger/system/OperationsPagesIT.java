package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.system.BrowsedPortal.ADMINISTRATOR;
import static org.meterledger.system.BrowsedPortal.PATIENCE_MILLIS;
import static org.meterledger.system.Browsers.button;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people ask of a simulated meter on the pages, and what they see come of it. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class OperationsPagesIT {

  private static final String VIEWER = "vera";

  @AutoClose private BrowsedPortal portal;

  @BeforeAll
  void start() throws Exception {
    portal = new BrowsedPortal("operations-pages", 1);
    portal.start();
    portal.addViewer(VIEWER);
    portal.addMeter(portal.serial(), portal.address(), "ACTIVE");
  }

  private Page signedIn(String name) {
    var page = portal.signedIn(name);
    page.setDefaultTimeout(PATIENCE_MILLIS);
    return page;
  }

  private void openForm(Page page) {
    page.navigate("/meter/operations.xhtml?serial=" + portal.serial());
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("New operation")).click();
    page.waitForURL("**/operations/new.xhtml?serial=" + portal.serial());
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
      var before = portal.database().texts("select count(*) from operation");
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
      assertThat(portal.database().texts("select count(*) from operation")).isEqualTo(before);

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
          List.of("/operations.xhtml", view, "/meter/operations.xhtml?serial=" + portal.serial())) {
        page.navigate(path);
        assertThat(page.locator("main").textContent())
            .contains("Identify")
            .doesNotContain("New operation", "Ask again", "Cancel the");
      }
      assertThat(page.navigate("/operations/new.xhtml?serial=" + portal.serial()).status())
          .isEqualTo(403);
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

  @ParameterizedTest
  @Order(6)
  @EnumSource(names = {"LIGHT", "DARK"})
  void noPageKeepsAnybodyOut(ColorScheme colours) {
    try (var page = signedIn(ADMINISTRATOR)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
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
        found.addAll(
            colours == ColorScheme.DARK ? Axe.faultyColours(path, page) : Axe.faults(path, page));
      }
      assertThat(found).isEmpty();
    }
  }
}
