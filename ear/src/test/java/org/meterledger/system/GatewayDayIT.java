package org.meterledger.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.meterledger.system.Portal.SECRET;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import io.restassured.path.json.JsonPath;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meterledger.simulators.g13.G13Fleet;
import org.meterledger.simulators.g13.G13Gateway;
import org.meterledger.simulators.g13.G13Simulator;

/** What somebody does in front of the pages on the day when a gateway is built in. */
@ExtendWith(PortalExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class GatewayDayIT {

  /** On the EQ bus; 201 measures all and has every part of the settings. */
  private static final List<String> METERS = List.of("ABB00000201", "ABB00000202", "ABB00000206");

  private final Portal portal;
  private final ApiClient admin;
  private G13Simulator simulator;
  private Browsers browsers;
  private Page page;
  private String gateway;

  GatewayDayIT(Portal portal) {
    this.portal = portal;
    this.admin = portal.admin();
  }

  @BeforeAll
  void start() throws Exception {
    try {
      browsers = Browsers.start();
    } catch (PlaywrightException e) {
      abort("No Chromium is installed and none can be fetched: " + e.getMessage());
    }
    simulator =
        G13Simulator.start(
            G13Fleet.fresh(2, 12, 2, 1, Instant.now().minus(Duration.ofMinutes(1))).subList(1, 2),
            0);
    var added = admin.post("gateways", "{'name':'Mast 10','network':'Standard','mostSessions':1}");
    String location = added.headers().firstValue("Location").orElseThrow();
    gateway = location.substring(location.lastIndexOf('/') + 1);
    page = browsers.page(portal.uri(), 1440, 900, false);
    page.setDefaultTimeout(60_000);
    Browsers.signIn(page, "anna", SECRET);
  }

  /** Others list the meters of the portal. */
  @AfterAll
  void nothingIsLeft() throws Exception {
    if (simulator != null) {
      for (String each : METERS) {
        admin.send("DELETE", "meters/" + each, null);
      }
      admin.send("DELETE", "meters/" + gateway().settings().serial(), null);
      admin.send("DELETE", "gateways/" + gateway, null);
      simulator.close();
    }
    if (browsers != null) {
      browsers.close();
    }
  }

  private G13Gateway gateway() {
    return simulator.gateway(0);
  }

  private Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private void open(String path) {
    page.navigate(path);
    assertThat(Axe.faults(path, page)).isEmpty();
  }

  @Test
  @Order(1)
  void theFingerprintIsComparedAndTheGatewaySpokenWith() {
    open("/gateway.xhtml?id=" + gateway);
    page.getByLabel("Address").fill(simulator.uri(0).toString());
    button("Look at its certificate").click();
    assertThat(page.locator("#fingerprint")).isVisible();
    page.getByLabel("User name").fill("admin");
    page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill("admin");
    page.getByLabel("New password").fill(SECRET);
    button("It is this certificate: save").click();
    page.getByText("has answered").waitFor();
  }

  @Test
  @Order(2)
  void aScanFindsThreeMetersThatAreAdded() throws Exception {
    for (String each : METERS) {
      assertThat(admin.send("DELETE", "gateways/" + gateway + "/meters/" + each, null).statusCode())
          .isEqualTo(204);
    }
    gateway().setScanTime(Duration.ofSeconds(1));
    open("/gateway/scan.xhtml?id=" + gateway);
    var bus = page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("EQ bus"));
    bus.getByRole(AriaRole.CHECKBOX).check();
    bus.getByLabel("First address").fill("17");
    bus.getByLabel("Last address").fill("60");
    bus.getByLabel("Last address").blur();
    assertThat(page.getByRole(AriaRole.ALERT).first()).containsText("32");
    bus.getByLabel("Last address").fill("44");
    bus.getByLabel("Last address").blur();
    assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
    button("Start the scan").click();
    for (String each : METERS) {
      page.getByText("Add " + each).waitFor();
    }
    page.getByText("complete").first().waitFor();
    assertThat(Axe.faults("/gateway/scan.xhtml", page)).isEmpty();
    for (String each : METERS) {
      page.navigate("/gateway/scan.xhtml?id=" + gateway + "&meter=" + each);
      page.getByLabel("Name").fill("Lift " + each.substring(9));
      page.getByLabel("Location").fill("Mast 10");
      button("Register and take over").click();
      page.getByText("Meter " + each + " is registered").waitFor();
      assertThat(admin.get("meters/" + each).statusCode()).isEqualTo(200);
    }
  }

  @Test
  @Order(3)
  void theirLoadProfilesAreSeen() throws Exception {
    portal.database().execute("update reading_task set due_at = now()");
    for (String serial : METERS) {
      page.waitForCondition(
          () -> isRead(serial), new Page.WaitForConditionOptions().setTimeout(120_000));
      page.navigate("/meter/load-profile.xhtml?serial=" + serial);
      page.waitForSelector("#chart[data-points]");
      assertThat(Integer.parseInt(page.locator("#chart").getAttribute("data-points"))).isPositive();
    }
  }

  private boolean isRead(String serial) {
    String rows =
        "select 1 from load_profile p join meter m on m.id = p.meter_id and m.serial_number = '%s'"
            + " join load_profile_entry e on e.profile_id = p.id where p.obis = '1-0:99.1.0*255'"
            + " limit 1";
    try {
      return !portal.database().texts(rows.formatted(serial)).isEmpty();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @Order(4)
  void anAlarmIsChangedAndReadBack() throws Exception {
    String serial = METERS.get(0);
    open("/meter/settings.xhtml?serial=" + serial + "&part=alarms");
    page.locator("[id='settings:read']").click();
    page.locator("[id='settings:edit']").click();
    button("Edit: Row 1").first().click();
    page.getByLabel("In use").check();
    page.getByLabel("Quantity").selectOption("Voltage L1");
    type("On threshold", "245");
    type("On delay", "ten");
    assertThat(page.getByText("On delay: a whole number")).isVisible();
    type("On delay", "10");
    type("Off threshold", "240");
    type("Off delay", "10");
    page.getByLabel("Log as event").selectOption("Yes");
    type("Alarm output", "4");
    button("Review").click();
    assertThat(page.locator("#settings")).containsText("245");
    assertThat(Axe.faults("/meter/settings.xhtml", page)).isEmpty();
    button("Send to the meter").click();
    page.waitForURL("**/operations/view.xhtml*");
    String id = page.url().replaceFirst(".*[?&]id=([0-9]+).*", "$1");
    var ended = admin.get("operations/" + id + "?wait=60").body();
    assertThat(JsonPath.from(ended).getString("state")).as(ended).isEqualTo("SUCCEEDED");
    page.getByText("Succeeded").first().waitFor();
  }

  private void type(String label, String value) {
    var field = page.getByLabel(label);
    field.fill(value);
    field.blur();
  }

  @Test
  @Order(5)
  void theAuditTellsWhoChangedIt() {
    open("/audit.xhtml?subject=" + METERS.get(0));
    var row = page.locator("tr", new Page.LocatorOptions().setHasText("CHANGE_SETTINGS"));
    assertThat(row.first()).containsText("anna");
  }

  @Test
  @Order(6)
  void whoMayOnlyLookChangesNothing() throws Exception {
    String serial = METERS.get(0);
    try (var other = browsers.page(portal.uri(), 1440, 900, false)) {
      Browsers.signIn(other, "vera", SECRET);
      other.navigate("/meter/settings.xhtml?serial=" + serial + "&part=alarms");
      assertThat(other.locator("#settings")).containsText("245");
      assertThat(other.getByRole(AriaRole.BUTTON, named("Edit"))).hasCount(0);
      assertThat(other.getByRole(AriaRole.BUTTON, named("Read now"))).hasCount(0);
      assertThat(other.navigate("/gateway/scan.xhtml?id=" + gateway).status()).isEqualTo(403);
    }
    var asked =
        portal
            .viewer()
            .post(
                "operations",
                "{'meter':'%s','kind':'CHANGE_SETTINGS','parameters':{'part':'transformers','before':{},'after':{}}}"
                    .formatted(serial));
    assertThat(asked.statusCode()).isEqualTo(403);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
