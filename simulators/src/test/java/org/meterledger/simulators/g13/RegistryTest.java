package org.meterledger.simulators.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.simulators.g13.G13Wired.NOW;
import static org.meterledger.simulators.g13.G13Wired.PLATINUM;
import static org.meterledger.simulators.g13.G13Wired.of;
import static org.meterledger.simulators.g13.G13Wired.parse;
import static org.meterledger.simulators.g13.G13Wired.texts;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** N31 to N40. */
class RegistryTest {
  private static final String SCANNED = "/meters/scanned";

  private G13Wired wired;

  /** The usual meters, and four that the gateway does not know yet. */
  @BeforeEach
  void start() {
    List<MeterSettings> meters = new ArrayList<>(G13Fleet.one(2, NOW).meters());
    meters.add(unknown("NEW_EQ", MeterSettings.EQ_BUS, 40));
    meters.add(unknown("NEW_WIRED", MeterSettings.MBUS_WIRED, 5));
    meters.add(unknown("NEW_IR", MeterSettings.MBUS_IR, 9));
    meters.add(unknown("NEW_AIR", MeterSettings.WIRELESS, 0));
    wired = new G13Wired(GatewaySettings.of(G13Wired.GATEWAY, meters));
  }

  private static MeterSettings unknown(String serial, int protocol, int address) {
    return MeterSettings.of(serial, "B23 312-100", NOW.minus(Duration.ofDays(2)))
        .on(protocol, address)
        .unregistered();
  }

  @AfterEach
  void stop() {
    wired.close();
  }

  private List<String> found() throws Exception {
    return texts(wired.json(SCANNED).getJsonArray("scanresult"), "serial");
  }

  @Test
  void metersByLocation() throws Exception {
    JsonObject meters = wired.json("/meters");
    assertThat(meters.getString("serial")).isEqualTo(G13Wired.GATEWAY);
    assertThat(texts(meters.getJsonArray("locations"), "location"))
        .containsExactly("Level1", "Level2", "Basement", "Roof");
    assertThat(meters.getValue("/locations/0/meters/0").toString())
        .isEqualTo(
            "{\"alias\":\"Meter 1\",\"serial\":\"ABB00000101\",\"protocol\":3,\"address\":17,"
                + "\"status\":1}");
    wired.gateway.setConnected(PLATINUM, false);
    assertThat(wired.value("/meters", "/locations/0/meters/0/status").toString()).isEqualTo("-1");
  }

  @Test
  void meterIsRenamedAndMoved() throws Exception {
    String body = "{\"alias\":\"%s\",\"location\":\"%s\",\"serial\":\"ABB00000101\"}";
    wired.posts("/meters/" + PLATINUM, body.formatted("a".repeat(21), "l".repeat(51)));
    assertThat(wired.json("/meters").toString())
        .contains("\"location\":\"" + "l".repeat(51) + "\"")
        .contains("\"alias\":\"" + "a".repeat(21) + "\"");
    wired.invalid("POST", "/meters/" + PLATINUM, body.formatted("a".repeat(22), "l"));
    wired.invalid("POST", "/meters/" + PLATINUM, body.formatted("a", "l".repeat(52)));
    wired.refused(400, "JSON parse error", "POST", "/meters/" + PLATINUM, "{alias}");
    wired.refused(404, "URI not found.", "POST", "/meters/NIX", body.formatted("a", "l"));
  }

  @Test
  void meterIsDeregistered() throws Exception {
    wired.succeeds("DELETE", "/meters/" + PLATINUM, "");
    wired.refused(404, "URI not found.", "GET", of(PLATINUM, "power"), "");
    assertThat(wired.json("/users/admin/bindings").toString()).doesNotContain(PLATINUM);
    assertThat(wired.gateway.events())
        .extracting(GatewayEvent::id)
        .contains(GatewayEvent.DEVICE_DELETED);
  }

  @Test
  void scanFindsWhatIsNotKnownAndTakesTime() throws Exception {
    wired.posts(SCANNED + "/77", "{\"eqbus\":{\"start\":17,\"end\":49},\"token\":77}");
    JsonObject begun = wired.json(SCANNED);
    assertThat(begun.getInt("scancomplete")).isNotEqualTo(1);
    assertThat(begun.getJsonArray("scanresult")).isEmpty();
    wired.invalid("POST", SCANNED + "/78", "{\"eqbus\":{\"start\":1,\"end\":2},\"token\":78}");
    wired.pass(Duration.ofSeconds(24));
    assertThat(wired.json(SCANNED).toString())
        .isEqualTo(
            "{\"scanresult\":[{\"token\":77,\"serial\":\"NEW_EQ\",\"protocol\":\"3\","
                + "\"address\":\"40\"}],\"scancomplete\":2}");
    wired.pass(Duration.ofSeconds(9));
    assertThat(wired.json(SCANNED).getInt("scancomplete")).isEqualTo(1);
    wired.posts(SCANNED + "/78", "{\"eqbus\":{\"start\":1,\"end\":2},\"token\":78}");
  }

  @Test
  void scanMayTakeMinutes() throws Exception {
    wired.gateway.setScanTime(Duration.ofSeconds(60));
    wired.posts(SCANNED + "/1", "{\"eqbus\":{\"devices\":[40]},\"token\":1}");
    wired.pass(Duration.ofSeconds(59));
    assertThat(wired.json(SCANNED).getInt("scancomplete")).isEqualTo(2);
    wired.pass(Duration.ofSeconds(1));
    assertThat(found()).containsExactly("NEW_EQ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'mbus_wired':{'baudrate':2400,'start':1,'end':16}}; NEW_WIRED",
        "{'mbus_wired':{'baudrate':2400,'primary':{'devices':[5]}}}; NEW_WIRED",
        "{'mbus_wired':{'baudrate':2400,'secondary':{}}}; NEW_WIRED",
        "{'mbus_ir':{'baudrate':2400,'primary':{}}}; NEW_IR",
        "{'mbus_ir':{'baudrate':2400,'secondary':''}}; NEW_IR",
        "{'mbus_ir':{'baudrate':9600,'secondary':''}};",
        "{'mbus_wired':{'baudrate':2400,'start':6,'end':16}};"
      })
  void scanAsksABusAsItIsTold(String payload, String serial) throws Exception {
    wired.posts(SCANNED + "/1", payload.replace('\'', '"'));
    wired.pass(Duration.ofSeconds(40));
    assertThat(found()).isEqualTo(serial == null ? List.of() : List.of(serial));
  }

  @ParameterizedTest
  @CsvSource({"1,33,200", "1,32,200", "1,34,400"})
  void thirtyTwoDevicesAreScannedAtMost(int start, int end, int status) throws Exception {
    String body = "{\"eqbus\":{\"start\":" + start + ",\"end\":" + end + "},\"token\":5}";
    assertThat(wired.send("POST", SCANNED + "/5", body).statusCode()).isEqualTo(status);
  }

  @Test
  void devicesOfAllBusesAreSummedUp() throws Exception {
    String body =
        "{\"eqbus\":{\"start\":17,\"end\":%d},\"mbus_wired\":{\"baudrate\":2400,\"start\":1,"
            + "\"end\":17}}";
    wired.invalid("POST", SCANNED + "/5", body.formatted(34));
    wired.posts(SCANNED + "/5", body.formatted(33));
  }

  @ParameterizedTest
  @CsvSource({"9,200", "10,200", "11,400"})
  void tenAddressesAreListedAtMost(int count, int status) throws Exception {
    String addresses =
        IntStream.range(17, 17 + count)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    String body = "{\"eqbus\":{\"devices\":[" + addresses + "]}}";
    assertThat(wired.send("POST", SCANNED + "/5", body).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}",
        "{'token':6,'eqbus':{'start':1,'end':2}}",
        "{'eqbus':{'start':5,'end':2}}",
        "{'eqbus':{'devices':[]}}",
        "{'eqbus':7}",
        "{'mbus_wired':{'baudrate':1,'secondary':{}}}"
      })
  void scanIsRefused(String payload) throws Exception {
    wired.invalid("POST", SCANNED + "/5", payload.replace('\'', '"'));
  }

  @Test
  void scannedMeterIsRegistered() throws Exception {
    String body = "{\"alias\":\"New\",\"location\":\"Roof\",\"serial\":\"NEW_EQ\"}";
    wired.invalid("PUT", "/meters", body);
    wired.posts(SCANNED + "/1", "{\"eqbus\":{\"devices\":[40]}}");
    wired.pass(Duration.ofSeconds(1));
    wired.succeeds("PUT", "/meters", body);
    wired.json(of("NEW_EQ", "power"));
    wired.posts(of("NEW_EQ", "tariff"), "{\"source\":1}");
    assertThat(found()).isEmpty();
    wired.invalid("PUT", "/meters", body);
  }

  @Test
  void scannedMetersAreForgotten() throws Exception {
    wired.posts(SCANNED + "/1", "{\"eqbus\":{\"devices\":[40]}}");
    wired.pass(Duration.ofSeconds(1));
    String answer =
        wired
            .send("DELETE", SCANNED, "{\"scanned\":[{\"serial\":\"NEW_EQ\"},{\"serial\":\"NIX\"}]}")
            .body();
    assertThat(parse(answer).toString())
        .isEqualTo(
            "{\"deleted\":[{\"serial\":\"NEW_EQ\",\"status\":0},{\"serial\":\"NIX\",\"status\":1}]}");
    assertThat(found()).isEmpty();

    wired.posts(SCANNED + "/2", "{\"eqbus\":{\"devices\":[40]}}");
    wired.pass(Duration.ofSeconds(1));
    assertThat(wired.send("DELETE", SCANNED, "").body()).contains("NEW_EQ");
    assertThat(found()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"14,200", "15,200", "16,400"})
  void fifteenScannedMetersAreForgottenAtMost(int count, int status) throws Exception {
    String serials =
        IntStream.range(0, count)
            .mapToObj(number -> "{\"serial\":\"N" + number + "\"}")
            .collect(Collectors.joining(",", "{\"scanned\":[", "]}"));
    assertThat(wired.send("DELETE", SCANNED, serials).statusCode()).isEqualTo(status);
  }

  @Test
  void wirelessMeterIsPermittedAndRegistered() throws Exception {
    String body = "{\"alias\":\"Air\",\"location\":\"Roof\",\"serial\":\"NEW_AIR\"}";
    wired.invalid("PUT", "/meters", body);
    wired.succeeds("PUT", "/permittedmeters", "{\"meters\":[\"NEW_AIR\",\"OTHER\"]}");
    wired.succeeds("DELETE", "/permittedmeters", "{\"meters\":[\"OTHER\"]}");
    assertThat(wired.json("/permittedmeters").toString()).isEqualTo("{\"meters\":[\"NEW_AIR\"]}");
    wired.succeeds("PUT", "/meters", body);
    wired.json(of("NEW_AIR", "power"));
  }

  @Test
  void twentyFiveMetersArePermittedAtMost() throws Exception {
    wired.succeeds("PUT", "/permittedmeters", serials(0, 24));
    wired.invalid("PUT", "/permittedmeters", serials(24, 26));
    wired.succeeds("PUT", "/permittedmeters", serials(24, 25));
    wired.invalid("PUT", "/permittedmeters", serials(25, 26));
    assertThat(wired.json("/permittedmeters").getJsonArray("meters")).hasSize(25);
  }

  private static String serials(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(number -> "\"AIR" + number + "\"")
        .collect(Collectors.joining(",", "{\"meters\":[", "]}"));
  }

  @Test
  void exchangedMeterAnswersUnderItsOwnSerial() throws Exception {
    wired.gateway.exchangeMeter(PLATINUM, "SUCCESSOR");
    wired.silent(500, of(PLATINUM, "power"));
    wired.posts(SCANNED + "/1", "{\"eqbus\":{\"devices\":[17]}}");
    wired.pass(Duration.ofSeconds(1));
    assertThat(found()).containsExactly("SUCCESSOR");
    wired.succeeds(
        "PUT", "/meters", "{\"alias\":\"S\",\"location\":\"Roof\",\"serial\":\"SUCCESSOR\"}");
    assertThat(wired.value(of("SUCCESSOR", "loadprofiles/1"), "/items").asJsonArray()).isEmpty();
  }
}
