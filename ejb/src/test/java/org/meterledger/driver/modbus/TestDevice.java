package org.meterledger.driver.modbus;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.ModbusAddress;
import org.meterledger.driver.ModbusAddress.Transport;

/** A Modbus device with registers 0 to 999, unless a script answers for it. */
final class TestDevice implements AutoCloseable {

  static final int UNIT = 8;
  static final int REGISTERS = 1000;

  /** Answers one request; by {@link Exchange#good} as a device should. */
  @FunctionalInterface
  interface Script {
    void answer(Exchange exchange) throws IOException, InterruptedException;
  }

  /**
   * One request.
   *
   * @param number from 1, over all connections
   * @param reply function and data of the right answer
   */
  record Exchange(
      TestDevice device, Socket socket, int number, int transaction, int unit, byte[] reply) {

    byte[] frame() {
      return frame(transaction, unit, reply);
    }

    byte[] frame(int transaction, int unit, byte[] pdu) {
      return device.frame(transaction, unit, pdu);
    }

    /** The right answer with its last byte but the line end spoilt. */
    byte[] damaged() {
      var frame = frame();
      var last =
          device.transport == Transport.MODBUS_ASCII_TCP ? frame.length - 3 : frame.length - 1;
      frame[last] = (byte) (frame[last] == '0' ? '1' : frame[last] ^ 1);
      return frame;
    }

    void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    void good() throws IOException {
      send(frame());
    }

    int function() {
      return reply[0] & 0x7f;
    }
  }

  private final Transport transport;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Map<Integer, Integer> written = new ConcurrentHashMap<>();
  private volatile Script script;

  TestDevice(Transport transport, Script script) {
    this.transport = transport;
    this.script = script;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::listen);
  }

  TestDevice(Transport transport) {
    this(transport, Exchange::good);
  }

  void follow(Script next) {
    script = next;
  }

  /** What a register holds that nobody wrote. */
  static int value(int register) {
    return register * 40503 + 7 & 0xffff;
  }

  int port() {
    return listener.getLocalPort();
  }

  Endpoint.Modbus endpoint(Duration timeout) {
    return endpoint(UNIT, timeout);
  }

  Endpoint.Modbus endpoint(int unit, Duration timeout) {
    return new Endpoint.Modbus(
        new ModbusAddress(transport, "127.0.0.1", port(), null, unit), timeout);
  }

  /** Frames as they came, in hexadecimal digits; those of ASCII without colon and line end. */
  List<String> requests() {
    return requests;
  }

  int connections() {
    return connections.get();
  }

  Map<Integer, Integer> written() {
    return written;
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        socket.setTcpNoDelay(true);
        connections.incrementAndGet();
        open.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      while (true) {
        var transaction = 0;
        byte[] body;
        if (transport == Transport.MODBUS_TCP) {
          transaction = in.readUnsignedShort();
          in.readUnsignedShort();
          body = in.readNBytes(in.readUnsignedShort());
        } else {
          body = transport == Transport.MODBUS_RTU_TCP ? rtu(in) : ascii(in);
        }
        var pdu = Arrays.copyOfRange(body, 1, body.length);
        var reply = reply(pdu);
        script.answer(
            new Exchange(this, socket, requests.size(), transaction, body[0] & 0xff, reply));
      }
    } catch (IOException e) {
      // The other side gave up; that is what some tests are about.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private byte[] rtu(DataInputStream in) throws IOException {
    var frame = new ByteArrayOutputStream();
    frame.writeBytes(exactly(in, 2));
    switch (frame.toByteArray()[1]) {
      case 0x11 -> {}
      case 0x10 -> {
        frame.writeBytes(exactly(in, 5));
        frame.writeBytes(exactly(in, frame.toByteArray()[6] & 0xff));
      }
      default -> frame.writeBytes(exactly(in, 4));
    }
    var body = frame.toByteArray();
    frame.writeBytes(exactly(in, 2));
    requests.add(HexFormat.of().withUpperCase().formatHex(frame.toByteArray()));
    return body;
  }

  private byte[] ascii(DataInputStream in) throws IOException {
    while (in.readByte() != ':') {
      // what a line may carry between frames
    }
    var text = new StringBuilder();
    for (var next = in.readByte(); next != '\r'; next = in.readByte()) {
      text.append((char) next);
    }
    in.readByte();
    requests.add(text.toString());
    var content = HexFormat.of().parseHex(text);
    return Arrays.copyOf(content, content.length - 1);
  }

  private static byte[] exactly(DataInputStream in, int count) throws IOException {
    var bytes = new byte[count];
    in.readFully(bytes);
    return bytes;
  }

  private byte[] reply(byte[] pdu) {
    if (transport == Transport.MODBUS_TCP) {
      requests.add(HexFormat.of().withUpperCase().formatHex(pdu));
    }
    var request = ByteBuffer.wrap(pdu);
    var function = request.get();
    switch (function) {
      case 0x11:
        return new byte[] {0x11, 8, 0x47, 7, 1, 3, 2, 9, 0, 0};
      case 3, 4:
        return registers(function, request.getShort() & 0xffff, request.getShort());
      case 6:
        written.put(request.getShort() & 0xffff, request.getShort() & 0xffff);
        return pdu;
      case 0x10:
        var address = request.getShort() & 0xffff;
        var count = request.getShort();
        request.get();
        for (var at = 0; at < count; at++) {
          written.put(address + at, request.getShort() & 0xffff);
        }
        return Arrays.copyOf(pdu, 5);
      default:
        return new byte[] {(byte) (function | 0x80), 1};
    }
  }

  private byte[] registers(byte function, int address, int count) {
    if (address + count > REGISTERS) {
      return new byte[] {(byte) (function | 0x80), 2};
    }
    var reply = ByteBuffer.allocate(2 + 2 * count).put(function).put((byte) (2 * count));
    for (var at = address; at < address + count; at++) {
      reply.putShort((short) (int) written.getOrDefault(at, value(at)));
    }
    return reply.array();
  }

  private byte[] frame(int transaction, int unit, byte[] pdu) {
    var body = ByteBuffer.allocate(1 + pdu.length).put((byte) unit).put(pdu).array();
    return switch (transport) {
      case MODBUS_TCP ->
          ByteBuffer.allocate(6 + body.length)
              .putShort((short) transaction)
              .putShort((short) 0)
              .putShort((short) body.length)
              .put(body)
              .array();
      case MODBUS_RTU_TCP -> {
        var crc = crc(body);
        yield ByteBuffer.allocate(body.length + 2)
            .put(body)
            .put((byte) crc)
            .put((byte) (crc >> 8))
            .array();
      }
      default -> {
        var sum = 0;
        for (byte each : body) {
          sum += each;
        }
        var text = HexFormat.of().withUpperCase().formatHex(body) + "%02X".formatted(-sum & 0xff);
        yield (":" + text + "\r\n").getBytes(StandardCharsets.US_ASCII);
      }
    };
  }

  /** Bit by bit, as the specification explains it, and not by a table as the driver's. */
  private static int crc(byte[] bytes) {
    var crc = 0xffff;
    for (byte each : bytes) {
      crc ^= each & 0xff;
      for (var bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xa001;
      }
    }
    return crc;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
