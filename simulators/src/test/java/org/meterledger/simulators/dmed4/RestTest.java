package org.meterledger.simulators.dmed4;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestTest {
  private Dmed4Wired wired;

  @BeforeEach
  void start() {
    wired = new Dmed4Wired(Dmed4Wired.settings().energies(1_234_567, 89));
  }

  @AfterEach
  void stop() {
    wired.close();
  }

  @Test
  void measure() throws Exception {
    wired.begin();
    wired.meter.load(50_460, 40_126);
    wired.clock.advance(Duration.ofMinutes(10));
    assertThat(wired.get("/v1/measure"))
        .hasToString(
            "{\"voltage\":4013,\"current\":1258,\"power\":505,\"energy\":8410,\"energy_neg\":0,"
                + "\"temperature_i1\":297,\"temperature_i1_fahrenheit\":855,"
                + "\"temperature_i2\":290,\"temperature_i2_fahrenheit\":842,"
                + "\"energyPos\":1242977,\"energyNeg\":89}");
  }

  @Test
  void chargeSettings() throws Exception {
    assertThat(
            wired.put(
                "/v1/charge_settings?datetime=1695970042&datetime_offset=-90&tariff=7&res_cable=12"))
        .isEqualTo(200);
    JsonObject settings = wired.get("/v1/charge_settings");
    assertThat(settings.keySet())
        .containsExactly(
            "sync_timeout",
            "signature_format",
            "public_key",
            "public_key_ocmf",
            "res_cable",
            "datetime_offset",
            "datetime",
            "tariff");
    assertThat(settings.getInt("sync_timeout")).isEqualTo(1440);
    assertThat(settings.getInt("signature_format")).isZero();
    assertThat(settings.getString("public_key")).matches("[0-9A-F]{128}");
    assertThat(settings.getInt("res_cable")).isEqualTo(12);
    assertThat(settings.getInt("datetime_offset")).isEqualTo(-90);
    assertThat(settings.getInt("datetime")).isEqualTo(1_695_970_042);
    assertThat(settings.getInt("tariff")).isEqualTo(7);
  }

  @Test
  void chargeSettingsByPost() throws Exception {
    assertThat(
            wired.status(
                "POST",
                "/v1/charge_settings",
                "{\"datetime\":1695970042,\"datetime_offset\":60,\"tariff\":2,\"command\":\"X\"}"))
        .isEqualTo(200);
    assertThat(wired.meter.clockSeconds()).isEqualTo(1_695_970_042);
    assertThat(wired.meter.tariff()).isEqualTo(2);
    assertThat(wired.meter.offsetMinutes()).isEqualTo(60);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "datetime_offset=915",
        "datetime_offset=20",
        "datetime=-1",
        "datetime=soon",
        "datetime=4294967296",
        "command=b",
        "tariff=1&unknown=1",
        "tariff=1&command=Q",
        ""
      })
  void aWrongSettingChangesNothing(String query) throws Exception {
    assertThat(wired.put("/v1/charge_settings?" + query)).isEqualTo(400);
    assertThat(wired.meter.tariff()).isZero();
    assertThat(wired.meter.offsetMinutes()).isZero();
    assertThat(wired.meter.clockSeconds()).isEqualTo(Dmed4Wired.START.getEpochSecond());
  }

  @Test
  void chargeStatusIsThatOfTheRegisters() throws Exception {
    wired.prepare();
    try (ModbusPeer peer = wired.modbus(Transport.MODBUS_TCP)) {
      JsonObject status = wired.get("/v1/charge_status");
      assertThat(status.keySet())
          .containsExactly(
              "measurement_status", "signature_status", "error_status_1", "error_status_2");
      assertThat(status.getInt("measurement_status")).isEqualTo((int) peer.number(0x4200, 1));
      assertThat(status.getInt("signature_status")).isEqualTo((int) peer.number(0x4201, 1));
    }
  }

  @Test
  void systemStatus() throws Exception {
    JsonObject status = wired.get("/v1/system_status");
    assertThat(status.getString("meas_fw_rev")).isEqualTo("7");
    assertThat(status.getString("meas_fw_cks")).isEqualTo("5A3C0048");
    assertThat(status.getString("pow_fw_cks")).matches("[0-9A-F]{8}");
    assertThat(status.getInt("serial_number")).isEqualTo(41_700_001);
    assertThat(status.getInt("model_code")).isEqualTo(1);
    assertThat(status.getString("operative_status")).isEqualTo("ready");
    assertThat(status.getInt("system_status")).isZero();
    assertThat(status.getJsonObject("board_1_status_bits")).hasSize(6);
    assertThat(status.getJsonObject("board_2_status_bits")).hasSize(19);
    assertThat(status.getJsonObject("board_2_status_bits").getJsonObject("fatal_err_bits"))
        .hasSize(12);
    assertThat(status.getInt("logged")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "BOARD_1, mac_err, 10, 4, 0",
    "BOARD_1, meas_not_comm_err, 11, 32, 0",
    "BOARD_1, hw_test_ongoing, 22, 1, 0",
    "BOARD_2, temp_i1_err, 1, 0, 2048",
    "FATAL, e_12, 1, 0, 131072"
  })
  void errorsOfTheBoards(Health.Board board, String flag, int system, int first, int second)
      throws Exception {
    wired.meter.health().set(board, flag, true);
    JsonObject status = wired.get("/v1/system_status");
    assertThat(status.getInt("system_status")).isEqualTo(system);
    assertThat(status.getInt("board_1_status")).isEqualTo(first);
    assertThat(status.getInt("board_2_status")).isEqualTo(second);
    wired.meter.health().set(board, flag, false);
    assertThat(wired.get("/v1/system_status").getInt("system_status")).isZero();
  }

  @Test
  void operatingForEver() throws Exception {
    assertThat(wired.put("/v1/system_status?operative_status=operating")).isEqualTo(400);
    wired.put("/v1/login?password=" + Dmed4Meter.PASSWORD);
    assertThat(wired.put("/v1/system_status?operative_status=ready")).isEqualTo(400);
    wired.begin();
    assertThat(wired.put("/v1/system_status?operative_status=operating")).isEqualTo(400);
    wired.command("E");
    assertThat(wired.status("POST", "/v1/system_status", "{\"operative_status\":\"operating\"}"))
        .isEqualTo(200);
    wired.meter.reboot();
    wired.clock.advance(Duration.ofSeconds(3));
    JsonObject status = wired.get("/v1/system_status");
    assertThat(status.getString("operative_status")).isEqualTo("operating");
    assertThat(status.getInt("cable_res_locked")).isEqualTo(1);
    assertThat(wired.put("/v1/charge_settings?res_cable=1")).isEqualTo(400);
    assertThat(wired.put("/v1/charge_settings?tariff=1")).isEqualTo(200);
  }

  @Test
  void forceDisplay() throws Exception {
    assertThat(wired.put("/v1/force_display?display_on_off=1&set_page=11")).isEqualTo(200);
    assertThat(wired.meter.displayPage()).isEqualTo(11);
    assertThat(wired.status("POST", "/v1/force_display", "{\"display_on_off\":0}")).isEqualTo(200);
    assertThat(wired.meter.displayPage()).isZero();
    assertThat(wired.put("/v1/force_display?display_on_off=1&set_page=14")).isEqualTo(400);
    assertThat(wired.meter.displayPage()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/measure, 501",
    "DELETE, /v1/ocmf, 501",
    "PUT, /v1/system_parameters, 501",
    "GET, /v1/login, 501",
    "GET, /v1/force_display, 501",
    "GET, /v1/measures, 404",
    "GET, /, 404"
  })
  void whatThereIsNot(String method, String path, int status) throws Exception {
    var answer = wired.send(method, path, "");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Connection")).hasValue("close");
  }

  /** Chunks of 256 bytes at most; the connection ends behind the answer. */
  @Test
  void bytesOnTheWire() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", wired.simulator.port(0, Transport.REST))) {
      socket
          .getOutputStream()
          .write(
              "GET /v1/system_status HTTP/1.1\r\nHost: x\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(all.toLowerCase(java.util.Locale.ROOT))
          .startsWith("http/1.1 200 ok\r\n")
          .contains("connection: close", "transfer-encoding: chunked")
          .endsWith("\r\n0\r\n\r\n");
      Matcher sizes = Pattern.compile("\r\n([0-9a-f]+)\r\n").matcher(all);
      assertThat(sizes.results().mapToInt(size -> Integer.parseInt(size.group(1), 16)))
          .hasSizeGreaterThan(4)
          .allMatch(size -> size <= 256);
    }
  }
}
