package org.meterledger.simulators.dmed4;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.simulators.SettableClock;

/** A DMED4DC1 under node 5 with the meters of nodes 8 and 9 on its first two channels. */
class DisplayTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final SettableClock clock = new SettableClock(Dmed4Wired.START);
  private final Dmed4Meter first = meter(1, 8);
  private final Dmed4Meter second = meter(2, 9);
  private Dmed4Display display;
  private Dmed4Simulator simulator;

  private Dmed4Meter meter(long serial, int node) {
    return new Dmed4Meter(
        Dmed4Settings.of(serial, Dmed4Model.DMED404R0150, node, Dmed4Wired.START)
            .energies(1000 * serial, 0),
        clock);
  }

  @BeforeEach
  void start() {
    display = new Dmed4Display(5, List.of(first, second), clock);
    simulator = Dmed4Simulator.startDevices(List.of(display), 0);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private int status(String method, String path, String body) throws Exception {
    return Dmed4Wired.send(client, simulator.uri(0), method, path, body).statusCode();
  }

  private ModbusPeer modbus(Transport transport) throws IOException {
    return new ModbusPeer(simulator.port(0, transport), transport);
  }

  @Test
  void metersByChannel() throws Exception {
    for (int channel = 1; channel <= 2; channel++) {
      assertThat(
              Dmed4Wired.send(client, simulator.uri(0), "GET", "/v1/" + channel + "/measure", "")
                  .body())
          .contains("\"energyPos\":" + 1000 * channel);
    }
    assertThat(status("PUT", "/v1/2/force_display?set_page=4", "")).isEqualTo(200);
    assertThat(second.displayPage()).isEqualTo(4);
    assertThat(first.displayPage()).isEqualTo(1);
    assertThat(status("GET", "/v1/3/measure", "")).isEqualTo(404);
    assertThat(status("GET", "/v1/measure", "")).isEqualTo(404);
  }

  @Test
  void metersByNode() throws IOException {
    try (ModbusPeer tcp = modbus(Transport.MODBUS_TCP)) {
      assertThat(tcp.ask(8, 4, 0, 4, 0, 1)).containsExactly(4, 2, 0x03, 0xE8);
      assertThat(tcp.ask(9, 4, 0, 4, 0, 1)).containsExactly(4, 2, 0x07, 0xD0);
      assertThat(tcp.ask(5, 0x11)[2]).isEqualTo((byte) 0x0C);
      assertThat(tcp.ask(0, 0x11)[2]).isEqualTo((byte) 0x0C);
      tcp.send(7, 0x11);
      assertThat(tcp.isSilent(100)).isTrue();
    }
  }

  /** The manual's frame that shows page 4. */
  @Test
  void page() throws Exception {
    try (ModbusPeer rtu = modbus(Transport.MODBUS_RTU)) {
      rtu.sendHex("05 06 2F 4F 00 04 B0 8E");
      assertThat(HexFormat.of().withUpperCase().formatHex(rtu.receive()))
          .isEqualTo("05062F4F0004B08E");
      assertThat(display.page()).isEqualTo(4);
    }
    assertThat(status("PUT", "/v1/set_viewer_page?page=7", "")).isEqualTo(200);
    assertThat(display.page()).isEqualTo(7);
    assertThat(status("PUT", "/v1/set_viewer_page?page=9", "")).isEqualTo(400);
    assertThat(display.page()).isEqualTo(7);
  }

  /** The manual's example. */
  @Test
  void customStrings() throws Exception {
    String body =
        "{\"title1\":\"EV CHARGING STATION IDENTIFIER 2\",\"text1\":\"EVC1234567890\","
            + "\"title2\":\"TRANSACTION ID\",\"text2\":\"TRID1234567890123456\","
            + "\"title3\":\"ENERGY PRICE\",\"text3\":\"0.21 EUR/kWh\"}";
    assertThat(status("POST", "/v1/2/custom_string", body)).isEqualTo(200);
    assertThat(display.title(2, 1)).isEqualTo("EV CHARGING STATION IDENTIFIER 2");
    assertThat(display.text(2, 2)).isEqualTo("TRID1234567890123456");
    assertThat(display.text(2, 3)).isEqualTo("0.21 EUR/kWh");
    assertThat(display.title(1, 1)).isEmpty();
    assertThat(status("POST", "/v1/2/custom_string", "{\"text1\":\"" + "x".repeat(21) + "\"}"))
        .isEqualTo(400);
    assertThat(display.text(2, 1)).isEqualTo("EVC1234567890");
  }

  @ParameterizedTest
  @CsvSource({
    "0x2F64, title, 1, 1", "0x2F74, title, 1, 2", "0x2F84, title, 1, 3",
    "0x2F94, title, 2, 1", "0x2FA4, title, 2, 2", "0x2FB4, title, 2, 3",
    "0x2FC4, title, 3, 1", "0x2FD4, title, 3, 2", "0x2FE4, title, 3, 3",
    "0x2FF4, title, 4, 1", "0x3004, title, 4, 2", "0x3014, title, 4, 3",
    "0x3024, text, 1, 1", "0x302E, text, 1, 2", "0x3038, text, 1, 3",
    "0x3042, text, 2, 1", "0x304C, text, 2, 2", "0x3056, text, 2, 3",
    "0x3060, text, 3, 1", "0x306A, text, 3, 2", "0x3074, text, 3, 3",
    "0x307E, text, 4, 1", "0x3088, text, 4, 2", "0x3092, text, 4, 3"
  })
  void registersOfTheStrings(int register, String kind, int channel, int area) throws IOException {
    try (ModbusPeer tcp = modbus(Transport.MODBUS_TCP)) {
      tcp.ask(5, 0x10, register - 1 >> 8, register - 1, 0, 2, 4, 'a', 'b', 'c', 0);
      assertThat(kind.equals("title") ? display.title(channel, area) : display.text(channel, area))
          .isEqualTo("abc");
      assertThat(tcp.ask(5, 3, register - 1 >> 8, register - 1, 0, 1))
          .containsExactly(3, 2, 'a', 'b');
    }
  }
}
