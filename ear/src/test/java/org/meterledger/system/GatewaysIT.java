package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.system.Portal.SECRET;
import static org.meterledger.system.Portal.assertProblem;
import static org.meterledger.system.Portal.assertRefused;

import com.microsoft.playwright.Page;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meterledger.simulators.g13.Fault;
import org.meterledger.simulators.g13.G13Fleet;
import org.meterledger.simulators.g13.G13Gateway;
import org.meterledger.simulators.g13.G13Simulator;

/** From the certificate of a gateway to the archive of the meters behind it. */
@ExtendWith(PortalExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class GatewaysIT {

  private static final int DAYS = 2;
  private static final int METERS = 12;
  private static final int CHANNELS = 8;
  private static final List<String> TAKEN = List.of("ABB00000101", "ABB00000102", "ABB00000104");

  private final Portal portal;
  private final ApiClient admin;
  private G13Simulator simulator;
  private int gateway;
  private String certificate;

  GatewaysIT(Portal portal) {
    this.portal = portal;
    this.admin = portal.admin();
  }

  @BeforeAll
  void start() throws Exception {
    simulator =
        G13Simulator.start(
            G13Fleet.fresh(2, METERS, DAYS, 1, Instant.now().minus(Duration.ofMinutes(1))), 0);
    gateway = gateway("Mast 7");
  }

  private int gateway(String name) throws Exception {
    var added =
        admin.post("gateways", "{'name':'" + name + "','network':'Standard','mostSessions':1}");
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    String location = added.headers().firstValue("Location").orElseThrow();
    return Integer.parseInt(location.substring(location.lastIndexOf('/') + 1));
  }

  /** Others list the meters of the portal. */
  @AfterAll
  void nothingIsLeft() throws Exception {
    for (String serial : TAKEN) {
      admin.send("DELETE", "meters/" + serial, null);
    }
    for (int number = 0; number < simulator.size(); number++) {
      admin.send("DELETE", "meters/" + simulator.gateway(number).settings().serial(), null);
    }
    simulator.close();
  }

  private String address() {
    return simulator.uri(0).toString();
  }

  private HttpResponse<String> access(String password, String more, String fingerprint)
      throws Exception {
    return access(address(), password, more, fingerprint);
  }

  private HttpResponse<String> access(
      String address, String password, String more, String fingerprint) throws Exception {
    return admin.send(
        "PUT",
        "gateways/" + gateway + "/access",
        "{'model':'abb-g13-gateway','address':'%s','userName':'admin',%s%s'certificate':'%s','timeZone':'Europe/Zurich'}"
            .formatted(
                address,
                password == null ? "" : "'password':'" + password + "',",
                more,
                fingerprint));
  }

  @Test
  @Order(1)
  void theCertificateIsShownBeforeAnythingIsSent() throws Exception {
    var shown = admin.post("gateways/certificate", "{'address':'" + address() + "'}");
    assertThat(shown.statusCode()).as(shown.body()).isEqualTo(200);
    certificate = JsonPath.from(shown.body()).getString("sha256");
    assertThat(certificate).matches("[0-9a-f]{64}");
    assertThat(JsonPath.from(shown.body()).getBoolean("oldTls")).isFalse();
    assertThat(simulator.gateway(0).traffic().requests()).isZero();

    assertProblem(admin.post("gateways/certificate", "{'address':'https://127.0.0.1:9'}"), 502);
    assertRefused(
        admin.post("gateways/certificate", "{'address':'http://127.0.0.1'}"), "address", "pattern");
  }

  @Test
  @Order(2)
  void aCertificateThatNobodyComparedGetsNoPassword() throws Exception {
    String other = (certificate.startsWith("0") ? "1" : "0") + certificate.substring(1);
    var refused = access(G13Gateway.FACTORY_KEY, "", other);
    assertProblem(refused, 502);
    assertThat(simulator.gateway(0).traffic().requests()).isZero();
    assertProblem(admin.get("gateways/" + gateway + "/access"), 404);
  }

  @Test
  @Order(3)
  void thePasswordOfTheFactoryIsReplaced() throws Exception {
    assertRefused(access(G13Gateway.FACTORY_KEY, "", certificate), "newPassword", "factory");
    assertProblem(access("wrong", "", certificate), 502);

    var stored = access(G13Gateway.FACTORY_KEY, "'newPassword':'" + SECRET + "',", certificate);
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
    assertThat(JsonPath.from(stored.body()).getString("serialNumber"))
        .isEqualTo(simulator.gateway(0).settings().serial());
    assertProblem(access(G13Gateway.FACTORY_KEY, "", certificate), 502);

    var kept = admin.get("gateways/" + gateway + "/access");
    assertThat(kept.statusCode()).isEqualTo(200);
    assertThat(kept.body()).contains(certificate).doesNotContain(SECRET, "assword");
    assertThat(admin.get("audit?action=GATEWAY_ACCESS").body())
        .contains("Mast 7")
        .doesNotContain(SECRET);
  }

  @Test
  @Order(4)
  void aStoredPasswordGoesNowhereElse() throws Exception {
    assertThat(access(null, "", certificate).statusCode()).isEqualTo(200);
    assertRefused(access("https://127.0.0.1:9", null, "", certificate), "password", "newAddress");
    assertRefused(access(address(), null, "", "1".repeat(64)), "password", "newAddress");
  }

  @Test
  @Order(5)
  void metersThatItKnowsAreTakenOver() throws Exception {
    String path = "gateways/" + gateway + "/meters";
    var known = JsonPath.from(admin.get(path).body());
    assertThat(known.getList("serialNumber")).hasSize(METERS).containsAll(TAKEN);
    assertThat(known.getList("findAll { it.inPortal }")).isEmpty();

    assertRefused(admin.post(path, "{'serialNumbers':['ABB_9']}"), "serialNumbers", "unknown");
    var taken = admin.post(path, "{'serialNumbers':['%s']}".formatted(String.join("','", TAKEN)));
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
    assertRefused(
        admin.post(path, "{'serialNumbers':['" + TAKEN.get(0) + "']}"), "serialNumber", "unique");

    known = JsonPath.from(admin.get(path).body());
    assertThat(known.getList("findAll { it.behind }.serialNumber"))
        .containsExactlyElementsOf(TAKEN);
    assertProblem(portal.viewer().get(path), 403);
    var row = JsonPath.from(admin.get("meters?search=" + TAKEN.get(0)).body());
    assertThat(row.getString("items[0].address")).isEqualTo("Mast 7");
  }

  @Test
  @Order(6)
  void theirLoadProfilesArriveInTheArchive() throws Exception {
    for (String serial : TAKEN) {
      MeterRegister.await(() -> values(serial) >= 2 * recorded(serial), portal.server());
      assertThat(values(serial)).isEqualTo(2 * recorded(serial));
      var newest = simulator.gateway(0).meter(serial).loadProfile(1);
      assertThat(newestQuarter(serial))
          .isEqualTo(
              newest
                  .get(newest.size() - 1)
                  .timestamp()
                  .atZone(ZoneId.of("Europe/Zurich"))
                  .toEpochSecond());
    }
  }

  @Test
  @Order(6)
  void pagesShowWhatIsThere() throws Exception {
    String serial = TAKEN.get(0);
    String end = Instant.now().truncatedTo(ChronoUnit.DAYS).toString();
    String begin = Instant.parse(end).minus(Duration.ofDays(1)).toString();
    var series =
        admin.get("meters/" + serial + "/load-profile/series?from=" + begin + "&to=" + end);
    assertThat(series.statusCode()).as(series.body()).isEqualTo(200);
    assertThat(JsonPath.from(series.body()).<List<Object>>get("points.values.flatten().mean"))
        .as(series.body())
        .doesNotContainNull()
        .isNotEmpty();
    var anna = portal.signedIn("anna");
    assertThat(anna.get("/meter/now.xhtml?serial=" + serial).body())
        .contains(
            "Further registers",
            "1-128:141.8.0*255",
            "phasor-picture",
            "Harmonics of the voltages",
            "Output, switched by communication");
    assertThat(anna.get("/meter/settings.xhtml?serial=" + serial).body())
        .contains("B23 512-100")
        .doesNotContain("uses no password");
  }

  private long newestQuarter(String serial) throws SQLException {
    return Long.parseLong(
        portal
            .database()
            .texts(
                "select extract(epoch from max(e.period_end))::bigint from load_profile_entry e"
                    + " join load_profile p on p.id = e.profile_id and p.obis = '1-0:99.1.0*255'"
                    + " join meter m on m.id = p.meter_id and m.serial_number = '"
                    + serial
                    + "'")
            .get(0));
  }

  /** Values in the archive that are there: each channel is one with its status beside it. */
  private long values(String serial) throws SQLException {
    return Long.parseLong(
        portal
            .database()
            .texts(
                "select count(v) from load_profile_entry e join load_profile p on p.id = e.profile_id"
                    + " join meter m on m.id = p.meter_id and m.serial_number = '"
                    + serial
                    + "' cross join unnest(e.values) v where p.obis not like '1-0:99.128.%'")
            .get(0));
  }

  /** Items that the meter recorded. */
  private long recorded(String serial) {
    var meter = simulator.gateway(0).meter(serial);
    return IntStream.rangeClosed(1, CHANNELS).mapToLong(n -> meter.loadProfile(n).size()).sum();
  }

  @Test
  @Order(7)
  void anotherCertificateIsRefusedUntilSomebodyComparedIt() throws Exception {
    simulator.gateway(0).changeCertificate();
    // what is connected stays so: such a gateway has been started anew
    simulator.gateway(0).inject(Fault.CONNECTION_RESET);
    assertProblem(admin.get("gateways/" + gateway + "/meters"), 502);
    simulator.gateway(0).clearFaults();
    var asked = admin.get("gateways/" + gateway + "/meters");
    assertProblem(asked, 502);
    assertThat(asked.body()).contains("certificate");
    var shown = admin.post("gateways/certificate", "{'address':'" + address() + "'}");
    String another = JsonPath.from(shown.body()).getString("sha256");
    assertThat(another).isNotEqualTo(certificate);
    var stored = access(SECRET, "", another);
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
    assertThat(admin.get("gateways/" + gateway + "/meters").statusCode()).isEqualTo(200);
  }

  @Test
  @Order(8)
  void aPersonDoesTheSameOnAPage() throws Exception {
    int other = gateway("Mast 8");
    try (var browsers = Browsers.start();
        var page = browsers.page(portal.uri(), 390, 900, false)) {
      Browsers.signIn(page, "anna", SECRET);
      page.navigate("/networks.xhtml?gateway=" + other);
      page.getByText("Open the gateway").click();
      page.getByLabel("Address").fill(simulator.uri(1).toString());
      page.getByText("Look at its certificate").click();
      page.locator("#fingerprint").waitFor();
      assertThat(page.locator("#fingerprint").textContent())
          .matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
      assertThat(Axe.faults("/gateway.xhtml", page)).isEmpty();

      account(page, null);
      assertThat(page.locator("#messages").textContent()).contains("password of the factory");
      account(page, SECRET);
      page.getByText("has answered").waitFor();
      assertThat(page.content()).doesNotContain(SECRET);

      page.navigate("/gateway/meters.xhtml?id=" + other);
      page.getByLabel("ABB00000203").check();
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
      assertThat(Axe.faults("/gateway/meters.xhtml", page)).isEmpty();
      page.locator("input[value='Take over']").click();
      page.getByText("1 meter is in the portal now").waitFor();
    }
    assertThat(admin.get("meters?search=ABB00000203").body()).contains("Mast 8");
    admin.send("DELETE", "meters/ABB00000203", null);
  }

  private static void account(Page page, String next) {
    page.getByLabel("User name").fill("admin");
    page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill("admin");
    page.getByLabel("New password").fill(next == null ? "" : next);
    page.getByText("It is this certificate").click();
    page.waitForLoadState();
  }
}
