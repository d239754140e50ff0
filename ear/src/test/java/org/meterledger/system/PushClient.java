package org.meterledger.system;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The socket of an open page. */
final class PushClient implements AutoCloseable {

  static final int ACCEPTED = 101;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private WebSocket socket;
  private int status;

  PushClient(HttpClient http, URI address, String... headers) {
    var builder = http.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    URI uri = URI.create(address.toString().replaceFirst("^http", "ws"));
    try {
      socket = builder.buildAsync(uri, new Heard()).join();
      status = ACCEPTED;
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof WebSocketHandshakeException refused)) {
        throw e;
      }
      status = refused.getResponse().statusCode();
    }
  }

  /** Gathers what comes. */
  private final class Heard implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        lines.add(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable cause) {
      closed.completeExceptionally(cause);
    }
  }

  /** Of the answer to the handshake: {@link #ACCEPTED}, or why not. */
  int status() {
    return status;
  }

  /** Whether a line waits. */
  boolean heard() {
    return !lines.isEmpty();
  }

  /** Whether a line has come by then. */
  boolean heardWithin(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (!heard() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return heard();
  }

  /** The next line, null when none came in time. */
  String next() throws InterruptedException {
    return lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** The code with which the server closed it. */
  int awaitClose() throws Exception {
    return closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.abort();
    }
  }
}
