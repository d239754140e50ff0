package org.meterledger.simulators.dmed4;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** A Modbus client of the test's own, which takes nothing from the simulator. */
final class ModbusPeer implements AutoCloseable {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;
  private final DataInputStream in;
  private final Transport transport;
  private int transaction = 0x1200;

  ModbusPeer(int port, Transport transport) throws IOException {
    this.socket = new Socket("127.0.0.1", port);
    this.socket.setSoTimeout(PATIENCE_MILLIS);
    this.socket.setTcpNoDelay(true);
    this.in = new DataInputStream(socket.getInputStream());
    this.transport = transport;
  }

  /** Reads registers as the manual counts them and gives their bytes in hex. */
  String read(int register, int count) throws IOException {
    return HEX.formatHex(bytes(register, count));
  }

  byte[] bytes(int register, int count) throws IOException {
    byte[] answer = ask(8, 4, register - 1 >> 8, register - 1, count >> 8, count);
    if (answer[0] != 4) {
      throw new IOException("Answered " + HEX.formatHex(answer));
    }
    return Arrays.copyOfRange(answer, 2, answer.length);
  }

  long number(int register, int count) throws IOException {
    return new java.math.BigInteger(1, bytes(register, count)).longValue();
  }

  /** Reads many registers in messages of 120 and gives them as text of a length. */
  String text(int register, int bytes) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int word = 0; word < (bytes + 1) / 2; word += 120) {
      all.write(bytes(register + word, Math.min(120, (bytes + 1) / 2 - word)));
    }
    return new String(all.toByteArray(), 0, bytes, StandardCharsets.US_ASCII);
  }

  /** Writes one register and gives the answer in hex. */
  String write(int register, int value) throws IOException {
    return HEX.formatHex(ask(8, 6, register - 1 >> 8, register - 1, value >> 8, value));
  }

  /** Writes several registers and gives the answer in hex. */
  String write(int register, byte[] content) throws IOException {
    int words = content.length / 2;
    int[] request = new int[6 + content.length];
    int[] head = {0x10, register - 1 >> 8, register - 1, words >> 8, words, content.length};
    System.arraycopy(head, 0, request, 0, 6);
    for (int place = 0; place < content.length; place++) {
      request[6 + place] = content[place];
    }
    return HEX.formatHex(ask(8, request));
  }

  /** Writes a text in messages of 120 registers. */
  void writeText(int register, String text) throws IOException {
    byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), text.length() + 1 & ~1);
    for (int place = 0; place < bytes.length; place += 240) {
      byte[] piece = Arrays.copyOfRange(bytes, place, Math.min(bytes.length, place + 240));
      write(register + place / 2, piece);
    }
  }

  /** Sends a request and gives the answer from its function on; whatever is around is checked. */
  byte[] ask(int unit, int... request) throws IOException {
    send(unit, request);
    byte[] answer = receive();
    int head = transport == Transport.MODBUS_TCP ? 7 : 1;
    if (transport == Transport.MODBUS_TCP
        && (word(answer, 0) != transaction
            || word(answer, 2) != 0
            || word(answer, 4) != answer.length - 6)) {
      throw new IOException("Wrong header: " + HEX.formatHex(answer));
    }
    int tail =
        switch (transport) {
          case MODBUS_RTU -> 2;
          case MODBUS_ASCII -> 1;
          default -> 0;
        };
    if ((answer[head - 1] & 0xFF) != unit) {
      throw new IOException("Wrong unit: " + HEX.formatHex(answer));
    }
    if (transport == Transport.MODBUS_RTU && remainder(answer) != 0
        || transport == Transport.MODBUS_ASCII && sum(answer) != 0) {
      throw new IOException("Wrong check: " + HEX.formatHex(answer));
    }
    return Arrays.copyOfRange(answer, head, answer.length - tail);
  }

  void send(int unit, int... request) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    if (transport == Transport.MODBUS_TCP) {
      transaction++;
      frame.write(transaction >> 8);
      frame.write(transaction);
      frame.write(0);
      frame.write(0);
      frame.write(request.length + 1 >> 8);
      frame.write(request.length + 1);
    }
    frame.write(unit);
    Arrays.stream(request).forEach(frame::write);
    switch (transport) {
      case MODBUS_RTU -> {
        int crc = remainder(frame.toByteArray());
        frame.write(crc);
        frame.write(crc >> 8);
        sendRaw(frame.toByteArray());
      }
      case MODBUS_ASCII -> {
        frame.write(-sum(frame.toByteArray()));
        sendRaw((":" + HEX.formatHex(frame.toByteArray()) + "\r\n").getBytes("US-ASCII"));
      }
      default -> sendRaw(frame.toByteArray());
    }
  }

  void sendRaw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void sendHex(String hex) throws IOException {
    sendRaw(HEX.parseHex(hex.replace(" ", "")));
  }

  /** The next frame whole; of ASCII the bytes behind its digits. */
  byte[] receive() throws IOException {
    return switch (transport) {
      case MODBUS_TCP -> {
        byte[] head = in.readNBytes(6);
        if (head.length < 6) {
          throw new java.io.EOFException();
        }
        byte[] rest = in.readNBytes(word(head, 4));
        yield join(head, rest);
      }
      case MODBUS_RTU -> {
        byte[] head = exactly(3);
        int function = head[1] & 0xFF;
        int more =
            function > 0x80 ? 2 : function == 6 || function == 0x10 ? 5 : (head[2] & 0xFF) + 2;
        yield join(head, exactly(more));
      }
      default -> {
        StringBuilder line = new StringBuilder();
        while (line.length() == 0 || line.charAt(line.length() - 1) != '\n') {
          line.append((char) in.readUnsignedByte());
        }
        yield HEX.parseHex(line.substring(1, line.length() - 2));
      }
    };
  }

  private byte[] exactly(int count) throws IOException {
    byte[] bytes = new byte[count];
    in.readFully(bytes);
    return bytes;
  }

  /** Whether the other side has closed. */
  boolean isClosed() throws IOException {
    return in.read() < 0;
  }

  /** Everything up to the end of the connection. */
  byte[] rest() throws IOException {
    return in.readAllBytes();
  }

  /** Whether nothing comes for a while. */
  boolean isSilent(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      in.read();
      return false;
    } catch (SocketTimeoutException silent) {
      return true;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static int word(byte[] bytes, int place) {
    return (bytes[place] & 0xFF) * 256 + (bytes[place + 1] & 0xFF);
  }

  /** Bit by bit as the manual's example; 0 over a frame with its own CRC. */
  private static int remainder(byte[] bytes) {
    int register = 0xFFFF;
    for (byte each : bytes) {
      register ^= Byte.toUnsignedInt(each);
      for (int shift = 1; shift <= 8; shift++) {
        boolean carry = register % 2 == 1;
        register = register / 2;
        register = carry ? register ^ 0b1010_0000_0000_0001 : register;
      }
    }
    return register;
  }

  private static int sum(byte[] bytes) {
    int sum = 0;
    for (byte each : bytes) {
      sum += Byte.toUnsignedInt(each);
    }
    return sum % 256;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
