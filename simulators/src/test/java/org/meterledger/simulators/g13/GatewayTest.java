package org.meterledger.simulators.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meterledger.simulators.g13.G13Wired.GATEWAY;
import static org.meterledger.simulators.g13.G13Wired.IRON;
import static org.meterledger.simulators.g13.G13Wired.PLATINUM;
import static org.meterledger.simulators.g13.G13Wired.parse;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** N1 to N16, N28, N29, N91. */
class GatewayTest extends WiredTest {
  private static final String IP =
      "{\"dhcp\":false,\"dns\":%s,\"ip\":\"%s\",\"gateway\":\"10.0.0.1\","
          + "\"subnet\":\"255.0.0.0\",\"pdns\":\"10.0.0.2\",\"sdns\":\"10.0.0.3\"}";

  @Test
  void allResourcesOfTheManualAreThere() {
    assertThat(new Router().numbers()).isEqualTo(IntStream.rangeClosed(1, 91).boxed().toList());
  }

  @Test
  void about() throws Exception {
    var answer = wired.get("/about");
    assertThat(answer.headers().firstValue("Link")).hasValue("/lasterror/0");
    assertThat(answer.headers().firstValue("Server")).hasValue("embOS/IP");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.headers().firstValue("Transfer-Encoding")).hasValue("chunked");
    JsonObject about = parse(answer.body());
    assertThat(about.keySet())
        .containsExactlyInAnyOrder(
            "cosemversion",
            "firmwareversion",
            "hardwareversion",
            "jsonapiversion",
            "logicaldevicename",
            "model",
            "releasedate",
            "serial");
    assertThat(about.getInt("cosemversion")).isEqualTo(6);
    assertThat(about.getString("jsonapiversion")).isEqualTo("0.9");
    assertThat(about.getString("serial")).isEqualTo(GATEWAY);
  }

  @Test
  void whoHasNoKeySeesAPage() throws Exception {
    var answer = wired.as("admin", "wrong").get("/about");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html");
    assertThat(answer.body()).hasSize(162).contains("<H1>401 Unauthorized</H1>");
  }

  @Test
  void oneUserHasTheSession() throws Exception {
    wired.succeeds("PUT", "/users", "{\"name\":\"bob\",\"key\":\"b\"}");
    wired.posts("/login", "");
    wired.posts("/login", "");
    var refused = wired.as("bob", "b").send("POST", "/login", "");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).hasSize(36);
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("text/html");

    wired.posts("/logout", "");
    assertThat(wired.send("POST", "/login", "").statusCode()).isEqualTo(403);
    wired.as("admin", "admin").posts("/logout", "");
    wired.as("bob", "b").posts("/login", "");
  }

  @Test
  void sessionEndsWhenNothingIsAskedForTenMinutes() throws Exception {
    wired.succeeds("PUT", "/users", "{\"name\":\"bob\",\"key\":\"b\"}");
    wired.posts("/login", "");
    wired.pass(Duration.ofMinutes(9));
    wired.json("/about");
    wired.pass(Duration.ofMinutes(9));
    assertThat(wired.as("bob", "b").send("POST", "/login", "").statusCode()).isEqualTo(403);
    wired.pass(Duration.ofMinutes(1));
    wired.posts("/login", "");
  }

  @Test
  void configuration() throws Exception {
    JsonObject configuration = wired.json("/configuration");
    assertThat(configuration.keySet())
        .containsExactlyInAnyOrder("ip", "eqbus", "mbus_wired", "mbus_ir");
    assertThat(configuration.getJsonObject("ip").keySet())
        .containsExactlyInAnyOrder("dhcp", "dns", "gateway", "ip", "mac", "pdns", "sdns", "subnet");
    assertThat(configuration.getJsonObject("eqbus").getInt("baudrate")).isEqualTo(500_000);
    assertThat(configuration.getJsonObject("mbus_ir").keySet())
        .isEqualTo(configuration.getJsonObject("mbus_wired").keySet())
        .hasSize(7);
  }

  @Test
  void ipIsKept() throws Exception {
    wired.posts("/configuration/ip", IP.formatted("false", "10.0.0.9"));
    JsonObject ip = wired.json("/configuration").getJsonObject("ip");
    assertThat(ip.getString("ip")).isEqualTo("10.0.0.9");
    assertThat(ip.getString("sdns")).isEqualTo("10.0.0.3");
    assertThat(wired.gateway.events())
        .extracting(GatewayEvent::id)
        .contains(GatewayEvent.IP_ADDRESS_CHANGED);
  }

  @Test
  void ipIsRefused() throws Exception {
    wired.refused(400, "missing ip in JSON", "POST", "/configuration/ip", "{\"dhcp\":false}");
    wired.invalid("POST", "/configuration/ip", IP.formatted("true", "10.0.0.9"));
    wired.invalid("POST", "/configuration/ip", IP.formatted("false", "here"));
    assertThat(wired.json("/configuration").getJsonObject("ip").getString("ip"))
        .isEqualTo("192.168.1.12");
  }

  @Test
  void anotherRateLosesTheMetersOfTheEqBus() throws Exception {
    wired.refused(
        400, "missing baudrate in JSON", "POST", "/configuration/eqbus", "{\"nothing\":1}");
    String body = "{\"baudrate\":%d,\"interoctettimeout\":%d}";
    wired.invalid("POST", "/configuration/eqbus", body.formatted(14_400, 40));
    wired.posts("/configuration/eqbus", body.formatted(9600, 40));
    assertThat(wired.json("/configuration").getJsonObject("eqbus").getInt("baudrate"))
        .isEqualTo(9600);
    wired.silent(500, "/meters/" + PLATINUM + "/power");
    wired.posts("/configuration/eqbus", body.formatted(500_000, 40));
    wired.json("/meters/" + PLATINUM + "/power");
  }

  @ParameterizedTest
  @CsvSource({"19,400", "20,200", "6000,200", "6001,400"})
  void interOctetTimeout(int value, int status) throws Exception {
    String body = "{\"baudrate\":500000,\"interoctettimeout\":" + value + "}";
    assertThat(wired.send("POST", "/configuration/eqbus", body).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "ack,200,2000",
    "delay_after_telegram,50,60000",
    "delay_before_requd2,50,1000",
    "response_timeout,300,15000",
    "response_timeout_base,100,10000",
    "meter_contact,10,25000"
  })
  void mbusTimeouts(String key, int least, int most) throws Exception {
    for (String bus : List.of("mbus_wired", "mbus_ir")) {
      String path = "/configuration/" + bus;
      wired.posts(path, mbus(key, least));
      wired.posts(path, mbus(key, most));
      wired.invalid("POST", path, mbus(key, least - 1));
      wired.invalid("POST", path, mbus(key, most + 1));
      assertThat(wired.json("/configuration").getJsonObject(bus).getInt(key)).isEqualTo(most);
    }
  }

  private static String mbus(String key, int value) {
    String usual =
        "{\"ack\":1000,\"delay_after_telegram\":1000,\"delay_before_requd2\":200,"
            + "\"get_request\":0,\"meter_contact\":100,\"response_timeout\":300,"
            + "\"response_timeout_base\":800}";
    return usual.replaceAll("\"" + key + "\":[0-9]+", "\"" + key + "\":" + value);
  }

  @Test
  void names() throws Exception {
    String body = "{\"serial\":\"" + GATEWAY + "\",\"alias\":\"%s\",\"location\":\"%s\"}";
    wired.posts("/gateway", body.formatted("a".repeat(21), "l".repeat(51)));
    JsonObject gateway = wired.json("/gateway");
    assertThat(gateway.getString("alias")).hasSize(21);
    assertThat(gateway.getString("location")).hasSize(51);
    assertThat(gateway.getString("serial")).isEqualTo(GATEWAY);
    wired.invalid("POST", "/gateway", body.formatted("a".repeat(22), "l"));
    wired.invalid("POST", "/gateway", body.formatted("b", "l".repeat(52)));
    // The location failed, so the alias before it stays.
    assertThat(wired.json("/gateway").getString("alias")).isEqualTo("b");
  }

  @Test
  void time() throws Exception {
    assertThat(wired.json("/gateway/datetime").getString("datetime"))
        .isEqualTo("2026-03-27T13:00:00");
    wired.posts("/gateway/datetime", "{\"datetime\":\"2012-05-09T16:30:52\"}");
    wired.pass(Duration.ofSeconds(8));
    assertThat(wired.json("/gateway/datetime").getString("datetime"))
        .isEqualTo("2012-05-09T16:31:00");
    wired.refused(400, "missing datetime tag in JSON", "POST", "/gateway/datetime", "{}");
    wired.invalid("POST", "/gateway/datetime", "{\"datetime\":\"2012-13-09T16:30:52\"}");
  }

  @Test
  void clockIsNotSetUntilItIsSet() throws Exception {
    wired.gateway.loseTime();
    JsonObject lost = wired.json("/gateway/datetime");
    assertThat(lost.getString("status")).isEqualTo("not set");
    assertThat(lost.getString("datetime")).isEqualTo("2000-01-01T00:00:00");
    wired.posts("/gateway/datetime", "{\"datetime\":\"2026-03-27T13:00:00\"}");
    assertThat(wired.json("/gateway/datetime").getString("status")).isEqualTo("set");
  }

  @Test
  void eventsComeNewestFirst() throws Exception {
    wired.gateway.setConnected(IRON, false);
    var events = wired.json("/gateway/events").getJsonArray("events");
    assertThat(events).hasSize(2);
    JsonObject newest = events.getJsonObject(0);
    assertThat(newest.toString())
        .isEqualTo(
            "{\"category\":4,\"index\":2,\"id\":9,\"timestamp\":\"2026-03-27T13:00:00\",\"type\":2}");
    wired.succeeds("DELETE", "/gateway/events", "");
    assertThat(wired.gateway.events())
        .extracting(GatewayEvent::id)
        .containsExactly(GatewayEvent.EVENTS_RESET);
  }

  @Test
  void rebootTakesAWhile() throws Exception {
    wired.posts("/login", "");
    assertThat(wired.send("POST", "/gateway/reboot", "").body())
        .isEqualTo("{\"status\":\"Rebooting\"}");
    assertThatThrownBy(() -> wired.send("POST", "/login", "")).isInstanceOf(IOException.class);
    wired.pass(Duration.ofSeconds(30));
    assertThat(wired.json("/gateway/events").getJsonArray("events").getJsonObject(0).getInt("id"))
        .isEqualTo(GatewayEvent.STARTED);
    wired.succeeds("PUT", "/users", "{\"name\":\"bob\",\"key\":\"b\"}");
    wired.as("bob", "b").posts("/login", "");
  }

  @Test
  void executeReadsARegisterOfSeveralMeters() throws Exception {
    String body =
        "{\"devices\":[\"%s\",\"%s\"],\"obis\":%s,\"classid\":3,\"attributes\":[\"value\",\"unit\"]}";
    JsonObject answer =
        parse(
            wired
                .send(
                    "POST",
                    "/gateway/execute",
                    body.formatted(PLATINUM, IRON, "\"1.0.32.7.0.255\""))
                .body());
    assertThat(G13Wired.texts(answer.getJsonArray("devices"), "serial"))
        .containsExactly(PLATINUM, IRON);
    JsonObject first = answer.getJsonArray("devices").getJsonObject(0);
    assertThat(first.getJsonArray("values"))
        .isEqualTo(wired.value("/meters/" + PLATINUM + "/instrument", "/l1/voltage"));
    String asNumbers = body.formatted(PLATINUM, IRON, "[1,0,32,7,0,255]");
    assertThat(parse(wired.send("POST", "/gateway/execute", asNumbers).body())).isEqualTo(answer);
    wired.refused(
        500,
        "received invalid response",
        "POST",
        "/gateway/execute",
        body.formatted(PLATINUM, IRON, "\"1.0.72.7.0.255\""));
    wired.invalid(
        "POST", "/gateway/execute", body.formatted(PLATINUM, "NIX", "\"1.0.32.7.0.255\""));
  }

  @Test
  void parameterMapping() throws Exception {
    JsonObject mapping = wired.json("/parametermapping");
    assertThat(mapping.getString("1")).isEqualTo("ACTIVE_ENERGY_IMPORT_TOTAL");
    assertThat(mapping.getString("34")).isEqualTo("APPARENT_ENERGY_EXPORT_TOTAL");
    assertThat(mapping.getString("83")).isEqualTo("NRG_CONVERSION_FACTOR_CURR");
    assertThat(mapping.getString("188")).isEqualTo("HARMONICS_CURRENT_NEUTRAL");
    assertThat(mapping).hasSizeGreaterThan(170);
  }

  @Test
  void storableQuantities() throws Exception {
    JsonObject storable = wired.json("/storablequantities");
    assertThat(storable.keySet()).containsExactlyInAnyOrder("pv", "lp", "dm", "ac");
    assertThat(storable.getJsonArray("dm").toString())
        .startsWith("[51,52,53,54,59,")
        .endsWith("103,104]");
    assertThat(storable.getJsonArray("lp").toString()).contains("40,51").endsWith("187,188]");
    assertThat(storable.getJsonArray("pv").toString()).endsWith("171,172,173,174]");
  }

  @Test
  void lastErrorTellsWhatWasWrong() throws Exception {
    var answer = wired.get("/nowhere");
    assertThat(answer.statusCode()).isEqualTo(404);
    String link = answer.headers().firstValue("Link").orElseThrow();
    assertThat(link).matches("/lasterror/[1-9][0-9]*");
    assertThat(wired.json(link).getString("des")).isEqualTo("URI not found.");
    assertThat(wired.json("/lasterror/0").getString("status")).isEqualTo("success");
    wired.invalid("GET", "/lasterror/999", "");
  }

  @ParameterizedTest
  @ValueSource(ints = {511, 512, 513})
  void updatesHaveAtMost512Bytes(int bytes) throws Exception {
    String body = "{\"datetime\":\"2026-03-27T13:00:00\"";
    String padded = body + " ".repeat(bytes - body.length() - 1) + "}";
    if (bytes <= 512) {
      wired.posts("/gateway/datetime", padded);
    } else {
      wired.refused(400, "JSON parse error", "POST", "/gateway/datetime", padded);
    }
  }

  @Test
  void queriesAreRefusedWithAnyVerb() throws Exception {
    for (String verb : List.of("GET", "POST", "PUT", "DELETE")) {
      wired.invalid(verb, "/gateway?x=1", "");
    }
  }
}
