package org.meterledger.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** An HTTP server that keeps what it is told, and answers as it is told to. */
final class Receiver implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Integer> statuses = new ConcurrentLinkedQueue<>();

  /** A request; header names in lower case. */
  record Received(String method, String path, Map<String, String> headers, String body) {
    String id() {
      return headers.get("webhook-id");
    }
  }

  Receiver() {
    this(plain());
  }

  Receiver(HttpServer server) {
    this.server = server;
    server.createContext("/", this::take);
    server.setExecutor(threads);
    server.start();
  }

  private static HttpServer plain() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      received.add(
          new Received(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders().entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          header -> header.getKey().toLowerCase(java.util.Locale.ROOT),
                          header -> header.getValue().get(0))),
              body));
      Integer status = statuses.poll();
      if (status != null && status >= 300 && status < 400) {
        exchange.getResponseHeaders().set("Location", "http://127.0.0.1:" + port() + "/elsewhere");
      }
      exchange.sendResponseHeaders(status == null ? 204 : status, -1);
    }
  }

  /** The next answers, in this order; then 204. */
  void answer(int... next) {
    for (int status : next) {
      statuses.add(status);
    }
  }

  List<Received> received() {
    return received;
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/hook?token=t-7";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
