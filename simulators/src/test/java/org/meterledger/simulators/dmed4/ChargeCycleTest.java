package org.meterledger.simulators.dmed4;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChargeCycleTest {
  private static final int PREPARED =
      ChargeStatus.CORRECT_JSON_RECEIVED
          | ChargeStatus.SIGNATURE_OK
          | ChargeStatus.TIMESTAMP_SYNCHRONIZED;

  private Dmed4Wired wired;

  @BeforeEach
  void start() {
    wired = new Dmed4Wired();
  }

  @AfterEach
  void stop() {
    wired.close();
  }

  private static JsonObject payload(String record) {
    String[] parts = record.split("\\|");
    return Json.createReader(new StringReader(parts[1])).readObject();
  }

  private static void synchronize(ModbusPeer peer) throws IOException {
    assertThat(peer.write(0x4080, new byte[] {0x69, (byte) 0xC7, 0, 0})).isEqualTo("10407F0002");
  }

  private static void input(ModbusPeer peer, String text) throws IOException {
    peer.writeText(0x4A00, text);
    assertThat(peer.write(0x4281, text.length())).startsWith("06");
  }

  /** The flow of the manual's chart over each kind of Modbus. */
  @ParameterizedTest
  @EnumSource(names = {"MODBUS_TCP", "MODBUS_RTU", "MODBUS_ASCII"})
  void aWholeCharge(Transport transport) throws IOException {
    try (ModbusPeer peer = wired.modbus(transport)) {
      assertThat(peer.read(0x4200, 2)).isEqualTo("00000001");
      synchronize(peer);
      assertThat(peer.number(0x4201, 1)).isEqualTo(ChargeStatus.TIMESTAMP_SYNCHRONIZED | 1);
      input(peer, Dmed4Wired.INPUT);
      assertThat(peer.number(0x4200, 1)).isEqualTo(ChargeStatus.IDLE);
      assertThat(peer.number(0x4201, 1)).isEqualTo(PREPARED);

      peer.write(0x4280, 'B');
      assertThat(peer.number(0x4200, 1)).isEqualTo(ChargeStatus.IDLE);
      assertThat(peer.number(0x4202, 1)).isZero();
      assertThat(peer.number(0x4201, 1) & ChargeStatus.SIGNATURE_IN_PROGRESS).isNotZero();
      assertThat(peer.number(0x4200, 1)).isEqualTo(ChargeStatus.ACTIVE);
      assertThat(peer.number(0x4201, 1)).isEqualTo(PREPARED);
      String begin = peer.text(0x4400, (int) peer.number(0x4202, 1));
      assertThat(begin).isEqualTo(wired.meter.records().get(0).text());

      wired.meter.load(60_000, 40_000);
      wired.clock.advance(Duration.ofMinutes(10));
      peer.write(0x4280, 'C');
      assertThat(peer.number(0x4201, 1) & ChargeStatus.SIGNATURE_IN_PROGRESS).isNotZero();
      assertThat(peer.number(0x0006, 4)).isEqualTo(10_000);
      String between = peer.text(0x4400, (int) peer.number(0x4202, 1));
      assertThat(between).isEqualTo(wired.meter.records().get(1).text());

      wired.clock.advance(Duration.ofMinutes(20));
      peer.write(0x4280, 'E');
      assertThat(peer.number(0x4201, 1) & ChargeStatus.SIGNATURE_IN_PROGRESS).isNotZero();
      assertThat(peer.number(0x4200, 1)).isEqualTo(ChargeStatus.NOT_INITIALIZED);
      String end = peer.text(0x4400, (int) peer.number(0x4202, 1));
      assertThat(end).isEqualTo(wired.meter.records().get(2).text());

      wired.clock.advance(Duration.ofMinutes(20));
      assertThat(peer.number(0x0006, 4)).isEqualTo(30_000);
      assertThat(payload(end).getString("PG")).isEqualTo("T3");
      JsonArray readings = payload(end).getJsonArray("RD");
      assertThat(readings.getJsonObject(3).get("RV")).hasToString("30.000");
      assertThat(readings.getJsonObject(5).get("RV")).hasToString("30.000");
    }
  }

  @Test
  void aRecordHasTheInputFirstAndSixReadingsLast() throws Exception {
    wired.put("/v1/charge_settings?datetime_offset=120");
    wired.begin();
    wired.meter.load(-6_000, 40_000);
    wired.clock.advance(Duration.ofMinutes(10));
    wired.command("C");
    JsonObject record = payload(wired.output());
    assertThat(record.keySet())
        .containsExactly(
            "FV", "GI", "GS", "GV", "IS", "IF", "IT", "ID", "TT", "PG", "MV", "MM", "MS", "RD");
    assertThat(record.getString("MS")).isEqualTo("41700001");
    assertThat(record.getString("MM")).isEqualTo("DMED404R0600");
    assertThat(record.getJsonArray("RD").toString())
        .isEqualTo(
            "[{\"TM\":\"2026-03-28T12:00:00,000+0200 S\",\"TX\":\"B\",\"RV\":0.000,"
                + "\"RI\":\"1-0:1.8.0\",\"RU\":\"kWh\",\"RT\":\"DC\",\"EF\":\"\",\"ST\":\"G\"},"
                + "{\"RV\":0.000,\"RI\":\"1-0:2.8.0\",\"RU\":\"kWh\",\"ST\":\"G\"},"
                + "{\"RV\":0.000,\"RI\":\"1-0:1.9.0\",\"RU\":\"kWh\",\"ST\":\"G\"},"
                + "{\"TM\":\"2026-03-28T12:10:00,000+0200 S\",\"TX\":\"C\",\"RV\":0.000,"
                + "\"RI\":\"1-0:1.8.0\",\"RU\":\"kWh\",\"RT\":\"DC\",\"EF\":\"\",\"ST\":\"G\"},"
                + "{\"RV\":1.000,\"RI\":\"1-0:2.8.0\",\"RU\":\"kWh\",\"ST\":\"G\"},"
                + "{\"RV\":0.000,\"RI\":\"1-0:1.9.0\",\"RU\":\"kWh\",\"ST\":\"G\"}]");
  }

  @Test
  void anUnsynchronizedClockIsTold() throws Exception {
    wired.begin();
    wired.clock.advance(Duration.ofMinutes(1440));
    wired.command("C");
    JsonArray readings = payload(wired.output()).getJsonArray("RD");
    assertThat(readings.getJsonObject(0).getString("TM")).endsWith(" S");
    assertThat(readings.getJsonObject(3).getString("TM")).endsWith(" U");
  }

  /** The manual's own figures: 99999990.5 kWh at the beginning, 00000023.7 kWh at the end. */
  @Test
  void rollOver() throws Exception {
    Dmed4Settings nearlyFull = Dmed4Wired.settings().energies(99_999_990_500L, 0);
    try (Dmed4Wired other = new Dmed4Wired(nearlyFull);
        ModbusPeer peer = other.modbus(Transport.MODBUS_TCP)) {
      other.begin();
      assertThat(other.meter.chargeStatus().has(ChargeStatus.METER_ROLL_OVER)).isFalse();
      other.meter.load(33_200, 40_000);
      other.clock.advance(Duration.ofHours(1));
      other.command("E");
      assertThat(peer.number(0x0002, 4)).isEqualTo(23_700);
      assertThat(other.meter.chargeStatus().has(ChargeStatus.METER_ROLL_OVER)).isTrue();
      JsonArray readings = payload(other.output()).getJsonArray("RD");
      assertThat(readings.getJsonObject(0).get("RV")).hasToString("99999990.500");
      assertThat(readings.getJsonObject(3).get("RV")).hasToString("100000023.700");
      other.meter.load(0, 0);
      other.begin();
      readings = payload(other.output()).getJsonArray("RD");
      assertThat(readings.getJsonObject(0).get("RV")).hasToString("23.700");
      assertThat(other.meter.chargeStatus().has(ChargeStatus.METER_ROLL_OVER)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "B, 200, 400",
    "C, 400, 200",
    "E, 400, 200",
    "r, 400, 200",
    "X, 200, 200",
    "Q, 400, 400"
  })
  void commandsByState(String command, int prepared, int active) throws Exception {
    assertThat(wired.put("/v1/charge_settings?command=" + command))
        .isEqualTo(command.equals("X") ? 200 : 400);
    wired.prepare();
    assertThat(wired.put("/v1/charge_settings?command=" + command)).isEqualTo(prepared);
    wired.clock.advance(Duration.ofSeconds(2));
    if (!command.equals("B")) {
      wired.command("B");
    }
    assertThat(wired.put("/v1/charge_settings?command=" + command)).isEqualTo(active);
  }

  @Test
  void noCommandIsTakenWhileASignatureIsMade() throws Exception {
    wired.prepare();
    wired.put("/v1/charge_settings?command=B");
    try (ModbusPeer peer = wired.modbus(Transport.MODBUS_TCP)) {
      assertThat(peer.write(0x4280, 'C')).isEqualTo("8606");
      peer.number(0x4201, 1);
      assertThat(peer.write(0x4280, 'C')).isEqualTo("06427F0043");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"FV\":\"1.0\"; 1",
        "[1]; 1",
        "{\"FV\":1}; 8",
        "{\"GI\":\"x\"}; 8",
        "{\"FV\":\"1.0\",\"RD\":[],\"ID\":\"x\"}; 8",
        "{\"FV\":\"1.0\",\"RD\":[{\"RV\":1}]}; 8",
        "{\"FV\":\"1.0\",\"GI\":\"a|b\"}; 8"
      })
  void wrongInputRaisesAnErrorUntilItIsReset(String text, int error) throws IOException {
    try (ModbusPeer peer = wired.modbus(Transport.MODBUS_TCP)) {
      synchronize(peer);
      input(peer, text);
      assertThat(peer.number(0x4000, 2)).isEqualTo(error);
      assertThat(peer.number(0x4200, 1)).isEqualTo(ChargeStatus.NOT_INITIALIZED);
      assertThat(peer.number(0x4201, 1) & ChargeStatus.ERROR).isNotZero();
      assertThat(peer.write(0x4280, 'B')).isEqualTo("8604");
      assertThat(peer.write(0x4280, 0xFF)).isEqualTo("06427F00FF");
      assertThat(peer.number(0x4000, 2)).isZero();
      assertThat(peer.number(0x4201, 1) & ChargeStatus.ERROR).isZero();
    }
  }

  @Test
  void inputThatWouldNotFitIsRefused() throws Exception {
    wired.put("/v1/charge_settings?datetime=" + Dmed4Wired.START.getEpochSecond());
    String longest = "{\"FV\":\"1.0\",\"GI\":\"" + "x".repeat(240) + "\"}";
    assertThat(wired.status("POST", "/v1/ocmf", longest)).isEqualTo(200);
    wired.command("B");
    assertThat(wired.output().length()).isLessThanOrEqualTo(1023);
    wired.command("E");
    String tooLong = "{\"FV\":\"1.0\",\"GI\":\"" + "x".repeat(300) + "\"}";
    assertThat(wired.status("POST", "/v1/ocmf", tooLong)).isEqualTo(400);
    assertThat(wired.meter.chargeStatus().error1()).isEqualTo(ChargeStatus.JSON_VALUE);
  }

  @Test
  void inputNeedsASynchronizedClock() throws Exception {
    assertThat(wired.status("POST", "/v1/ocmf", Dmed4Wired.INPUT)).isEqualTo(400);
    assertThat(wired.get("/v1/charge_status").getInt("error_status_1"))
        .isEqualTo(ChargeStatus.JSON_SEQUENCE);
  }

  @Test
  void inputDuringAChargeIsAnErrorOfSequenceAndTheChargeGoesOn() throws Exception {
    wired.begin();
    assertThat(wired.status("POST", "/v1/ocmf", Dmed4Wired.INPUT)).isEqualTo(400);
    assertThat(wired.meter.chargeStatus().error1()).isEqualTo(ChargeStatus.JSON_SEQUENCE);
    wired.command("E");
    assertThat(wired.meter.records()).hasSize(2);
  }

  @Test
  void inputThatHasNotArrivedInFull() throws IOException {
    try (ModbusPeer peer = wired.modbus(Transport.MODBUS_TCP)) {
      synchronize(peer);
      peer.writeText(0x4A00, Dmed4Wired.INPUT.substring(0, 100));
      peer.write(0x4281, Dmed4Wired.INPUT.length());
      assertThat(peer.number(0x4000, 2)).isEqualTo(ChargeStatus.JSON_NOT_FULL_PACKET);
    }
  }

  @Test
  void aChargeOutlivesAPowerFailure() throws Exception {
    wired.begin();
    wired.meter.load(36_000, 40_000);
    wired.clock.advance(Duration.ofMinutes(5));
    wired.meter.reboot();
    wired.clock.advance(Duration.ofMinutes(5));
    assertThat(wired.get("/v1/charge_status").getInt("measurement_status"))
        .isEqualTo(ChargeStatus.ACTIVE_AFTER_POWER_FAILURE);
    wired.command("r");
    assertThat(payload(wired.output()).getJsonArray("RD").getJsonObject(3).get("RV"))
        .hasToString("6.000");
    assertThat(wired.meter.records().get(1).command()).isEqualTo(ChargeCommand.BEGIN_AND_END);
    assertThat(wired.meter.chargeStatus().measurement()).isEqualTo(ChargeStatus.NOT_INITIALIZED);
  }

  @Test
  void nothingIsSetDuringACharge() throws Exception {
    wired.begin();
    for (String setting :
        new String[] {"datetime=1", "datetime_offset=15", "tariff=2", "res_cable=3"}) {
      assertThat(wired.put("/v1/charge_settings?" + setting)).isEqualTo(400);
    }
    try (ModbusPeer peer = wired.modbus(Transport.MODBUS_TCP)) {
      assertThat(peer.write(0x4080, new byte[4])).isEqualTo("9004");
      assertThat(peer.write(0x4284, 15)).isEqualTo("8604");
    }
    assertThat(wired.meter.tariff()).isZero();
    assertThat(wired.meter.operativeStatus()).isEqualTo("charging");
  }
}
