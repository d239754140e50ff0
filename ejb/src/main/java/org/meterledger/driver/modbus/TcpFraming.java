package org.meterledger.driver.modbus;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Modbus TCP (Modbus messaging on TCP/IP implementation guide 1.0b, 3.1.3). */
final class TcpFraming implements Framing {

  private static final int HEADER = 7;
  private static final int LONGEST_PDU = 253;

  @Override
  public byte[] frame(int transaction, int unit, byte[] pdu) {
    return ByteBuffer.allocate(HEADER + pdu.length)
        .putShort((short) transaction)
        .putShort((short) 0)
        .putShort((short) (1 + pdu.length))
        .put((byte) unit)
        .put(pdu)
        .array();
  }

  @Override
  public byte[] read(Wire wire, int transaction, int unit, long deadline) throws IOException {
    var header = new byte[HEADER];
    wire.readFully(header, 0, HEADER, deadline);
    var fields = ByteBuffer.wrap(header);
    var answered = fields.getShort() & 0xffff;
    var protocol = fields.getShort() & 0xffff;
    var length = (fields.getShort() & 0xffff) - 1;
    if (protocol != 0) {
      throw BadAnswer.protocol("answers with protocol %d, which is not Modbus", protocol);
    }
    if (length < 2 || length > LONGEST_PDU) {
      throw BadAnswer.protocol("announces an answer of %d bytes", length + 1);
    }
    var pdu = new byte[length];
    wire.readFully(pdu, 0, length, deadline);
    if (answered != transaction) {
      throw BadAnswer.protocol("answers transaction %d and not %d", answered, transaction);
    }
    Units.check(unit, fields.get() & 0xff);
    return pdu;
  }

  @Override
  public int length(int pdu) {
    return HEADER + pdu;
  }

  @Override
  public boolean numbered() {
    return true;
  }
}
