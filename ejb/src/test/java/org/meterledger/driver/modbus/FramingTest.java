package org.meterledger.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.driver.ModbusAddress.Transport;

/** Frames that are printed in the manual of the Lovato DMED4 (I 1721 GB 09 25) and are right. */
class FramingTest {

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  private static String rtu(int unit, Question<?> question) {
    return HEX.formatHex(new RtuFraming().frame(0, unit, question.pdu()));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 4FFF, 2, 01 06 4F FF 00 02 2E EF",
    "1, 5001, 1, 01 06 50 01 00 01 08 CA",
    "1, 5003, 1, 01 06 50 03 00 01 A9 0A",
    "1, 2F02, 5, 01 06 2F 02 00 05 E0 DD",
    "5, 2F4F, 4, 05 06 2F 4F 00 04 B0 8E",
  })
  void singleRegistersAreWrittenInRtu(int unit, String address, int value, String frame) {
    assertThat(rtu(unit, Question.writeSingle(HexFormat.fromHexDigits(address), value)))
        .isEqualTo(frame);
  }

  @Test
  void registersAreReadInRtu() {
    assertThat(rtu(8, Question.readInput(1, 4))).isEqualTo("08 04 00 01 00 04 A0 90");
    assertThat(rtu(8, Question.readHolding(1, 4))).isEqualTo("08 03 00 01 00 04 15 50");
  }

  /** The manual prints function 06, which writes 4 to a register, where it means to read four. */
  @Test
  void theMisprintedFrameIsAWrite() {
    var misprinted = "08 06 00 01 00 04 D9 50";

    assertThat(rtu(8, Question.writeSingle(1, 4))).isEqualTo(misprinted);
    assertThat(rtu(8, Question.readInput(1, 4))).isNotEqualTo(misprinted);
    assertThat(rtu(8, Question.readHolding(1, 4))).isNotEqualTo(misprinted);
  }

  @Test
  void registersAreReadInAscii() {
    assertThat(new AsciiFraming().frame(0, 8, Question.readInput(1, 4).pdu()))
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo(":080400010004EF\r\n");
  }

  @Test
  void registersAreReadInTcp() {
    assertThat(HEX.formatHex(new TcpFraming().frame(0x1234, 8, Question.readInput(1, 4).pdu())))
        .isEqualTo("12 34 00 00 00 06 08 04 00 01 00 04");
  }

  @Test
  void severalRegistersAreWritten() {
    assertThat(HEX.formatHex(Question.writeMultiple(0x407f, 0x6553, 0xf100).pdu()))
        .isEqualTo("10 40 7F 00 02 04 65 53 F1 00");
  }

  @Test
  void aDeviceIsAskedToReportItself() {
    assertThat(HEX.formatHex(Question.report().pdu())).isEqualTo("11");
  }

  /** The manual's example of a CRC, byte by byte. */
  @Test
  void theCrcHasItsLowByteFirst() {
    assertThat(HEX.formatHex(new RtuFraming().frame(0, 2, new byte[] {7})))
        .isEqualTo("02 07 41 12");
  }

  @ParameterizedTest
  @CsvSource({
    "MODBUS_TCP, 12",
    "MODBUS_RTU_TCP, 8",
    "MODBUS_ASCII_TCP, 17",
    "MODBUS_RTU_SERIAL, 8",
    "MODBUS_ASCII_SERIAL, 17",
  })
  void lengthsAreKnownBeforehand(Transport transport, int length) {
    var framing = ModbusTransport.framing(transport);
    var pdu = Question.readInput(1, 4).pdu();

    assertThat(framing.frame(1, 8, pdu)).hasSize(length);
    assertThat(framing.length(pdu.length)).isEqualTo(length);
  }
}
