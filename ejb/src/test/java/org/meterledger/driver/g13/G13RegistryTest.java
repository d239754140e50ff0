package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.driver.g13.Outcome.accepted;
import static org.meterledger.driver.g13.Outcome.failure;
import static org.meterledger.driver.g13.Outcome.refusal;
import static org.meterledger.driver.g13.Outcome.value;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meterledger.driver.CosemSource;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.g13.G13Server.Response;
import org.meterledger.metering.ObisCode;

/**
 * Users, firmware, registration and scan (N16 to N27, N31 to N40), each by the example of the
 * manual.
 */
@Timeout(60)
class G13RegistryTest {

  private static final String SUCCESS = "{\"status\":\"success\"}";

  private final G13Server server = new G13Server().examples();
  private final G13Gateway gateway = server.gateway();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void n16ExecuteInOrder() {
    server.on("POST /gateway/execute", "{\"devices\":[[\"230.1\",\"V\"],[\"229.9\",\"V\"]]}");
    var values =
        value(gateway.cosem().read(ObisCode.of("1-0:32.7.0*255"), List.of("ABB01", "ABB02")));

    assertThat(values.get("ABB02")).isEqualTo(new Measured(new BigDecimal("229.9"), "V"));
    assertThat(server.last().body())
        .isEqualTo(
            "{\"devices\":[\"ABB01\",\"ABB02\"],\"obis\":\"1.0.32.7.0.255\",\"classid\":3,"
                + "\"attributes\":[\"value\",\"unit\"]}");
  }

  @Test
  void n16ExecuteByKeyAndInAsManyRequestsAsItTakes() {
    server.on(
        "POST /gateway/execute",
        request -> {
          var one = request.body().contains("ABB00000000000001") ? 1 : 30;
          return Response.json(
              "{\"ABB000000000000%02d\":{\"values\":[[\"%d\",\"V\"]]}}".formatted(one, one));
        });
    var serials =
        java.util.stream.IntStream.rangeClosed(1, 30)
            .mapToObj("ABB000000000000%02d"::formatted)
            .toList();
    var values = value(gateway.cosem().read(ObisCode.of("1-0:32.7.0*255"), serials));

    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests())
        .allSatisfy(request -> assertThat(request.body().length()).isLessThanOrEqualTo(512));
    assertThat(values.keySet()).containsExactly("ABB00000000000001", "ABB00000000000030");
  }

  @Test
  void n16AttributesOfAnyClass() {
    server.on(
        "POST /gateway/execute",
        request ->
            Response.json(
                request.body().contains("[4,5]")
                    ? "{\"ABB01\":{\"values\":[[null,{\"a\":1}]]}}"
                    : "{\"ABB01\":{\"values\":[\"12\"]}}"));
    var clock = ObisCode.of("0-0:1.0.0*255");

    assertThat(value(gateway.cosem().attributes("ABB01", 8, clock, List.of(4, 5, 2))))
        .containsExactly(
            new CosemSource.Attribute(4, ""),
            new CosemSource.Attribute(5, "{\"a\":1}"),
            new CosemSource.Attribute(2, "12"));
    assertThat(server.requests())
        .extracting(G13Server.Request::body)
        .containsExactly(
            "{\"devices\":[\"ABB01\"],\"obis\":\"0.0.1.0.0.255\",\"classid\":8,"
                + "\"attributes\":[4,5]}",
            "{\"devices\":[\"ABB01\"],\"obis\":\"0.0.1.0.0.255\",\"classid\":8,"
                + "\"attributes\":[2]}");
  }

  @Test
  void n16AttributesThatAreNotThoseAskedForAreRefused() {
    var clock = ObisCode.of("0-0:1.0.0*255");
    for (String body :
        List.of(
            "{\"devices\":[[\"1\",\"2\",\"3\"]]}", "{\"devices\":[\"1\"]}", "{\"devices\":[]}")) {
      server.on("POST /gateway/execute", body);
      assertThat(failure(gateway.cosem().attributes("ABB01", 8, clock, List.of(2, 3))).kind())
          .as(body)
          .isEqualTo(Kind.INVALID_DATA);
    }
    server.on(
        "POST /gateway/execute",
        request ->
            request.body().contains("[2,3]")
                ? Response.json("{\"devices\":[[\"1\",\"2\"]]}")
                : Response.error(500, "received invalid response from COSEM."));
    var partial = gateway.cosem().attributes("ABB01", 8, clock, List.of(2, 3, 4));
    assertThat(partial).isInstanceOf(ReadResult.Partial.class);
    assertThat(Results.value(partial)).hasSize(2);
  }

  @Test
  void n17Users() {
    server.on("GET /users", "{\"users\":[{\"name\":\"admin\"},{\"name\":\"user3\"}]}");
    assertThat(value(gateway.users().list())).containsExactly("admin", "user3");

    server.on("GET /users", "[\"admin\",\"user3\"]");
    assertThat(value(gateway.users().list())).containsExactly("admin", "user3");
  }

  @Test
  void n18ChangeKey() {
    server.on("POST /users/username1", SUCCESS);

    accepted(gateway.users().changeKey("username1", "user1234", "user4321"));
    assertThat(server.last().body())
        .isEqualTo("{\"name\":\"username1\",\"oldkey\":\"user1234\",\"key\":\"user4321\"}");
  }

  @Test
  void n19And20AddAndRemove() {
    server.on("PUT /users", SUCCESS).on("DELETE /users/user3", SUCCESS);

    accepted(gateway.users().add("user3", "key"));
    assertThat(server.last().body()).isEqualTo("{\"name\":\"user3\",\"key\":\"key\"}");
    accepted(gateway.users().remove("user3"));
  }

  @Test
  void n21Bindings() {
    server.on(
        "GET /users/user3/bindings",
        "{\"bindings\":[{\"serial\":\"ABBXXXXXXXXXXXXX\",\"access\":\"Configure\"},"
            + "{\"serial\":\"ABB_3\",\"access\":\"View Only\"}]}");

    assertThat(value(gateway.users().bindings("user3")))
        .containsExactly(
            new Users.Binding("ABBXXXXXXXXXXXXX", Users.Access.CONFIGURE),
            new Users.Binding("ABB_3", Users.Access.VIEW_ONLY));
  }

  @Test
  void n22And23Bind() {
    server.on("PUT /users/harsha/bindings", SUCCESS).on("DELETE /users/harsha/bindings", SUCCESS);

    accepted(gateway.users().bind("harsha", "ABB_3", Users.Access.CONFIGURE));
    assertThat(server.last().body())
        .isEqualTo("{\"name\":\"harsha\",\"serial\":\"ABB_3\",\"access\":\"Configure\"}");
    accepted(gateway.users().bind("harsha", "ABB_3", Users.Access.NO_ACCESS));
    assertThat(server.last())
        .hasToString(
            "DELETE /users/harsha/bindings"
                + " {\"name\":\"harsha\",\"serial\":\"ABB_3\",\"access\":\"No Access\"}");
  }

  @Test
  void n24FirmwareUpdateStatus() {
    server.on(
        "GET /meters/firmwareupdatestatus",
        "{\"devices\":[{\"serial\":\"ABB_8\",\"status\":\"pending\"}],"
            + "\"firmwareupdatecomplete\":2}");
    var status = value(gateway.firmware().status());

    assertThat(status.progress()).isEqualTo(Firmware.Progress.COMPLETED);
    assertThat(status.meters())
        .containsExactly(new Firmware.MeterUpdate("ABB_8", Firmware.MeterState.PENDING));
  }

  @Test
  void n25UploadIsMultipart() {
    server.on("POST /firmware", any -> new Response(200, "text/html", SUCCESS, 0, false));

    accepted(gateway.firmware().upload("g13.bin", new byte[] {1, 2, 3}));
    assertThat(server.last().type()).startsWith("multipart/form-data; boundary=");
    assertThat(server.last().body())
        .contains("Content-Disposition: form-data; name=\"image\"; filename=\"g13.bin\"")
        .contains("\r\n\r\n\u0001\u0002\u0003\r\n--")
        .endsWith("--\r\n");
  }

  @Test
  void n26And27UpdateGatewayAndMeters() {
    server.on("PUT /firmware", SUCCESS).on("PUT /meters/firmware", SUCCESS);

    accepted(gateway.firmware().updateGateway());
    accepted(gateway.firmware().updateMeters(List.of("ABBXXXXXXXXXX1101")));
    assertThat(server.last().body()).isEqualTo("{\"meters\":[\"ABBXXXXXXXXXX1101\"]}");
  }

  @Test
  void n31Meters() {
    var meters = value(gateway.registration().list());

    assertThat(meters.gateway().serialNumber()).isEqualTo("ABBXXXXXXXXXXXXX");
    assertThat(meters.meters())
        .contains(
            new Registration.RegisteredMeter(
                "ABB_6", "ABB_6", "Level2", Registration.Bus.WIRED_MBUS, "12", 1))
        .hasSize(3);
  }

  @Test
  void n32To34Register() {
    server
        .on("POST /meters/ABB_8", SUCCESS)
        .on("PUT /meters", SUCCESS)
        .on("DELETE /meters/ABB_8", SUCCESS);
    var meter = new Naming("ABB_8", "ABB_8", "location2");

    accepted(gateway.registration().register(meter));
    assertThat(server.last().body())
        .isEqualTo("{\"serial\":\"ABB_8\",\"alias\":\"ABB_8\",\"location\":\"location2\"}");
    accepted(gateway.registration().rename(meter));
    accepted(gateway.registration().deregister(meter));
  }

  @Test
  void n32ParseErrorIsTold() {
    server.on("POST /meters/ABB_8", any -> Response.error(400, "JSON parse error"));
    var fault = refusal(gateway.registration().rename(new Naming("ABB_8", "a", "b")));

    assertThat(fault.kind()).isEqualTo(Kind.INVALID_DATA);
    assertThat(fault.detail()).contains("/meters/ABB_8: JSON parse error");
  }

  @Test
  void n35ScanResult() {
    server.on(
        "GET /meters/scanned",
        "{\"scanresult\":[{\"token\":1337581086,\"serial\":\"ABB_3\",\"protocol\":\"3\","
            + "\"address\":\"17\"}],\"scancomplete\":0}");
    var result = value(gateway.scan().result());

    assertThat(result.complete()).isFalse();
    assertThat(result.meters())
        .containsExactly(new Scan.Found(1337581086, "ABB_3", Registration.Bus.EQ_BUS, "17"));

    server.on("GET /meters/scanned", "{\"scanresult\":[],\"scancomplete\":\"1\"}");
    assertThat(value(gateway.scan().result()).complete()).isTrue();
  }

  @Test
  void n36StartScan() {
    server.on("POST /meters/scanned/1342530975", SUCCESS);
    var request =
        new ScanRequest(
            ScanRequest.Range.of(List.of(17, 18)),
            new ScanRequest.MBus(38400, ScanRequest.Range.of(1, 16)),
            new ScanRequest.MBus(4800, null));

    accepted(gateway.scan().start(1342530975, request));
    assertThat(server.last().body())
        .isEqualTo(
            "{\"eqbus\":{\"devices\":[17,18]},"
                + "\"mbus_wired\":{\"baudrate\":38400,\"primary\":{\"start\":1,\"end\":16}},"
                + "\"mbus_ir\":{\"baudrate\":4800,\"secondary\":{}},\"token\":1342530975}");
  }

  @Test
  void n37DeleteScanned() {
    server.on("DELETE /meters/scanned", "{\"deleted\":{\"ABB_3\":0,\"ABB_4\":1}}");

    assertThat(value(gateway.scan().delete(List.of("ABB_3", "ABB_4"))))
        .containsEntry("ABB_3", true)
        .containsEntry("ABB_4", false);
    assertThat(server.last().body())
        .isEqualTo("{\"scanned\":[{\"serial\":\"ABB_3\"},{\"serial\":\"ABB_4\"}]}");

    server.on("DELETE /meters/scanned", "{\"deleted\":[{\"serial\":\"ABB_3\",\"status\":\"0\"}]}");
    assertThat(value(gateway.scan().delete(List.of("ABB_3")))).containsEntry("ABB_3", true);

    server.on("DELETE /meters/scanned", SUCCESS);
    accepted(gateway.scan().deleteAll());
  }

  @Test
  void n38To40PermittedMeters() {
    server
        .on("GET /permittedmeters", "{\"meters\":[\"ABBXXXXXXXXXXXXX1\"]}")
        .on("PUT /permittedmeters", SUCCESS)
        .on("DELETE /permittedmeters", SUCCESS);

    assertThat(value(gateway.registration().permitted())).containsExactly("ABBXXXXXXXXXXXXX1");
    accepted(gateway.registration().permit(List.of("ABBXXXXXXXXXXXXX1")));
    assertThat(server.last().body()).isEqualTo("{\"meters\":[\"ABBXXXXXXXXXXXXX1\"]}");
    accepted(gateway.registration().forbid(List.of("ABBXXXXXXXXXXXXX1")));
  }

  @Test
  void n39TwentyFiveMetersTakeTwoRequests() {
    server.on("PUT /permittedmeters", SUCCESS);
    var serials =
        java.util.stream.IntStream.range(0, 25).mapToObj("ABB000000000000%02d"::formatted).toList();

    accepted(gateway.registration().permit(serials));
    assertThat(server.requests()).hasSize(2);
  }
}
