package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.system.Portal.SECRET;
import static org.meterledger.system.Portal.assertProblem;
import static org.meterledger.system.Portal.assertRefused;

import io.restassured.path.json.JsonPath;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
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

/** What is changed at a gateway from the portal, and noticed where it is changed there. */
@ExtendWith(PortalExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class GatewayChangesIT {

  private static final int METERS = 12;

  /** On the EQ bus at address 27. */
  private static final String METER = "ABB00000111";

  private static final String OTHER = "ABB00000110";

  private final Portal portal;
  private final ApiClient admin;

  /** That were added, the inner ones first. */
  private final List<String> places = new ArrayList<>();

  private G13Simulator simulator;
  private String serial;
  private String path;

  GatewayChangesIT(Portal portal) {
    this.portal = portal;
    this.admin = portal.admin();
  }

  @BeforeAll
  void start() throws Exception {
    simulator =
        G13Simulator.start(
            G13Fleet.fresh(2, METERS, 1, 1, Instant.now().minus(Duration.ofMinutes(1))), 0);
    simulator.gateway(0).setScanTime(Duration.ofSeconds(1));
    serial = simulator.gateway(0).settings().serial();
    var added = admin.post("gateways", "{'name':'Mast 9','network':'Standard','mostSessions':1}");
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    String location = added.headers().firstValue("Location").orElseThrow();
    path = "gateways" + location.substring(location.lastIndexOf('/'));
    var stored = access(0, G13Gateway.FACTORY_KEY, "'newPassword':'" + SECRET + "',");
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
  }

  /** Others list the meters of the portal. */
  @AfterAll
  void nothingIsLeft() throws Exception {
    for (String each : List.of(METER, OTHER, serial)) {
      admin.send("DELETE", "meters/" + each, null);
    }
    admin.send("DELETE", path, null);
    var all = JsonPath.from(admin.get("locations").body());
    for (String place : places) {
      Integer id = all.get("find { it.fullName == '" + place + "' }.id");
      admin.send("DELETE", "locations/" + id, null);
    }
    simulator.close();
  }

  private HttpResponse<String> access(int number, String password, String more) throws Exception {
    String address = simulator.uri(number).toString();
    var shown = admin.post("gateways/certificate", "{'address':'" + address + "'}");
    return admin.send(
        "PUT",
        path + "/access",
        "{'model':'abb-g13-gateway','address':'%s','userName':'admin','password':'%s',%s'certificate':'%s','timeZone':'Europe/Zurich'}"
            .formatted(address, password, more, JsonPath.from(shown.body()).getString("sha256")));
  }

  private static void done(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
  }

  private static String list(List<String> serials) {
    return "{'serialNumbers':["
        + serials.stream().map(each -> "'" + each + "'").collect(Collectors.joining(","))
        + "]}";
  }

  @Test
  @Order(1)
  void aGatewayIsADeviceAndNoneOfItsMeters() throws Exception {
    done(admin.get("meters/" + serial));
    assertThat(JsonPath.from(admin.get(path + "/meters").body()).getList("serialNumber"))
        .hasSize(METERS)
        .doesNotContain(serial);
    done(access(0, SECRET, ""));
    var row = JsonPath.from(admin.get("gateways/overview?search=" + serial).body());
    assertThat(row.getInt("total")).isEqualTo(1);
    assertThat(row.getString("items[0].device")).isEqualTo(serial);
    assertThat(row.getInt("items[0].meters")).isZero();
    assertThat(admin.get("meters/" + serial + "/operation-kinds").body())
        .contains("SCAN_METERS", "READ_CLOCK");
    assertRefused(access(1, G13Gateway.FACTORY_KEY, ""), "address", "otherGateway");
  }

  @Test
  @Order(2)
  void aScanIsFollowedToItsEndAndWhatItFindsIsAdded() throws Exception {
    done(admin.send("DELETE", path + "/meters/" + METER, null));
    assertThat(admin.get(path + "/meters").body()).doesNotContain(METER);
    assertProblem(admin.get(path + "/scan"), 404);

    assertRefused(scan("'first':0,'last':32"), "buses", "rule");
    assertRefused(scan("'listed':[1,2,3,4,5,6,7,8,9,10,11]"), "buses", "rule");
    var asked = scan("'first':25,'last':29");
    assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
    String operation = JsonPath.from(asked.body()).getString("operation");
    var ended = admin.get("operations/" + operation + "?wait=60");
    assertThat(JsonPath.from(ended.body()).getString("state"))
        .as(ended.body())
        .isEqualTo("SUCCEEDED");
    var scan = JsonPath.from(admin.get(path + "/scan").body());
    assertThat(scan.getString("state")).isEqualTo("COMPLETE");
    assertThat(scan.getList("found.serialNumber")).containsExactly(METER);

    assertRefused(register("x".repeat(22), "Roof"), "alias", "length");
    assertRefused(register("Lift", "y".repeat(52)), "location", "length");
    done(register("Lift", "Roof"));
    assertThat(admin.get(path + "/scan").body()).doesNotContain(METER);
    assertThat(JsonPath.from(admin.get("meters/" + METER).body()).getString("alias"))
        .isEqualTo("Lift");
    var read = admin.post("operations", "{'meter':'" + METER + "','kind':'READ_CLOCK'}");
    String id = JsonPath.from(read.body()).getString("operations[0]");
    assertThat(JsonPath.from(admin.get("operations/" + id + "?wait=60").body()).getString("state"))
        .isEqualTo("SUCCEEDED");
    assertThat(admin.get("audit?action=GATEWAY_METER_REGISTER").body()).contains(METER);
  }

  private HttpResponse<String> scan(String addresses) throws Exception {
    return admin.post(path + "/scan", "{'buses':[{'bus':'EQ_BUS'," + addresses + "}]}");
  }

  private HttpResponse<String> register(String alias, String location) throws Exception {
    return admin.post(
        path + "/registrations",
        "{'meters':[{'serialNumber':'%s','alias':'%s','location':'%s'}]}"
            .formatted(METER, alias, location));
  }

  @Test
  @Order(3)
  void aMeterIsRenamedOnBothSidesAndItsPlaceBecomesOneOfThePortal() throws Exception {
    done(
        admin.send(
            "PUT", path + "/meters/" + METER, "{'alias':'Lift 2','location':'Mast 9/Cellar'}"));
    var there = JsonPath.from(admin.get(path + "/meters").body());
    assertThat(there.getString("find { it.serialNumber == '" + METER + "' }.alias"))
        .isEqualTo("Lift 2");
    assertThat(JsonPath.from(admin.get("meters/" + METER).body()).getString("alias"))
        .isEqualTo("Lift 2");
    assertThat(differences()).contains(METER + " LOCATION");
    assertRefused(take("LOCATION", METER), "location", "unknown");
    var added = admin.send("POST", path + "/locations", null);
    places.addAll(JsonPath.from(added.body()).getList("$", String.class));
    Collections.reverse(places);
    assertThat(places).contains("Mast 9/Cellar");
    done(take("LOCATION", METER));
    assertThat(JsonPath.from(admin.get("meters/" + METER).body()).getString("location"))
        .isEqualTo("Mast 9/Cellar");
    assertThat(differences()).doesNotContain(METER + " LOCATION");
    assertProblem(admin.send("PUT", path + "/meters/ABB_9", "{'alias':'a','location':'b'}"), 404);
  }

  private List<String> differences() throws Exception {
    var told = JsonPath.from(admin.get(path + "/differences").body());
    var serials = told.getList("serialNumber", String.class);
    var kinds = told.getList("kind", String.class);
    return IntStream.range(0, kinds.size())
        .mapToObj(at -> serials.get(at) + " " + kinds.get(at))
        .toList();
  }

  private HttpResponse<String> take(String kind, String meter) throws Exception {
    return admin.post(
        path + "/differences", "{'kind':'" + kind + "','serialNumber':'" + meter + "'}");
  }

  @Test
  @Order(4)
  void metersMissingOnEitherSideAreTakenOver() throws Exception {
    assertThat(differences()).contains(OTHER + " ONLY_THERE");
    done(take("ONLY_THERE", OTHER));
    done(admin.get("meters/" + OTHER));
    assertThat(differences()).doesNotContain(OTHER + " ONLY_THERE");
    assertProblem(take("ONLY_THERE", OTHER), 404);

    done(admin.send("DELETE", path + "/meters/" + OTHER, null));
    assertProblem(admin.get("meters/" + OTHER), 404);
    assertThat(admin.get("audit?action=GATEWAY_METER_REMOVE").body()).contains(OTHER);
  }

  @Test
  @Order(5)
  void twentyFiveWirelessMetersArePermittedAndNotOneMore() throws Exception {
    var serials = IntStream.range(0, 25).mapToObj("ABBW%02d"::formatted).toList();
    done(admin.post(path + "/permitted-meters", list(serials)));
    assertRefused(
        admin.post(path + "/permitted-meters", list(List.of("ABBW99"))), "serialNumbers", "most");
    done(admin.send("DELETE", path + "/permitted-meters/ABBW00", null));
    assertThat(JsonPath.from(admin.get(path + "/permitted-meters").body()).getList("$"))
        .hasSize(24)
        .doesNotContain("ABBW00");
  }

  @Test
  @Order(6)
  void accountsOfTheGatewayAreManagedAndComparedWithGrants() throws Exception {
    assertRefused(
        admin.post(path + "/users", "{'name':'Bea','password':'geheim77'}"), "name", "pattern");
    done(admin.post(path + "/users", "{'name':'bea','password':'geheim77'}"));
    done(admin.send("PUT", path + "/users/bea/access/" + METER, "{'level':'CONFIGURE'}"));
    var bea = JsonPath.from(admin.get(path + "/users").body());
    assertThat(bea.getString("find { it.name == 'bea' }.meters." + METER)).isEqualTo("CONFIGURE");
    assertThat(bea.getBoolean("find { it.name == 'admin' }.portals")).isTrue();
    assertRefused(admin.send("DELETE", path + "/users/admin", null), "name", "own");
    assertRefused(
        admin.send("PUT", path + "/users/admin/access/" + serial, "{'level':'NO_ACCESS'}"),
        "name",
        "own");

    var report = JsonPath.from(admin.get(path + "/access-report").body());
    assertThat(
            report.getString(
                "find { it.name == 'bea' && it.serialNumber == '" + METER + "' }.comparison"))
        .isEqualTo("ONLY_THERE");
    assertThat(report.getList("findAll { it.comparison == 'ONLY_HERE' }")).isNotEmpty();
    done(admin.send("PUT", path + "/users/bea/password", "{'password':'anders88'}"));
    done(admin.send("DELETE", path + "/users/bea", null));
    assertThat(admin.get("audit?action=GATEWAY_USER_PASSWORD").body())
        .contains("bea")
        .doesNotContain("geheim77", "anders88");
  }

  @Test
  @Order(7)
  void whoDoesNotManageNetworksIsRefused() throws Exception {
    for (String each :
        List.of("scan", "permitted-meters", "differences", "users", "access-report")) {
      assertProblem(portal.viewer().get(path + "/" + each), 403);
    }
    assertProblem(portal.viewer().send("DELETE", path + "/meters/" + METER, null), 403);
    assertThat(admin.get("meters/" + METER).statusCode()).isEqualTo(200);
  }

  @Test
  @Order(8)
  void aGatewayThatDoesNotAnswerIsToldAsSuch() throws Exception {
    simulator.gateway(0).inject(Fault.INTERNAL_ERROR);
    assertProblem(admin.get(path + "/differences"), 502);
    assertProblem(admin.get(path + "/users"), 502);
    assertProblem(admin.send("DELETE", path + "/meters/" + METER, null), 502);
    simulator.gateway(0).clearFaults();
    assertThat(admin.get("meters/" + METER).statusCode()).isEqualTo(200);
  }

  @Test
  @Order(9)
  void pagesShowIt() throws Exception {
    var anna = portal.signedIn("anna");
    String query = "?id=" + path.substring(path.lastIndexOf('/') + 1);
    assertThat(anna.get("/gateways.xhtml?search=Mast+9").body()).contains("Mast 9");
    assertThat(anna.get("/gateway/meters.xhtml" + query).body()).contains(METER);
    assertThat(anna.get("/gateway/scan.xhtml" + query).body()).contains("Scan for meters");
    assertThat(anna.get("/gateway/users.xhtml" + query).body()).contains("used by the portal");
    assertThat(anna.get("/gateway/differences.xhtml" + query).body()).contains("ABB00000101");
    assertThat(anna.get("/gateway/permitted.xhtml" + query).body()).contains("ABBW01");
    assertThat(anna.get("/gateway/report.xhtml" + query).body()).contains("only in the portal");
  }
}
