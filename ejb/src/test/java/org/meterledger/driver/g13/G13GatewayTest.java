package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.driver.g13.Outcome.accepted;
import static org.meterledger.driver.g13.Outcome.failure;
import static org.meterledger.driver.g13.Outcome.refusal;
import static org.meterledger.driver.g13.Outcome.value;

import java.time.LocalDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.g13.G13Server.Response;

/**
 * The resources of the gateway itself (N1 to N15, N28, N29, N91), each by the example of the
 * manual.
 */
@Timeout(60)
class G13GatewayTest {

  private static final String SUCCESS = "{\"status\":\"success\"}";
  private static final IpSettings IP =
      new IpSettings(
          false, false, "192.168.1.13", "192.168.1.1", "255.255.255.0", "0.0.0.0", "0.0.0.0");

  private final G13Server server = new G13Server().examples();
  private final G13Gateway gateway = server.gateway();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void n1About() {
    var about = value(gateway.about());

    assertThat(about.serialNumber()).isEqualTo("1234");
    assertThat(about.firmwareVersion()).isEqualTo("G0.0.0.0");
    assertThat(about.jsonApiVersion()).isEqualTo("0.9");
    assertThat(about.cosemVersion()).isEqualTo("6");
    assertThat(about.releaseDate()).isEqualTo("2012-08-30T14:06:26");
  }

  @Test
  void n2And3LoginAndLogout() {
    server.on("POST /login", "").on("POST /logout", "");

    accepted(gateway.login());
    accepted(gateway.logout());
  }

  @Test
  void n4Configuration() {
    var all = value(gateway.configuration());

    assertThat(all.ip().address()).isEqualTo("192.168.1.12");
    assertThat(all.mac()).isEqualTo("255:255:255:199:34:0");
    assertThat(all.eqBus()).isEqualTo(new EqBusSettings(500000, 40));
    assertThat(all.wiredMBus()).isEqualTo(new MBusTimeouts(1000, 1000, 200, 0, 0, 0, 800));
    assertThat(all.infraredMBus()).isEqualTo(all.wiredMBus());
  }

  @Test
  void n4ConfigurationWithSpacesInItsKeys() {
    server.on(
        "GET /configuration",
        G13Server.example("abb-g13-gateway/configuration")
            .replace("mbus_wired", "mbus wired")
            .replace("mbus_ir", "mbus ir")
            .replace("500000", "\"500000\""));

    assertThat(value(gateway.configuration()).eqBus().baudRate()).isEqualTo(500000);
  }

  private void configuration(String from, String to) {
    var text = G13Server.example("abb-g13-gateway/configuration");
    server.on("GET /configuration", text.replace(from, to));
  }

  @Test
  void n5IpIsReadBack() {
    server.on("POST /configuration/ip", SUCCESS);
    configuration("192.168.1.12", "192.168.1.13");
    var written = gateway.setIp(IP);

    accepted(written.result());
    assertThat(written.now().ip()).isEqualTo(IP);
    assertThat(server.requests().get(0))
        .hasToString(
            "POST /configuration/ip {\"dhcp\":false,\"dns\":false,\"ip\":\"192.168.1.13\","
                + "\"gateway\":\"192.168.1.1\",\"subnet\":\"255.255.255.0\","
                + "\"pdns\":\"0.0.0.0\",\"sdns\":\"0.0.0.0\"}");
  }

  @Test
  void n5SuccessThatIsNoneIsRefused() {
    server.on("POST /configuration/ip", SUCCESS);
    var written = gateway.setIp(IP);

    assertThat(refusal(written.result()).detail()).contains("holds other values");
    assertThat(written.now().ip().address()).isEqualTo("192.168.1.12");
  }

  @Test
  void n5PartialApplicationIsSeenInWhatIsReadBack() {
    server.on("POST /configuration/ip", any -> Response.error(400, "missing subnet in JSON"));
    configuration("192.168.1.12", "192.168.1.13");
    var written = gateway.setIp(IP);

    assertThat(refusal(written.result()).detail()).endsWith("missing subnet in JSON");
    assertThat(written.now().ip().address()).isEqualTo("192.168.1.13");
  }

  @Test
  void n6EqBus() {
    server.on("POST /configuration/eqbus", SUCCESS);
    configuration("\"interoctettimeout\":40", "\"interoctettimeout\":1000");

    accepted(gateway.setEqBus(new EqBusSettings(500000, 1000)).result());
    assertThat(server.requests().get(0).body())
        .isEqualTo("{\"baudrate\":500000,\"interoctettimeout\":1000}");
  }

  @Test
  void n7And8MBus() {
    server.on("POST /configuration/mbus_wired", SUCCESS).on("POST /configuration/mbus_ir", SUCCESS);
    configuration(
        "\"meter_contact\":0,\"response_timeout\":0,\"response_timeout_base\":800",
        "\"meter_contact\":10,\"response_timeout\":300,\"response_timeout_base\":100");
    var wanted = new MBusTimeouts(1000, 1000, 200, 0, 10, 300, 100);

    accepted(gateway.setWiredMBus(wanted).result());
    accepted(gateway.setInfraredMBus(wanted).result());
    assertThat(server.requests().get(0).body())
        .isEqualTo(
            "{\"ack\":1000,\"delay_after_telegram\":1000,\"delay_before_requd2\":200,"
                + "\"get_request\":0,\"meter_contact\":10,\"response_timeout\":300,"
                + "\"response_timeout_base\":100}");
  }

  @Test
  void n9And10Naming() {
    server.on("POST /gateway", SUCCESS);
    var wanted = value(gateway.naming());

    assertThat(wanted).isEqualTo(new Naming("ABBXXXXXXXXXXXX01", "Gateway", "All Location"));
    accepted(gateway.rename(wanted).result());
    assertThat(server.requests().get(1).body())
        .isEqualTo(
            "{\"serial\":\"ABBXXXXXXXXXXXX01\",\"alias\":\"Gateway\",\"location\":\"All"
                + " Location\"}");
  }

  @Test
  void n11And12Time() {
    server.on("POST /gateway/datetime", SUCCESS);

    assertThat(value(gateway.time()))
        .isEqualTo(new GatewayTime(LocalDateTime.parse("2012-05-09T16:30:52"), true));
    accepted(gateway.setTime(LocalDateTime.parse("2012-05-09T16:30:00.9")));
    assertThat(server.last().body()).isEqualTo("{\"datetime\":\"2012-05-09T16:30:00\"}");
  }

  @Test
  void n13Events() {
    var events = value(gateway.events());

    assertThat(events).hasSize(6);
    assertThat(events.get(0))
        .isEqualTo(new GatewayEvent(6, 9, 4, 2, LocalDateTime.parse("2012-05-17T13:02:02")));
  }

  @Test
  void n14ClearEvents() {
    server.on("DELETE /gateway/events", SUCCESS);

    accepted(gateway.clearEvents());
  }

  @Test
  void n15Reboot() {
    server.on("POST /gateway/reboot", "{\"status\":\"Rebooting\"}");

    accepted(gateway.reboot());
  }

  @Test
  void n15RebootForbidden() {
    server.on("POST /gateway/reboot", any -> Response.error(403, "Forbidden Access Denied"));

    assertThat(refusal(gateway.reboot()).kind()).isEqualTo(Kind.ACCESS_DENIED);
  }

  @Test
  void n28ParameterMapping() {
    var mapping = value(gateway.parameterMapping());

    assertThat(mapping.name(1)).contains("ACTIVE_ENERGY_IMPORT_TOTAL");
    assertThat(mapping.number("VOLTAGE_L1")).contains(69);
    assertThat(mapping.name(2000)).isEmpty();
  }

  @Test
  void n29StorableQuantities() {
    var storable = value(gateway.storableQuantities());

    assertThat(storable.loadProfiles()).contains(1, 69).doesNotContain(171);
    assertThat(storable.previousValues()).contains(171);
    assertThat(storable.demand()).contains(104);
    assertThat(storable.alarms()).contains(100);
  }

  @Test
  void n91LastError() {
    server.on("GET /lasterror/23", "{\"des\":\"received invalid response from COSEM.\"}");

    assertThat(value(gateway.lastError(23)).description())
        .isEqualTo("received invalid response from COSEM.");
  }

  @Test
  void n91IsLookedUpWhenABodyBreaksOff() {
    server
        .on(
            "GET /meters",
            any -> new Response(200, "application/json", "{\"alias\":\"Gate", 23, false))
        .on("GET /lasterror/23", "{\"des\":\"connection with meter lost\"}");
    var fault = failure(gateway.registration().list());

    assertThat(fault.kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(fault.detail()).endsWith("broke off: connection with meter lost");
    assertThat(fault.answer()).contains("{\"alias\":\"Gate");
  }

  @Test
  void n13EventsThatBreakOffAreKeptAsFarAsTheyCame() {
    var text = G13Server.example("abb-g13-gateway/events");
    server.on(
        "GET /gateway/events",
        any ->
            new Response(
                200, "application/json", text.substring(0, text.indexOf("\"index\":4")), 0, true));
    var result = gateway.events();

    assertThat(result).isInstanceOf(ReadResult.Partial.class);
    assertThat(Results.value(result)).hasSize(2);
    assertThat(Results.fault(result).kind()).isEqualTo(Kind.PROTOCOL);
  }
}
