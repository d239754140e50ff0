package org.meterledger.simulators.dmed4;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameTest {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int SILENCE_MILLIS = 150;

  private Dmed4Wired wired;

  @BeforeEach
  void start() {
    wired = new Dmed4Wired(Dmed4Wired.settings().energies(0x0102_0304_05L, 0));
  }

  @AfterEach
  void stop() {
    wired.close();
  }

  @Test
  void theManualsCrcExample() {
    assertThat(Framing.crc(new byte[] {2, 7}, 2)).isEqualTo(0x1241);
  }

  /** The manual prints F5; the two's complement of 0D is F3. */
  @Test
  void theManualsLrcExample() {
    assertThat(Framing.lrc(new byte[] {1, 4, 0, 0, 8}, 5)).isEqualTo(0xF3);
  }

  /** Frames that the manual prints, as they are; the node is 1. */
  @Test
  void theManualsFramesThatWriteAParameter() throws IOException {
    Dmed4Settings first = Dmed4Settings.of(1, Dmed4Model.DMED404D0150, 1, Dmed4Wired.START);
    try (Dmed4Wired other = new Dmed4Wired(first);
        ModbusPeer rtu = other.modbus(Transport.MODBUS_RTU)) {
      for (String frame :
          List.of(
              "01 06 4F FF 00 02 2E EF", "01 06 50 01 00 01 08 CA", "01 06 50 03 00 01 A9 0A")) {
        rtu.sendHex(frame);
        assertThat(HEX.formatHex(rtu.receive())).isEqualTo(frame.replace(" ", ""));
      }
      rtu.sendHex("01 06 2F 02 00 05 E0 DD");
      assertThat(rtu.isSilent(SILENCE_MILLIS)).isTrue();
      assertThat(other.meter.boots()).isEqualTo(1);
      assertThat(other.meter.parameters()).containsEntry("P02_01", 1L);
    }
  }

  @Test
  void totalImportedEnergyOfNode8() throws IOException {
    try (ModbusPeer rtu = wired.modbus(Transport.MODBUS_RTU)) {
      rtu.sendHex("08 04 00 01 00 04 A0 90");
      assertThat(HEX.formatHex(rtu.receive())).startsWith("080408" + "0000000102030405");
      rtu.sendHex("08 03 00 01 00 04 15 50");
      assertThat(HEX.formatHex(rtu.receive())).startsWith("080308" + "0000000102030405");
    }
  }

  /** The printed query is a write to a register that cannot be written. */
  @Test
  void theMisprintedQueryChangesNothing() throws IOException {
    try (ModbusPeer rtu = wired.modbus(Transport.MODBUS_RTU)) {
      rtu.sendHex("08 06 00 01 00 04 D9 50");
      assertThat(HEX.formatHex(rtu.receive())).startsWith("088602");
      assertThat(wired.meter.readings().importedWh()).isEqualTo(0x0102_0304_05L);
    }
  }

  @Test
  void theSameQueryInAscii() throws IOException {
    try (ModbusPeer ascii = wired.modbus(Transport.MODBUS_ASCII)) {
      ascii.sendRaw(":080400010004EF\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(HEX.formatHex(ascii.receive())).isEqualTo("080408" + "0000000102030405" + "DD");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MODBUS_TCP", "MODBUS_RTU", "MODBUS_ASCII"})
  void identification(Transport transport) throws IOException {
    try (ModbusPeer peer = wired.modbus(transport)) {
      assertThat(HEX.formatHex(peer.ask(8, 0x11))).isEqualTo("1108" + "4807020102030000");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MODBUS_TCP", "MODBUS_RTU", "MODBUS_ASCII"})
  void exceptions(Transport transport) throws IOException {
    try (ModbusPeer peer = wired.modbus(transport)) {
      assertThat(HEX.formatHex(peer.ask(8, 0x04, 0, 0x21, 0, 1))).isEqualTo("8402");
      assertThat(HEX.formatHex(peer.ask(8, 0x04, 0, 0x1D, 0, 8))).isEqualTo("8402");
      assertThat(HEX.formatHex(peer.ask(8, 0x03, 0x43, 0xFF, 0, 121))).isEqualTo("8303");
      assertThat(HEX.formatHex(peer.ask(8, 0x03, 0, 1, 0, 0))).isEqualTo("8303");
      assertThat(HEX.formatHex(peer.ask(8, 0x06, 0x42, 0x7F, 0, 0x42))).isEqualTo("8604");
      assertThat(HEX.formatHex(peer.ask(8, 0x06, 0x42, 0x7F, 0, 0x41))).isEqualTo("8603");
      assertThat(HEX.formatHex(peer.ask(8, 0x10, 0x40, 0x7F, 0, 1, 2, 0, 0))).isEqualTo("9003");
      assertThat(HEX.formatHex(peer.ask(8, 0x07))).isEqualTo("8701");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MODBUS_TCP", "MODBUS_RTU", "MODBUS_ASCII"})
  void mostRegistersOfOneMessage(Transport transport) throws IOException {
    try (ModbusPeer peer = wired.modbus(transport)) {
      assertThat(peer.bytes(0x4400, 120)).hasSize(240);
    }
  }

  /** An information only in TCP, where any node and 0 are answered. */
  @Test
  void nodeInTcp() throws IOException {
    try (ModbusPeer tcp = wired.modbus(Transport.MODBUS_TCP)) {
      for (int node : new int[] {0, 1, 8, 255}) {
        assertThat(HEX.formatHex(tcp.ask(node, 4, 0, 1, 0, 4))).endsWith("02030405");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MODBUS_RTU", "MODBUS_ASCII"})
  void nodeOnASerialLine(Transport transport) throws IOException {
    try (ModbusPeer peer = wired.modbus(transport)) {
      peer.send(9, 4, 0, 1, 0, 4);
      peer.send(0, 4, 0, 1, 0, 4);
      // The timezone of everybody, which nobody answers.
      peer.send(0, 6, 0x42, 0x83, 0, 60);
      assertThat(peer.number(0x4284, 1)).isEqualTo(60);
      // Only function 06 is meant for everybody.
      peer.send(0, 0x10, 0x42, 0x83, 0, 1, 2, 0, 15);
      assertThat(peer.number(0x4284, 1)).isEqualTo(60);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MODBUS_RTU", "MODBUS_ASCII"})
  void aWrongCheckIsNotAnswered(Transport transport) throws IOException {
    try (ModbusPeer peer = wired.modbus(transport)) {
      peer.sendRaw(
          transport == Transport.MODBUS_RTU
              ? HEX.parseHex("08040001000400A0")
              : ":080400010004EE\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(peer.isSilent(SILENCE_MILLIS)).isTrue();
      assertThat(peer.number(0x0002, 4)).isEqualTo(0x0102_0304_05L);
    }
  }

  /** A frame may come in pieces, and two in one piece. */
  @Test
  void piecesOfFrames() throws IOException {
    try (ModbusPeer tcp = wired.modbus(Transport.MODBUS_TCP)) {
      tcp.sendHex("0001 0000 0006 08");
      tcp.sendHex("04 0001 0004 0002 0000 0006 08 04 0001 0001");
      assertThat(HEX.formatHex(tcp.receive())).startsWith("0001").endsWith("0000000102030405");
      assertThat(HEX.formatHex(tcp.receive())).isEqualTo("000200000005" + "0804020000");
    }
  }

  @Test
  void aThirdConnectionIsClosed() throws IOException {
    try (ModbusPeer first = wired.modbus(Transport.MODBUS_TCP);
        ModbusPeer second = wired.modbus(Transport.MODBUS_TCP)) {
      first.number(0x0002, 4);
      second.number(0x0002, 4);
      try (ModbusPeer third = wired.modbus(Transport.MODBUS_TCP)) {
        assertThat(third.isClosed()).isTrue();
      }
      assertThat(wired.meter.refusedConnections()).isEqualTo(1);
      assertThat(wired.meter.connections(Transport.MODBUS_TCP)).isEqualTo(2);
      assertThat(first.number(0x0002, 4)).isEqualTo(0x0102_0304_05L);
    }
  }
}
