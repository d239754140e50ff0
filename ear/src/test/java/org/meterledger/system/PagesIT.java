package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.system.BrowsedPortal.ADMINISTRATOR;
import static org.meterledger.system.BrowsedPortal.PATIENCE_MILLIS;
import static org.meterledger.system.Browsers.button;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The portal as people see it, in a browser. One server for all: the meter that the first test adds
 * is the one that the others look at.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class PagesIT {

  private static final String VIEWER = "viktor";
  private static final String MODEL = "emu-professional-ii";

  private static final ZoneId ZONE = ZoneId.of("Europe/Zurich");

  @AutoClose private BrowsedPortal portal;
  private String serial;

  @BeforeAll
  void start() throws Exception {
    portal = new BrowsedPortal("pages", 3);
    serial = portal.serial();
    portal.start();
  }

  /** A day that is complete at whatever hour this runs. */
  private String yesterday() {
    return "/meter/load-profile.xhtml?date=%s&serial=%s"
        .formatted(LocalDate.now(ZONE).minusDays(1), serial);
  }

  @Test
  @Order(1)
  void anEmptyPortalSaysWhatToDoNext() {
    try (var page = portal.signedIn(ADMINISTRATOR)) {
      assertThat(page.content()).contains("No meters yet");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Add a meter")).click();
      assertThat(page.url()).contains("/meters/edit.xhtml");
    }
  }

  @Test
  @Order(2)
  void aWrongPasswordIsRefusedInWords() {
    try (var page = portal.page(1440, 900, false)) {
      page.navigate("/login.xhtml");
      page.getByLabel("Name").fill(ADMINISTRATOR);
      page.getByLabel("Password").fill("not the right one");
      button(page, "Sign in").click();
      assertThat(page.getByRole(AriaRole.ALERT).textContent()).contains("do not belong together");
    }
  }

  @Test
  @Order(3)
  void aConnectionTestSaysWhyItFailedAndStoresNothing() {
    try (var page = portal.signedIn(ADMINISTRATOR)) {
      page.navigate("/meters/edit.xhtml");
      page.getByLabel("Model").selectOption(MODEL);
      page.getByLabel("Address").fill("http://127.0.0.1:" + Ports.free());
      button(page, "Test connection").click();
      page.getByText("Nobody answers at the address").waitFor();
      page.navigate("/meters/list.xhtml");
      assertThat(page.content()).doesNotContain("127.0.0.1");
    }
  }

  @Test
  @Order(4)
  void aMeterIsAddedAfterATestThatTakesItsSerialNumberOver() {
    try (var page = portal.signedIn(ADMINISTRATOR)) {
      page.navigate("/meters/edit.xhtml");
      page.getByLabel("Model").selectOption(MODEL);
      page.getByLabel("Address").fill(portal.address().toString());
      button(page, "Test connection").click();
      page.getByText("The meter answered.").waitFor();
      assertThat(page.getByLabel("Serial number").inputValue()).isEqualTo(serial);
      page.getByLabel("Time zone").selectOption(ZONE.getId());
      button(page, "Add a meter").click();
      page.waitForURL("**/meter/readings.xhtml?serial=" + serial);
    }
  }

  @Test
  @Order(5)
  void itsCurveIsDrawn() {
    try (var page = portal.signedIn(ADMINISTRATOR)) {
      page.waitForCondition(
          () -> {
            page.navigate(yesterday());
            return page.locator("#chart").count() == 1;
          },
          new Page.WaitForConditionOptions().setTimeout(PATIENCE_MILLIS));
      page.waitForSelector("#chart[data-points] canvas");
      assertThat(Integer.parseInt(page.locator("#chart").getAttribute("data-points")))
          .isBetween(92, 100);
    }
  }

  @Test
  @Order(6)
  void theExportOfWhatIsSeenIsWhatTheMeterRecorded() throws Exception {
    try (var page = portal.signedIn(ADMINISTRATOR)) {
      page.navigate(yesterday() + "&values=reading&channel=1-0:1.8.1*255");
      page.waitForSelector("#chart[data-points]");
      var from = Instant.parse(page.locator("#chart").getAttribute("data-from"));
      var download = page.waitForDownload(() -> button(page, "CSV").click());
      var exported = new TreeMap<Instant, String>();
      for (var line : Files.readAllLines(download.path()).stream().skip(1).toList()) {
        var cells = line.split(",");
        exported.put(OffsetDateTime.parse(cells[0]).toInstant(), cells[3]);
      }
      var recorded = portal.recorded();
      recorded.headMap(from, true).clear();
      recorded.tailMap(exported.lastKey(), false).clear();
      assertThat(exported).hasSizeBetween(92, 100).isEqualTo(recorded);
    }
  }

  @Test
  @Order(6)
  void theStripTellsHowCompleteADayIsAndFitsATelephone() {
    try (var page = portal.page(390, 844, false)) {
      portal.signIn(page, ADMINISTRATOR);
      var day = page.locator(".strip a").nth(28);
      page.waitForCondition(
          () -> {
            page.navigate(yesterday());
            return day.getAttribute("aria-label").contains("100 %");
          },
          new Page.WaitForConditionOptions().setTimeout(PATIENCE_MILLIS));
      assertThat(page.locator(".strip li").nth(28).getAttribute("class")).isEqualTo("step-5");
      assertThat(page.locator("#completeness").textContent()).contains("Gaps");
      assertThat(day.getAttribute("aria-current")).isEqualTo("true");
      assertThat(width(page)).isEqualTo(390);

      page.navigate("/index.xhtml?group=1");
      assertThat(page.locator(".strip li"))
          .satisfies(cells -> assertThat(cells.count()).isEqualTo(30));
      page.locator(".strip a").nth(28).click();
      page.waitForURL("**/index.xhtml?group=1&day=*");
      assertThat(page.locator("#strip").textContent()).contains("What lacks most on");
      assertThat(width(page)).isEqualTo(390);
    }
  }

  private static int width(Page page) {
    return ((Number) page.evaluate("document.documentElement.scrollWidth")).intValue();
  }

  @Test
  @Order(6)
  void placesNetworksAndGroupsAreMade() {
    try (var page = portal.signedIn(ADMINISTRATOR)) {
      page.navigate("/locations.xhtml");
      page.locator("#edit input[type=text]").fill("Basel");
      button(page, "Save").click();
      page.locator("#edit input[type=text]").fill("Harbour");
      page.locator("#edit select").selectOption("Basel");
      button(page, "Save").click();
      assertThat(page.locator("#tree a").allTextContents()).containsExactly("Basel", "Harbour");

      page.navigate("/networks.xhtml?network=1");
      page.locator("#network input[type=text]").nth(0).fill("Renamed");
      button(page, "Save").first().click();
      assertThat(page.locator("#messages").textContent()).contains("Standard is built in");

      page.navigate("/groups.xhtml");
      page.locator("#edit input[type=text]").nth(0).fill("In Basel");
      page.locator("#edit select").selectOption("LOCATION");
      page.locator("#edit input[type=text]").nth(1).fill("Basel");
      button(page, "Add rule").click();
      assertThat(page.locator("#edit tbody").textContent()).contains("Location", "Basel");
      button(page, "Save").click();
      page.waitForURL("**/groups.xhtml?group=3");
      page.locator("textarea").fill("NOBODY");
      button(page, "Pick meters").click();
      assertThat(page.locator("#messages").textContent()).contains("Not known: NOBODY");
      page.locator("textarea").fill(serial);
      button(page, "Pick meters").click();
      page.locator("#all a", new Page.LocatorOptions().setHasText("In Basel")).waitFor();
      assertThat(page.locator("#all tbody tr").last().textContent()).contains("In Basel", "1");

      page.navigate("/meters/list.xhtml?group=3");
      assertThat(page.locator("main select").inputValue()).isEqualTo("3");
      assertThat(page.locator("[id='list:table']").textContent()).contains(serial);
      page.navigate("/meters/list.xhtml?group=2");
      assertThat(page.locator("[id='list:table']").textContent()).doesNotContain(serial);
    }
  }

  @ParameterizedTest
  @Order(7)
  @ValueSource(booleans = {false, true})
  void noPageKeepsAnybodyOut(boolean dark) {
    try (var page = portal.page(1440, 900, dark)) {
      var found = new ArrayList<String>();
      page.navigate("/login.xhtml");
      found.addAll(Axe.faults("login", page));
      portal.signIn(page, ADMINISTRATOR);
      Screenshots.pages(serial)
          .forEach(
              (name, path) -> {
                page.navigate(path);
                // in the dark only the colours are others
                found.addAll(dark ? Axe.faultyColours(name, page) : Axe.faults(name, page));
              });
      assertThat(found).isEmpty();
    }
  }

  @Test
  @Order(8)
  void aListKeepsItsFilterWhenItIsSorted() throws Exception {
    portal.addMeter("RESTING-1", URI.create("http://127.0.0.1:9"), "PAUSED");
    try (var page = portal.signedIn(ADMINISTRATOR)) {
      var table = page.locator("[id='list:table']");
      page.navigate("/meters/list.xhtml");
      assertThat(table.textContent()).contains(serial, "RESTING-1");
      page.navigate("/meters/list.xhtml?group=3");
      // the first answer would still know the parameters of the view
      table.locator("th").nth(1).click();
      page.waitForURL("**/meters/list.xhtml?*sort=ALIAS*");
      table.locator("th").nth(1).click();
      page.waitForURL("**/meters/list.xhtml?*direction=desc*");
      assertThat(table.textContent()).contains(serial).doesNotContain("RESTING-1");
      assertThat(page.url()).contains("group=3");
    }
  }

  @Test
  @Order(8)
  void eventsKeepTheirFilterOnTheOtherPages() throws Exception {
    portal
        .database()
        .texts(
            """
            insert into logbook_entry (meter_id, logbook, at, sequence, code, detail, noted_at)
              select m.id, '0-0:99.98.' || e || '*255',
                     timestamptz '2026-03-01 08:00Z' + n * interval '1 hour', n, 2, '{}',
                     timestamptz '2026-03-03 12:00Z'
                from meter m, unnest(array[128, 129]) e, generate_series(1, 30) n
               where m.serial_number = '%s' returning 1"""
                .formatted(serial));
    try (var page = portal.signedIn(ADMINISTRATOR)) {
      page.navigate(
          "/meter/events.xhtml?logbook=0-0:99.98.128*255&from=2026-03-01&to=2026-03-02&serial="
              + serial);
      var rows = page.locator("[id='events:table'] tbody tr");
      page.locator(".ui-paginator-next").click();
      page.waitForCondition(() -> rows.count() == 5);
      page.locator(".ui-paginator-prev").click();
      page.waitForCondition(() -> rows.count() == 25);
      assertThat(rows.allTextContents())
          .allSatisfy(row -> assertThat(row).contains("Portal", "Mar 2026"));
    }
  }

  @Test
  @Order(8)
  void aViewerSeesNoButtonThatChangesAMeter() throws Exception {
    portal.addViewer(VIEWER);
    try (var page = portal.signedIn(VIEWER)) {
      page.navigate("/meters/list.xhtml");
      assertThat(page.content()).contains(serial).doesNotContain("Add a meter");
      page.navigate("/meter/settings.xhtml?serial=" + serial);
      assertThat(page.locator("main").textContent()).doesNotContain("Edit", "Remove");
      page.navigate("/meter/readings.xhtml?serial=" + serial);
      assertThat(button(page, "Read now").count()).isZero();
      for (var path : List.of("/groups.xhtml?group=3", "/locations.xhtml", "/networks.xhtml")) {
        page.navigate(path);
        assertThat(page.locator("main input[type=submit], main textarea").count())
            .as(path)
            .isZero();
      }
      assertThat(page.navigate("/meters/edit.xhtml?serial=" + serial).status()).isEqualTo(403);
      assertThat(page.navigate("/meters/remove.xhtml?serial=" + serial).status()).isEqualTo(403);
    }
  }

  @Test
  @Order(9)
  void theMenuIsReachedByKeyboard() {
    try (var page = portal.signedIn(ADMINISTRATOR)) {
      var focused = "document.activeElement.textContent.trim()";
      for (int i = 0; i < 12 && !"Meters".equals(page.evaluate(focused)); i++) {
        page.keyboard().press("Tab");
      }
      page.keyboard().press("Enter");
      page.waitForURL("**/meters/list.xhtml");
    }
  }

  @Test
  @Order(10)
  void languageAndColoursAreKept() {
    try (var page = portal.signedIn(ADMINISTRATOR)) {
      page.navigate("/account.xhtml");
      button(page, "Dark").last().click();
      assertThat(page.locator("html").getAttribute("data-theme")).isEqualTo("dark");
      button(page, "Deutsch").last().click();
      page.navigate("/meters/list.xhtml?search=" + serial.substring(0, 3) + "&sort=ALIAS");
      assertThat(page.locator("html").getAttribute("lang")).isEqualTo("de");
      assertThat(page.locator("html").getAttribute("data-theme")).isEqualTo("dark");
    }
  }

  @Test
  @Order(11)
  void aMeterIsRemovedOnlyByNamingIt() {
    try (var page = portal.signedIn(ADMINISTRATOR)) {
      page.navigate("/account.xhtml");
      button(page, "English").last().click();
      page.navigate("/meters/remove.xhtml?serial=" + serial);
      page.getByLabel("Serial number").fill("something else");
      button(page, "Remove").click();
      page.getByText("not the serial number").waitFor();
      page.getByLabel("Serial number").fill(serial);
      button(page, "Remove").click();
      page.waitForURL("**/meters/list.xhtml");
      assertThat(page.content()).contains("its archive is kept");
    }
  }
}
