package org.meterledger.simulators.dmed4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Dmed4Wired wired;

  @BeforeEach
  void start() {
    wired = new Dmed4Wired(Dmed4Wired.settings().energies(0x0102_0304_05L, 0));
  }

  @AfterEach
  void stop() {
    wired.close();
  }

  private String spoiled(Transport transport, Fault fault) throws IOException {
    wired.meter.faults().add(fault, 1, "/modbus/04/0002");
    try (ModbusPeer peer = wired.modbus(transport)) {
      // Another register does not show it.
      assertThat(peer.number(0x0016, 4)).isZero();
      peer.send(8, 4, 0, 1, 0, 4);
      String answer = HEX.formatHex(peer.receive());
      assertThat(peer.number(0x0002, 4)).isEqualTo(0x0102_0304_05L);
      return answer;
    }
  }

  @Test
  void wrongCheck() throws IOException {
    String answer = "080408" + "0000000102030405";
    assertThat(spoiled(Transport.MODBUS_RTU, Fault.WRONG_CHECK))
        .startsWith(answer)
        .isNotEqualTo(right(Transport.MODBUS_RTU));
    assertThat(spoiled(Transport.MODBUS_ASCII, Fault.WRONG_CHECK)).isEqualTo(answer + "DC");
  }

  private String right(Transport transport) throws IOException {
    try (ModbusPeer peer = wired.modbus(transport)) {
      peer.send(8, 4, 0, 1, 0, 4);
      return HEX.formatHex(peer.receive());
    }
  }

  @Test
  void wrongUnitTransactionFunctionAndCount() throws IOException {
    assertThat(spoiled(Transport.MODBUS_TCP, Fault.WRONG_UNIT))
        .isEqualTo("12020000000B" + "090408" + "0000000102030405");
    assertThat(spoiled(Transport.MODBUS_TCP, Fault.WRONG_TRANSACTION))
        .isEqualTo("12030000000B" + "080408" + "0000000102030405");
    assertThat(spoiled(Transport.MODBUS_TCP, Fault.WRONG_FUNCTION))
        .isEqualTo("12020000000B" + "080308" + "0000000102030405");
    assertThat(spoiled(Transport.MODBUS_TCP, Fault.SHORT_COUNT))
        .isEqualTo("120200000009" + "080406" + "000000010203");
    assertThat(spoiled(Transport.MODBUS_ASCII, Fault.WRONG_UNIT)).startsWith("090408");
  }

  @ParameterizedTest
  @EnumSource(names = {"MODBUS_TCP", "MODBUS_RTU", "MODBUS_ASCII"})
  void busy(Transport transport) throws IOException {
    assertThat(spoiled(transport, Fault.BUSY)).contains("088406");
  }

  @ParameterizedTest
  @EnumSource(names = {"MODBUS_TCP", "MODBUS_RTU", "MODBUS_ASCII"})
  void connectionEnds(Transport transport) throws IOException {
    wired.meter.faults().add(Fault.CONNECTION_DROPPED, 1, "/");
    try (ModbusPeer peer = wired.modbus(transport)) {
      peer.send(8, 4, 0, 1, 0, 4);
      assertThat(peer.rest()).isEmpty();
    }
    wired.meter.faults().add(Fault.HALF_ANSWER, 1, "/");
    try (ModbusPeer peer = wired.modbus(transport)) {
      peer.send(8, 4, 0, 1, 0, 4);
      assertThat(peer.rest()).isNotEmpty().hasSizeLessThan(14);
    }
  }

  @Test
  void garbage() throws IOException {
    wired.meter.faults().add(Fault.GARBAGE, 1, "/modbus/");
    try (ModbusPeer peer = wired.modbus(Transport.MODBUS_RTU)) {
      peer.send(8, 0x11);
      wired.meter.faults().add(Fault.CONNECTION_DROPPED, 1, "/modbus/11");
      peer.send(8, 0x11);
      assertThat(peer.rest()).hasSize(17);
    }
  }

  /** The answer to the next request overtakes the late one. */
  @ParameterizedTest
  @EnumSource(names = {"MODBUS_TCP", "MODBUS_RTU", "MODBUS_ASCII"})
  void lateAnswer(Transport transport) throws IOException {
    wired.meter.setLateness(Duration.ofMillis(500));
    wired.meter.faults().add(Fault.LATE_ANSWER, 1, "/modbus/04/0002");
    try (ModbusPeer peer = wired.modbus(transport)) {
      peer.send(8, 4, 0, 1, 0, 4);
      peer.send(8, 4, 0, 0x15, 0, 4);
      assertThat(HEX.formatHex(peer.receive())).contains("0000000000000000");
      assertThat(HEX.formatHex(peer.receive())).contains("0000000102030405");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MODBUS_TCP", "MODBUS_RTU", "MODBUS_ASCII"})
  void noAnswerThoughDone(Transport transport) throws IOException {
    wired.meter.faults().add(Fault.NO_ANSWER, 1, "/modbus/06");
    try (ModbusPeer peer = wired.modbus(transport)) {
      peer.send(8, 6, 0x4F, 0x10, 0, 5);
      assertThat(peer.isSilent(100)).isTrue();
      assertThat(wired.meter.displayPage()).isEqualTo(5);
    }
  }

  @Test
  void reboot() throws Exception {
    wired.meter.faults().add(Fault.REBOOT, 1, "/modbus/06");
    try (ModbusPeer tcp = wired.modbus(Transport.MODBUS_TCP)) {
      tcp.send(8, 6, 0x4F, 0x10, 0, 5);
      assertThat(tcp.isClosed()).isTrue();
    }
    assertThat(wired.meter.displayPage()).isEqualTo(1);
    try (ModbusPeer tcp = wired.modbus(Transport.MODBUS_TCP)) {
      assertThat(tcp.isClosed()).isTrue();
    }
    assertThatThrownBy(() -> wired.get("/v1/measure")).isInstanceOf(IOException.class);
    wired.clock.advance(Duration.ofSeconds(3));
    assertThat(wired.get("/v1/measure")).isNotEmpty();
  }

  @Test
  void faultsOfRest() throws Exception {
    wired.meter.setLateness(Duration.ofMillis(50));
    wired.meter.faults().add(Fault.HTTP_500, 1, "/v1/measure");
    assertThat(wired.status("GET", "/v1/measure", "")).isEqualTo(500);
    wired.meter.faults().add(Fault.GARBAGE, 1, "/");
    assertThat(Fields.object(wired.send("GET", "/v1/measure", "").body())).isEmpty();
    wired.meter.faults().add(Fault.LATE_ANSWER, 1, "/");
    assertThat(wired.get("/v1/measure")).isNotEmpty();
    for (Fault fault : new Fault[] {Fault.HALF_ANSWER, Fault.CONNECTION_DROPPED, Fault.REBOOT}) {
      wired.meter.faults().add(fault, 5, "/");
      assertThatThrownBy(() -> wired.get("/v1/measure")).isInstanceOf(IOException.class);
      wired.meter.faults().clear();
    }
    wired.clock.advance(Duration.ofSeconds(3));
    assertThat(wired.status("GET", "/v1/measure", "")).isEqualTo(200);
  }

  @Test
  void aFaultOfAnotherTransportWaits() throws Exception {
    wired.meter.faults().add(Fault.WRONG_TRANSACTION, 1, "/");
    try (ModbusPeer rtu = wired.modbus(Transport.MODBUS_RTU);
        ModbusPeer tcp = wired.modbus(Transport.MODBUS_TCP)) {
      assertThat(wired.get("/v1/measure")).isNotEmpty();
      assertThat(rtu.number(0x0002, 4)).isEqualTo(0x0102_0304_05L);
      assertThatThrownBy(() -> tcp.number(0x0002, 4)).hasMessageStartingWith("Wrong header");
    }
  }

  @Test
  void disturbancesByChance() throws IOException {
    wired.meter.disturb(500, 1, Fault.BUSY, Fault.WRONG_TRANSACTION);
    try (ModbusPeer rtu = wired.modbus(Transport.MODBUS_RTU)) {
      int busy = 0;
      for (int number = 0; number < 200; number++) {
        busy += rtu.ask(8, 4, 0, 1, 0, 4)[0] == (byte) 0x84 ? 1 : 0;
      }
      assertThat(busy).isBetween(20, 80);
      wired.meter.disturb(0, 1);
      assertThat(rtu.number(0x0002, 4)).isEqualTo(0x0102_0304_05L);
    }
  }
}
