package org.meterledger.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.meterledger.system.Portal.SECRET;
import static org.meterledger.system.Portal.assertRefused;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
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
import org.meterledger.simulators.dmed4.Dmed4Fleet;
import org.meterledger.simulators.dmed4.Dmed4Simulator;
import org.meterledger.simulators.dmed4.OcmfRecord;
import org.meterledger.simulators.dmed4.Transport;

/** From the key of a charging meter to the session that its records prove. */
@ExtendWith(PortalExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class ChargingIT {

  private static final String INPUT =
      "{\\\"FV\\\":\\\"1.0\\\",\\\"GI\\\":\\\"Garage\\\",\\\"IS\\\":false,\\\"ID\\\":\\\"04A1\\\"}";

  private final Portal portal;
  private final ApiClient admin;
  private Dmed4Simulator simulator;
  private Browsers browsers;
  private Page page;
  private String meter;

  ChargingIT(Portal portal) {
    this.portal = portal;
    this.admin = portal.admin();
  }

  @BeforeAll
  void start() {
    try {
      browsers = Browsers.start();
    } catch (PlaywrightException e) {
      abort("No Chromium is installed and none can be fetched: " + e.getMessage());
    }
    simulator =
        Dmed4Simulator.start(
            Dmed4Fleet.fresh(1, 1, Instant.now().minus(Duration.ofDays(1))),
            0,
            InstantSource.system());
    meter = Long.toString(simulator.meter(0).settings().serialNumber());
    page = browsers.page(portal.uri(), 1440, 900, false);
    page.setDefaultTimeout(60_000);
    Browsers.signIn(page, "anna", SECRET);
  }

  /** Others list the meters of the portal. */
  @AfterAll
  void nothingIsLeft() throws Exception {
    admin.send("DELETE", "meters/" + meter, null);
    if (simulator != null) {
      simulator.close();
    }
    if (browsers != null) {
      browsers.close();
    }
  }

  private Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private HttpResponse<String> add(String address) throws Exception {
    return admin.post(
        "meters",
        "{'serialNumber':'%s','model':'lovato-dmed4','address':'%s','timeZone':'UTC'}"
            .formatted(meter, address));
  }

  @Test
  @Order(1)
  void aWrongAddressIsRefusedWithTheRule() throws Exception {
    assertRefused(add("modbus-tcp://127.0.0.1:502?unit=248"), "address", "modbus");
    assertRefused(add("ftp://127.0.0.1"), "address", "pattern");
    var added = add("http://127.0.0.1:" + simulator.port(0, Transport.REST));
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
  }

  @Test
  @Order(2)
  void theKeyIsRegisteredWithItsFingerprint() {
    page.navigate("/meter/charging.xhtml?serial=" + meter);
    assertThat(page.locator("main")).containsText("No charging records yet");
    assertThat(Axe.faults("/meter/charging.xhtml", page)).isEmpty();
    page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Public key"))
        .fill(HexFormat.of().formatHex(simulator.meter(0).publicKeySpki()));
    button("Show the fingerprint").click();
    assertThat(page.locator("#keys")).containsText("secp256r1");
    button("Register this key").click();
    page.getByText("The key is registered.").waitFor();
  }

  @Test
  @Order(3)
  void aStepInTheWrongStateIsRefusedAndNothingSent() throws Exception {
    var ended = done("CHARGE_STEP", "{'chargeStep':'END'}");
    assertThat(ended.getString("state")).isEqualTo("FAILED");
    assertThat(simulator.meter(0).records()).isEmpty();
  }

  @Test
  @Order(4)
  void aChargeIsMeteredAndItsRecordsVerify() throws Exception {
    assertThat(done("CHARGE_PREPARE", "{'ocmf':'" + INPUT + "'}").getString("state"))
        .isEqualTo("SUCCEEDED");
    assertThat(done("CHARGE_STEP", "{'chargeStep':'BEGIN'}").getString("state"))
        .isEqualTo("SUCCEEDED");
    assertThat(done("CHARGE_STEP", "{'chargeStep':'END'}").getString("state"))
        .isEqualTo("SUCCEEDED");

    page.navigate("/meter/charging.xhtml?serial=" + meter);
    assertThat(page.locator("#sessions tbody tr")).hasCount(1);
    assertThat(page.locator("#sessions")).containsText("Valid");
    assertThat(page.locator("#records tbody tr")).hasCount(2);
    assertThat(page.locator("#records")).not().containsText("Invalid");
    assertThat(Axe.faults("/meter/charging.xhtml", page)).isEmpty();
  }

  @Test
  @Order(5)
  void recordsAreKeptByteForByte() throws Exception {
    var archived =
        portal
            .database()
            .texts(
                "select convert_from(text, 'UTF8') from charging_record r"
                    + " join meter m on m.id = r.meter_id where m.serial_number = '"
                    + meter
                    + "' order by made_at, progressive");
    assertThat(archived)
        .containsExactlyElementsOf(
            simulator.meter(0).records().stream().map(OcmfRecord::text).toList());
  }

  @Test
  @Order(6)
  void listsAreGivenInParts() throws Exception {
    String lists = "meters/" + meter + "/charging/";
    for (String list : List.of("records", "readings", "sessions")) {
      assertRefused(admin.get(lists + list + "?max=0"), "max", "min");
      assertRefused(admin.get(lists + list + "?max=1001"), "max", "max");
      assertRefused(admin.get(lists + list + "?first=-1"), "first", "min");
      var total = JsonPath.from(admin.get(lists + list).body()).getInt("total");
      assertThat(total).isEqualTo(list.equals("sessions") ? 1 : 2);
    }
    var part = JsonPath.from(admin.get(lists + "records?first=1&max=1").body());
    assertThat(part.getInt("first")).isEqualTo(1);
    assertThat(part.getInt("max")).isEqualTo(1);
    assertThat(part.getList("records.record"))
        .containsExactly(simulator.meter(0).records().get(1).text());
    assertThat(part.getBoolean("records[0].rolledOver")).isFalse();
  }

  @Test
  @Order(7)
  void oneByteChangedInTheDatabaseIsInvalid() throws Exception {
    portal
        .database()
        .execute(
            "update charging_record set text = convert_to(replace(convert_from(text, 'UTF8'),"
                + " 'Garage', 'Garaga'), 'UTF8') where (meter_id, made_at, sha256) in (select"
                + " r.meter_id, r.made_at, r.sha256 from charging_record r join meter m on m.id ="
                + " r.meter_id where m.serial_number = '"
                + meter
                + "' order by r.made_at desc limit 1)");
    page.reload();
    assertThat(page.locator("#records")).containsText("Invalid");
    assertThat(page.locator("#sessions")).containsText("Invalid");
  }

  private JsonPath done(String kind, String parameters) throws Exception {
    var asked =
        admin.post(
            "operations",
            "{'meter':'%s','kind':'%s','parameters':%s,'bypassRetry':true}"
                .formatted(meter, kind, parameters));
    assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
    String id = JsonPath.from(asked.body()).getString("operations[0]");
    return JsonPath.from(admin.get("operations/" + id + "?wait=60").body());
  }
}
