package org.meterledger.simulators.dmed4;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The login and what it opens. */
class ParametersTest {
  private static final String LOGIN = "/v1/login?password=" + Dmed4Meter.PASSWORD;
  private static final String WRONG = "/v1/login?password=1000";

  private Dmed4Wired wired;

  @BeforeEach
  void start() {
    wired = new Dmed4Wired();
  }

  @AfterEach
  void stop() {
    wired.close();
  }

  /** What was read as it has to be written: the address byte by byte. */
  private static JsonObjectBuilder block(JsonObject read) {
    return Json.createObjectBuilder(read)
        .remove("P05_03")
        .add("P05_03_01", 10)
        .add("P05_03_02", 20)
        .add("P05_03_03", 30)
        .add("P05_03_04", 40);
  }

  @Test
  void threeWrongPasswordsLockForFifteenMinutes() throws Exception {
    for (int time = 0; time < 3; time++) {
      assertThat(wired.meter.isLoginLocked()).isFalse();
      assertThat(wired.put(WRONG)).isEqualTo(400);
    }
    assertThat(wired.put(LOGIN)).isEqualTo(400);
    wired.clock.advance(Duration.ofSeconds(899));
    wired.meter.reboot();
    assertThat(wired.meter.isLoginLocked()).isTrue();
    wired.clock.advance(Duration.ofSeconds(3));
    assertThat(wired.put(LOGIN)).isEqualTo(200);
    assertThat(wired.get("/v1/system_status").getInt("logged")).isEqualTo(1);
  }

  @Test
  void aRightPasswordForgetsTheWrongOnes() throws Exception {
    wired.put(WRONG);
    wired.put(WRONG);
    assertThat(wired.put(LOGIN)).isEqualTo(200);
    wired.put(WRONG);
    assertThat(wired.meter.isLogged()).isFalse();
    wired.put(WRONG);
    assertThat(wired.put(LOGIN)).isEqualTo(200);
  }

  @Test
  void onlyWhoIsLoggedInReads() throws Exception {
    assertThat(wired.status("GET", "/v1/system_parameters", "")).isEqualTo(400);
    assertThat(wired.status("POST", "/v1/system_parameters", "{}")).isEqualTo(400);
    wired.put(LOGIN);
    JsonObject read = wired.get("/v1/system_parameters");
    assertThat(read).hasSize(27);
    assertThat(read.getJsonNumber("P05_03").longValue()).isEqualTo(0xC0A80101L);
    assertThat(read.getInt("P04_01")).isEqualTo(8);
  }

  @Test
  void aCompleteBlockIsTakenAndTheMeterBoots() throws Exception {
    wired.put(LOGIN);
    JsonObject block = block(wired.get("/v1/system_parameters")).add("P02_05", 1).build();
    try (ModbusPeer tcp = wired.modbus(Transport.MODBUS_TCP)) {
      tcp.number(0x0002, 4);
      try {
        wired.status("POST", "/v1/system_parameters", block.toString());
      } catch (IOException booting) {
        assertThat(booting).isNotNull();
      }
      assertThat(tcp.isClosed()).isTrue();
    }
    assertThat(wired.meter.boots()).isEqualTo(1);
    assertThat(wired.meter.parameters())
        .containsEntry("P02_05", 1L)
        .containsEntry("P05_03", 0x0A141E28L);
    wired.clock.advance(Duration.ofSeconds(3));
    assertThat(wired.get("/v1/system_status").getInt("logged")).isZero();
  }

  @Test
  void aBlockThatIsNotCompleteOrNotRightChangesNothing() throws Exception {
    wired.put(LOGIN);
    JsonObject read = wired.get("/v1/system_parameters");
    JsonObject[] wrong = {
      read,
      block(read).remove("P06_02").build(),
      block(read).add("P04_02", 8).build(),
      block(read).add("P05_03_04", 256).build(),
      block(read).add("P04_01", "8").build(),
      block(read).add("P07_01", 0).build()
    };
    for (JsonObject each : wrong) {
      JsonObject changed = Json.createObjectBuilder(each).add("P02_01", 1).build();
      assertThat(wired.status("POST", "/v1/system_parameters", changed.toString())).isEqualTo(400);
    }
    assertThat(wired.meter.parameters()).containsEntry("P02_01", 0L);
    assertThat(wired.meter.boots()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "2, 1, 2, 8603",
    "4, 2, 8, 8603",
    "7, 1, 1, 8604",
    "5, 3, 1, 8603",
    "4, 2, 5, 0650030005"
  })
  void limitsOverModbus(int menu, int parameter, int value, String answer) throws IOException {
    try (ModbusPeer peer = wired.modbus(Transport.MODBUS_TCP)) {
      peer.write(0x5000, menu);
      peer.write(0x5001, 0);
      peer.write(0x5002, parameter);
      assertThat(peer.write(0x5004, value)).isEqualTo(answer);
    }
  }

  @Test
  void selectedParameterOverModbus() throws IOException {
    try (ModbusPeer peer = wired.modbus(Transport.MODBUS_ASCII)) {
      peer.write(0x5000, 5);
      peer.write(0x5002, 3);
      assertThat(peer.read(0x5000, 3)).isEqualTo("000500000003");
      assertThat(peer.read(0x5004, 2)).isEqualTo("C0A80101");
      assertThat(peer.write(0x5004, new byte[] {10, 0, 0, 9})).isEqualTo("1050030002");
      assertThat(peer.read(0x5004, 2)).isEqualTo("0A000009");
      assertThat(wired.meter.parameters()).containsEntry("P05_03", 0xC0A80101L);
      assertThat(peer.write(0x2F03, 4)).isEqualTo("8603");
      peer.send(8, 6, 0x2F, 0x02, 0, 5);
      assertThat(peer.isSilent(150)).isTrue();
      wired.clock.advance(Duration.ofSeconds(3));
      assertThat(wired.meter.parameters()).containsEntry("P05_03", 0x0A000009L);
      // The line to a serial server outlives the boot of the meter behind it.
      assertThat(peer.number(0x5000, 1)).isEqualTo(5);
    }
  }

  @Test
  void whatWasNotSavedIsGoneAfterABoot() throws IOException {
    try (ModbusPeer peer = wired.modbus(Transport.MODBUS_RTU)) {
      peer.write(0x5000, 2);
      peer.write(0x5002, 1);
      peer.write(0x5004, 1);
      wired.meter.reboot();
      wired.clock.advance(Duration.ofSeconds(3));
      assertThat(peer.number(0x5004, 1)).isZero();
    }
  }

  @Test
  void lockedWhileOperating() throws Exception {
    wired.put(LOGIN);
    JsonObject block = block(wired.get("/v1/system_parameters")).build();
    wired.put("/v1/system_status?operative_status=operating");
    assertThat(wired.status("POST", "/v1/system_parameters", block.toString())).isEqualTo(400);
    try (ModbusPeer peer = wired.modbus(Transport.MODBUS_TCP)) {
      peer.write(0x5000, 2);
      peer.write(0x5002, 1);
      assertThat(peer.write(0x5004, 1)).isEqualTo("8604");
      assertThat(peer.write(0x2F03, 5)).isEqualTo("8604");
    }
    assertThat(wired.meter.boots()).isZero();
  }
}
