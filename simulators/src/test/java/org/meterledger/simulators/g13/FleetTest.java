package org.meterledger.simulators.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meterledger.simulators.g13.G13Wired.NOW;

import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.simulators.SettableClock;

class FleetTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().sslContext(G13Wired.trustingAll()).build();

  private static JsonObject ask(URI gateway, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.resolve(path))
            .header("Authorization", G13Wired.basic("admin", "admin"))
            .build();
    return G13Wired.parse(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  @Test
  void hundredGatewaysWithTwelveMetersEach() throws Exception {
    List<GatewaySettings> fleet = G13Fleet.fresh(100, 12, 30, 1, NOW);
    try (G13Simulator simulator = G13Simulator.start(fleet, 0, new SettableClock(NOW))) {
      assertThat(simulator.size()).isEqualTo(100);
      Set<String> serials = new HashSet<>();
      for (int number = 0; number < simulator.size(); number++) {
        JsonObject about = ask(simulator.uri(number), "/about");
        serials.add(about.getString("serial"));
        String meter = fleet.get(number).meters().get(number % 12).serial();
        serials.add(meter);
        assertThat(ask(simulator.uri(number), "/meters/" + meter + "/energy/active"))
            .containsKey("importenergy");
      }
      assertThat(serials).hasSize(200);
    }
  }

  /** What a driver would archive is what the meters recorded, whichever type they are. */
  @Test
  void everyMeterAnswersWhatItRecorded() throws Exception {
    List<GatewaySettings> fleet = G13Fleet.demonstration(1, 12, 9);
    try (G13Simulator simulator = G13Simulator.start(fleet, 0, new SettableClock(NOW))) {
      int withProfiles = 0;
      for (MeterSettings settings : fleet.get(0).meters()) {
        G13Meter meter = simulator.gateway(0).meter(settings.serial());
        if (!Label.of(settings.label()).can(Level.Function.LOAD_PROFILES)) {
          continue;
        }
        withProfiles++;
        JsonObject answer =
            ask(simulator.uri(0), "/meters/" + settings.serial() + "/loadprofiles/1");
        List<LoadProfileItem> archived =
            answer.getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .map(
                    item ->
                        new LoadProfileItem(
                            LocalDateTime.parse(item.getString("timestamp")),
                            item.getInt("status"),
                            new BigDecimal(item.getString("value"))))
                .toList();
        assertThat(archived).hasSizeGreaterThan(5000).isEqualTo(meter.loadProfile(1));
      }
      assertThat(withProfiles).isEqualTo(6);
    }
  }

  @Test
  void seedDecidesTheFleet() {
    assertThat(G13Fleet.demonstration(2, 5, 3)).isEqualTo(G13Fleet.demonstration(2, 5, 3));
    assertThat(G13Fleet.demonstration(2, 5, 4)).isNotEqualTo(G13Fleet.demonstration(2, 5, 3));
    assertThat(G13Fleet.fresh(2, 5, 10, 3, NOW).get(1).meters())
        .noneMatch(each -> each.life().eventful())
        .allMatch(
            meter -> meter.life().commissioned().equals(Instant.parse("2026-03-17T00:00:00Z")));
  }

  /** The archive outlives the simulator of a demonstration, so the next one must not contradict. */
  @Test
  void demonstrationStartedAgainLaterTellsTheSameHistory() {
    MeterSettings settings = G13Fleet.demonstration(1, 1, 3).get(0).meters().get(0);
    List<LoadProfileItem> first = new G13Meter(settings, new SettableClock(NOW)).loadProfile(1);
    List<LoadProfileItem> second =
        new G13Meter(settings, new SettableClock(NOW.plusSeconds(86_400))).loadProfile(1);
    assertThat(first).hasSizeGreaterThan(8000);
    assertThat(second)
        .startsWith(first.toArray(LoadProfileItem[]::new))
        .hasSizeGreaterThan(first.size());
  }

  @Test
  void truthIsPrinted() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    String[] line = {"--truth", "--fresh", "--days", "2", "--meters", "3"};
    assertThat(CommandLine.run(line, out, out)).isZero();
    List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSizeGreaterThan(2 * 2 * 96).allMatch(each -> each.split(",").length == 7);
    assertThat(lines.get(0)).matches("ABB00000101,1,active_import_total,[-0-9T:]{19},0,[0-9.]+,Wh");
  }

  @Test
  void settingsAreChecked() {
    assertThatThrownBy(() -> MeterSettings.of("S", "no label", Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MeterSettings.of("S".repeat(18), "A44 512-100", Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GatewaySettings.of("", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--nothing", "--gateways 0", "--meters 100", "--port x", "--days", "--seed -1"})
  void commandLineSaysWhichOptionsThereAre(String line) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
    assertThat(CommandLine.run(line.split(" "), err, err)).isEqualTo(2);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("[--gateways 1]", "--old-tls", "--truth");
  }

  @Test
  void commandLineNamesATakenPort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
      String port = Integer.toString(taken.getLocalPort());
      assertThat(CommandLine.run(new String[] {"--port", port}, err, err)).isEqualTo(1);
      assertThat(said.toString(StandardCharsets.UTF_8)).contains("Port " + port);
    }
  }
}
