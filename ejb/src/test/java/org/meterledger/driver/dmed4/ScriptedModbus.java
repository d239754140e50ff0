package org.meterledger.driver.dmed4;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** Answers Modbus TCP as a test wants. */
final class ScriptedModbus implements AutoCloseable {

  /** Speaks with whoever has connected; the connection is closed after it. */
  @FunctionalInterface
  interface Script {
    void speak(DataInputStream in, OutputStream out) throws IOException;
  }

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  ScriptedModbus(Script script) {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(() -> listen(script));
  }

  /**
   * Answers in sound frames.
   *
   * @param answer from function and data to function and data
   */
  static ScriptedModbus answering(UnaryOperator<byte[]> answer) {
    return new ScriptedModbus(
        (in, out) -> {
          while (true) {
            var head = in.readNBytes(4);
            var unit = in.readNBytes(in.readUnsignedShort());
            var told = answer.apply(Arrays.copyOfRange(unit, 1, unit.length));
            var frame = Arrays.copyOf(head, 7 + told.length);
            frame[5] = (byte) (1 + told.length);
            frame[6] = unit[0];
            System.arraycopy(told, 0, frame, 7, told.length);
            out.write(frame);
          }
        });
  }

  int port() {
    return listener.getLocalPort();
  }

  private void listen(Script script) {
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        threads.execute(() -> serve(socket, script));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket, Script script) {
    open.add(socket);
    try (socket) {
      script.speak(new DataInputStream(socket.getInputStream()), socket.getOutputStream());
    } catch (IOException e) {
      // The other side has heard enough.
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (var socket : open) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
