package org.meterledger.driver.modbus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.meterledger.driver.Fault.Kind;

/** ASCII frames (Modbus over serial line 1.02, 2.5.2), on a serial line or in TCP. */
final class AsciiFraming implements Framing {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** Unit, a PDU of 253 bytes and the LRC. */
  private static final int LONGEST = 255;

  /** What may come before the colon; more is no Modbus. */
  private static final int MOST_NOISE = 1024;

  @Override
  public byte[] frame(int transaction, int unit, byte[] pdu) {
    var content = new byte[1 + pdu.length + 1];
    content[0] = (byte) unit;
    System.arraycopy(pdu, 0, content, 1, pdu.length);
    content[1 + pdu.length] = lrc(content, 1 + pdu.length);
    return (":" + HEX.formatHex(content) + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** Two's complement of the sum of the bytes. */
  private static byte lrc(byte[] content, int length) {
    var sum = 0;
    for (var at = 0; at < length; at++) {
      sum += content[at];
    }
    return (byte) -sum;
  }

  @Override
  public byte[] read(Wire wire, int transaction, int unit, long deadline) throws IOException {
    var content = content(wire, deadline);
    if (content.length < 4) {
      throw BadAnswer.protocol("answers with %d bytes only", content.length);
    }
    var end = content.length - 1;
    if (content[end] != lrc(content, end)) {
      throw new BadAnswer(Kind.PROTOCOL, "sends an answer with a wrong LRC");
    }
    Units.check(unit, content[0] & 0xff);
    return Arrays.copyOfRange(content, 1, end);
  }

  /** What stands between colon and line end; another colon begins anew. */
  private static byte[] content(Wire wire, long deadline) throws IOException {
    var text = new StringBuilder();
    var one = new byte[1];
    var noise = 0;
    var begun = false;
    while (true) {
      wire.readFully(one, 0, 1, deadline);
      var character = (char) (one[0] & 0xff);
      if (character == ':') {
        begun = true;
        text.setLength(0);
      } else if (!begun) {
        if (++noise > MOST_NOISE) {
          throw BadAnswer.protocol("sends what is not Modbus ASCII");
        }
      } else if (character == '\r') {
        wire.readFully(one, 0, 1, deadline);
        if (one[0] != '\n') {
          throw BadAnswer.protocol("ends an answer without line feed");
        }
        return bytes(text);
      } else if (text.length() == 2 * LONGEST) {
        throw BadAnswer.protocol("sends an answer longer than Modbus allows");
      } else {
        text.append(character);
      }
    }
  }

  private static byte[] bytes(CharSequence text) throws BadAnswer {
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw BadAnswer.protocol("sends an answer that is not hexadecimal");
    }
  }

  @Override
  public int length(int pdu) {
    return 1 + 2 * (1 + pdu + 1) + 2;
  }

  @Override
  public boolean numbered() {
    return false;
  }
}
