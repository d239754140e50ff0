package org.meterledger.benchmarks;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between a driver and one device of Modbus TCP, and keeps what the driver asks, so that the
 * same can be asked again by a client that only drains the answers. For one conversation.
 */
final class RecordedFrames implements AutoCloseable {

  private static final int HEAD = 6;
  private static final int LENGTH = 4;

  private final InetSocketAddress device;
  private final ServerSocket listener;
  private final List<byte[]> requests = new CopyOnWriteArrayList<>();

  RecordedFrames(InetSocketAddress device) throws IOException {
    this.device = device;
    this.listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    new Thread(this::relay, "recorded-frames").start();
  }

  int port() {
    return listener.getLocalPort();
  }

  private void relay() {
    try (var driver = listener.accept();
        var connection = connected(device)) {
      var asks = new DataInputStream(driver.getInputStream());
      var answers = new DataInputStream(connection.getInputStream());
      while (true) {
        var request = frame(asks);
        requests.add(request);
        connection.getOutputStream().write(request);
        driver.getOutputStream().write(frame(answers));
      }
    } catch (IOException e) {
      // the driver has hung up
    }
  }

  /** The requests of the driver so far, in its order. */
  List<byte[]> requests() {
    return List.copyOf(requests);
  }

  /** Asks a device the same over a connection of its own, one after the other. */
  static void replay(List<byte[]> requests, InetSocketAddress device, int times)
      throws IOException {
    try (var connection = connected(device)) {
      var answers = new DataInputStream(connection.getInputStream());
      for (int i = 0; i < times; i++) {
        for (var request : requests) {
          connection.getOutputStream().write(request);
          frame(answers);
        }
      }
    }
  }

  private static Socket connected(InetSocketAddress device) throws IOException {
    var socket = new Socket(device.getAddress(), device.getPort());
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** With its head, whose last word is the length of what follows. */
  private static byte[] frame(DataInputStream in) throws IOException {
    var head = new byte[HEAD];
    in.readFully(head);
    int length = (head[LENGTH] & 0xff) << 8 | head[LENGTH + 1] & 0xff;
    var frame = Arrays.copyOf(head, HEAD + length);
    in.readFully(frame, HEAD, length);
    return frame;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
