package org.meterledger.driver.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers each request with exactly the bytes that a test wants, one connection per request. */
public final class RawServer implements AutoCloseable {

  /** Writes the answer to a path; the connection is closed after it. */
  public interface Script {
    void answer(String path, OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  public RawServer(Script script) {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(() -> listen(script));
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
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      var path = in.readLine().split(" ")[1];
      var head = new StringBuilder();
      for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.append(line).append('\n');
      }
      heads.add(head.toString());
      requests.add(path);
      script.answer(path, socket.getOutputStream());
    } catch (IOException e) {
      // The other side gave up; that is what some tests are about.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  /** A whole answer with status 200 and its length. */
  public static void ok(OutputStream out, String type, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    head(out, "200 OK", "Content-Type: " + type, "Content-Length: " + bytes.length);
    out.write(bytes);
    out.flush();
  }

  public static void head(OutputStream out, String status, String... headers) throws IOException {
    var text = "HTTP/1.1 " + status + "\r\n" + String.join("\r\n", headers);
    out.write(
        (text + (headers.length == 0 ? "" : "\r\n") + "Connection: close\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Paths that were asked for, in order. */
  public List<String> requests() {
    return requests;
  }

  /** The header lines of each request. */
  public List<String> heads() {
    return heads;
  }

  public int connectionsOpen() {
    return open.size();
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
