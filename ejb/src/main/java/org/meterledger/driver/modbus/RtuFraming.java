package org.meterledger.driver.modbus;

import com.ghgande.j2mod.modbus.util.ModbusUtil;
import java.io.IOException;
import java.util.Arrays;
import org.meterledger.driver.Fault.Kind;

/**
 * RTU frames (Modbus over serial line 1.02, 2.5.1), on a serial line or in TCP. Where they end only
 * the function tells.
 */
final class RtuFraming implements Framing {

  /** Unit, function and what follows it. */
  private static final int HEAD = 3;

  private static final int CRC = 2;

  @Override
  public byte[] frame(int transaction, int unit, byte[] pdu) {
    var frame = new byte[1 + pdu.length + CRC];
    frame[0] = (byte) unit;
    System.arraycopy(pdu, 0, frame, 1, pdu.length);
    var crc = ModbusUtil.calculateCRC(frame, 0, 1 + pdu.length);
    frame[1 + pdu.length] = (byte) crc[0];
    frame[2 + pdu.length] = (byte) crc[1];
    return frame;
  }

  @Override
  public byte[] read(Wire wire, int transaction, int unit, long deadline) throws IOException {
    var head = new byte[HEAD];
    wire.readFully(head, 0, HEAD, deadline);
    var end = 1 + pduLength(head[1] & 0xff, head[2] & 0xff);
    var frame = Arrays.copyOf(head, end + CRC);
    wire.readFully(frame, HEAD, frame.length - HEAD, deadline);
    var crc = ModbusUtil.calculateCRC(frame, 0, end);
    if ((frame[end] & 0xff) != crc[0] || (frame[end + 1] & 0xff) != crc[1]) {
      throw new BadAnswer(Kind.PROTOCOL, "sends an answer with a wrong CRC");
    }
    Units.check(unit, frame[0] & 0xff);
    return Arrays.copyOfRange(frame, 1, end);
  }

  /**
   * @param next the byte after the function
   */
  private static int pduLength(int function, int next) throws BadAnswer {
    if (function > Question.EXCEPTION) {
      return 2;
    }
    return switch (function) {
      case Question.READ_HOLDING, Question.READ_INPUT, Question.REPORT -> 2 + next;
      case Question.WRITE_SINGLE, Question.WRITE_MULTIPLE -> 5;
      default -> throw BadAnswer.protocol("answers with function %02X", function);
    };
  }

  @Override
  public int length(int pdu) {
    return 1 + pdu + CRC;
  }

  @Override
  public boolean numbered() {
    return false;
  }
}
