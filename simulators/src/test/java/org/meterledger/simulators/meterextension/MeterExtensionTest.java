package org.meterledger.simulators.meterextension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meterledger.simulators.LoadShape;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.meterextension.ConnectedMeter.Value;

class MeterExtensionTest {
  private static final Instant MOUNTED = Instant.parse("2026-03-01T00:00:00Z");
  private static final String MAC = "a0b765000001";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-02T10:30:07Z"));
  private final HttpClient client = HttpClient.newHttpClient();
  private MeterExtensionSimulator simulator;
  private MeterExtension box;

  private static ConnectedMeter.Settings meter(String id, Region region) {
    return new ConnectedMeter.Settings(id, region, LoadShape.PHOTOVOLTAIC, 7, MOUNTED);
  }

  private void start(MeterExtension.Settings settings) {
    simulator = MeterExtensionSimulator.start(List.of(settings), 0, clock);
    box = simulator.box(0);
  }

  private void start(Region region) {
    start(MeterExtension.Settings.of(MAC, List.of(meter("1KFM0100000015", region))));
  }

  @AfterEach
  void stop() {
    if (simulator != null) {
      simulator.close();
    }
  }

  private String ask(String body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(simulator.uri(0).resolve("/api"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  private JsonObject command(String name) throws IOException, InterruptedException {
    return json(ask("{\"cmd\":\"" + name + "\",\"id\":\"123\"}"));
  }

  private static JsonObject json(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static List<Value> values(JsonObject reading) {
    List<Value> values = new ArrayList<>();
    for (var meter : reading.getJsonArray("meter").getValuesAs(JsonObject.class)) {
      for (var each : meter.getJsonArray("data").getValuesAs(JsonObject.class)) {
        var entry = each.getJsonArray("entry").getJsonObject(0);
        values.add(
            new Value(
                meter.getString("meterid"),
                each.getString("OBIS"),
                new BigDecimal(entry.getString("val"))
                    .scaleByPowerOfTen(Integer.parseInt(each.getString("scale"))),
                Integer.parseInt(each.getString("unit")),
                Instant.ofEpochSecond(Long.parseLong(entry.getString("ts")))));
      }
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource
  void everyRegionTellsItsTruth(Region region) throws Exception {
    start(region);
    var reading = command("meter_reading");

    assertThat(reading.getString("result")).isEqualTo("OK");
    assertThat(reading.getString("id")).isEqualTo("123");
    assertThat(values(reading)).isNotEmpty().isEqualTo(box.truth());
  }

  @Test
  void orderOfTheTyrolIsKept() throws Exception {
    start(Region.AUSTRIA);

    assertThat(values(command("meter_reading")))
        .extracting(Value::obis)
        .containsExactlyElementsOf(
            Stream.of(
                    "32.7.0", "52.7.0", "72.7.0", "31.7.0", "51.7.0", "71.7.0", "1.7.0", "2.7.0",
                    "1.8.0", "2.8.0", "3.8.0", "4.8.0")
                .map(each -> "1-0:" + each + ".255")
                .toList());
  }

  @Test
  void energyIsThePowerThatFlowed() {
    start(Region.GERMANY);
    BigDecimal before = value("1-0:1.8.0.255");
    BigDecimal wattSeconds = BigDecimal.ZERO;
    for (int slot = 0; slot < 12; slot++) {
      clock.set(Instant.parse("2026-03-02T18:00:00Z").plusSeconds(300L * slot));
      before = slot == 0 ? value("1-0:1.8.0.255") : before;
      wattSeconds =
          wattSeconds.add(
              value("1-0:16.7.0.255").max(BigDecimal.ZERO).multiply(BigDecimal.valueOf(300)));
    }
    clock.set(Instant.parse("2026-03-02T19:00:00Z"));

    assertThat(value("1-0:1.8.0.255").subtract(before).multiply(BigDecimal.valueOf(3600)))
        .isCloseTo(wattSeconds, org.assertj.core.data.Offset.offset(new BigDecimal(360)));
  }

  private BigDecimal value(String obis) {
    return box.truth().stream()
        .filter(each -> each.obis().equals(obis))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void hourlyTelegramKeepsItsTime() {
    start(Region.NORWAY);

    assertThat(box.truth())
        .allSatisfy(
            each ->
                assertThat(each.at())
                    .isEqualTo(
                        each.obis().contains(".8.")
                            ? Instant.parse("2026-03-02T10:00:00Z")
                            : Instant.parse("2026-03-02T10:30:00Z")));
  }

  @Test
  void withoutKeyTheDataIsOneEmptyObject() throws Exception {
    start(
        MeterExtension.Settings.of(MAC, List.of(meter("1KFM0100000015", Region.AUSTRIA)))
            .withoutKey());
    assertThat(ask("{\"cmd\":\"meter_reading\",\"id\":\"9\"}"))
        .isEqualTo(
            "{\"meter\":[{\"meterid\":\"lu\",\"data\":[{}] }],\"result\":\"OK\",\"id\":\"9\"}");

    ask("{\"cmd\":\"meter_setkey\",\"key\":\"000102030405060708090A0B0C0D0E0F\"}");
    assertThat(values(command("meter_reading"))).hasSize(12).isEqualTo(box.truth());
  }

  @Test
  void severalMetersAreTold() throws Exception {
    start(
        MeterExtension.Settings.of(
            MAC, List.of(meter("A1", Region.GERMANY), meter("B2", Region.NETHERLANDS))));

    assertThat(values(command("meter_reading")))
        .extracting(Value::meterId)
        .contains("A1", "B2")
        .hasSize(16);
  }

  @Test
  void answersAreThoseOfTheManual() throws Exception {
    start(Region.GERMANY);

    assertThat(ask("{\"cmd\":\"make_coffee\",\"id\":\"123\"}"))
        .isEqualTo("{\"error\":\"unkown_cmd\",\"result\",\"id\":\"123\"}");
    assertThat(ask("{\"cmd\":\"get_ip_info\",\"id\":\"123\"}"))
        .isEqualTo("IP: 192.168.0.158\nGW: 192.168.0.1\nNet Mask: 255.255.255.0\n");
    assertThat(ask("{\"cmd\":\"system_status\",\"id\":0}"))
        .isEqualTo(
            "{\"model\":\"MeterExtension #1\",\"sw-version\":\"1.0.18\",\"hw-version\":\"1.2\","
                + "\"mac\":\"a0b765000001\",\"sys-ts\":\"1772447407\",\"result\":\"OK\",\"id\":\"0\"}");
    assertThat(ask("{\"cmd\":\"wifi_status\"}"))
        .isEqualTo(
            "{\"ssid\":\"household\",\"rssi\":\"-63\",\"ap-mac\":\"a0b765000001\","
                + "\"IP\": \"192.168.0.158\",\"result\":\"OK\"}");
    assertThat(ask("nonsense")).startsWith("{\"error\":\"unkown_cmd\"");
  }

  @Test
  void settingsAreTakenAndErrandsNoted() throws Exception {
    start(Region.GERMANY);
    ask("{\"cmd\":\"wifi_config\",\"password\":\"new\",\"mode\":\"sta_ap\",\"id\":\"1\"}");
    ask("{\"cmd\":\"firmware_update\",\"firmware_uri\":\"http://a/b.bin\"}");
    ask("{\"cmd\":\"request_post\",\"file_uri\":\"https://a/p\",\"message\":\"m\",\"cert\":\"x\"}");

    assertThat(box.network()).isEqualTo(new MeterExtension.Network("household", "new", "sta_ap"));
    assertThat(box.errands())
        .containsExactly(
            new MeterExtension.Errand("firmware_update", "http://a/b.bin", "", "ca_cert.pem"),
            new MeterExtension.Errand("request_post", "https://a/p", "m", "x"));
  }

  @Test
  void restartAndResetTakeItOutOfTheNetwork() throws Exception {
    start(Region.GERMANY);
    assertThat(command("system_restart").getString("result")).isEqualTo("OK");
    assertThatThrownBy(() -> command("system_status")).isInstanceOf(IOException.class);
    clock.advance(Duration.ofSeconds(8));
    assertThat(command("meter_factreset").getString("result")).isEqualTo("OK");
    clock.advance(Duration.ofDays(1));
    assertThatThrownBy(() -> command("system_status")).isInstanceOf(IOException.class);

    box.joinNetwork();
    assertThat(command("system_status").getString("result")).isEqualTo("OK");
  }

  @Test
  void faultsAreSeenOnTheWireOnly() throws Exception {
    start(Region.GERMANY);
    box.inject(Fault.WRONG_ID, 1);
    box.inject(Fault.MISPRINTED_EXAMPLE, 1);
    box.inject(Fault.BODY_CUT, 1);

    assertThat(command("meter_reading").getString("id")).isEqualTo("another");
    assertThatThrownBy(() -> command("meter_reading"))
        .isInstanceOf(jakarta.json.JsonException.class);
    assertThatThrownBy(() -> command("meter_reading")).isInstanceOf(IOException.class);
    assertThat(values(command("meter_reading"))).isEqualTo(box.truth());
  }

  @Test
  void fleetIsMixedAndTheSameAgain() {
    var fleet = MeterExtensionFleet.demonstration(10, 3);

    assertThat(fleet).isEqualTo(MeterExtensionFleet.demonstration(10, 3));
    assertThat(fleet.stream().flatMap(box -> box.meters().stream()).toList())
        .hasSize(12)
        .extracting(ConnectedMeter.Settings::meterId)
        .doesNotHaveDuplicates();
    assertThat(fleet).filteredOn(box -> !box.keySet()).hasSize(1);
  }

  @Test
  void commandLineTellsTheTruthAndRefusesWhatItDoesNotKnow() {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();

    assertThat(run(out, err, "--truth", "--boxes", "1")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("mac,meterid,obis,value,unit,at")
        .contains("a0b765000001,1KFM0100000001,1-0:1.8.0.255,");
    assertThat(run(out, err, "--meters", "1")).isEqualTo(2);
    assertThat(run(out, err, "--port", "x")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("Unknown option --meters", "--port wants a number", "--latency-ms");
  }

  private static int run(ByteArrayOutputStream out, ByteArrayOutputStream err, String... line) {
    return CommandLine.run(line, new PrintStream(out), new PrintStream(err));
  }
}
