package org.meterledger.driver.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;

/** Asks meters, bounded in time and size. Any number of threads may use it at once. */
public final class HttpTransport {

  /** More than any table of a meter takes; a larger body ends as PROTOCOL. */
  public static final int LARGEST_BODY = 2 << 20;

  private static final Duration GRACE = Duration.ofMillis(100);

  /** A body that brings this much within one time-out may go on; 3000 rows take a meter a while. */
  private static final int LEAST_PROGRESS = 8 << 10;

  private static final int MOST_ROUNDS = 12;

  /**
   * Asks for {@code path} as {@link #send} does; a status other than 200 is a fault.
   *
   * @param path with its query, beginning with a slash
   * @param largest body taken, in bytes
   */
  public Answer get(Endpoint.Http endpoint, String path, int largest) {
    return Answer.of(endpoint, send(endpoint, Call.get(path), largest));
  }

  /**
   * Sends a request, a GET once more after a time-out or a reset that left nothing behind: a module
   * that looks for its time server may stall for a moment.
   *
   * <p>The time-out is for the head of the answer, and anew for each further part of a body that
   * makes progress, at most twelve times in all.
   *
   * @param largest body taken, in bytes
   */
  public Reply send(Endpoint.Http endpoint, Call call, int largest) {
    HttpRequest request;
    try {
      request = request(endpoint, call);
    } catch (IllegalArgumentException e) {
      return Reply.failed(
          new Fault(Kind.UNREACHABLE, endpoint.base() + " is not an address to connect to"));
    }
    if (endpoint.pin() != null && !"https".equals(endpoint.base().getScheme())) {
      return Reply.failed(
          new Fault(Kind.UNREACHABLE, endpoint.base() + " is not an https address"));
    }
    if (endpoint.pin() != null && endpoint.pin().oldTls()) {
      return new OldTlsExchange(endpoint, largest).run(call, authorization(endpoint));
    }
    var first = new Attempt(endpoint, largest);
    var reply = first.run(request);
    return call.safe() && first.worthAnother ? new Attempt(endpoint, largest).run(request) : reply;
  }

  private static HttpRequest request(Endpoint.Http endpoint, Call call) {
    var base = endpoint.base().toString();
    var root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    var request =
        HttpRequest.newBuilder(URI.create(root + call.path())).timeout(endpoint.timeout());
    if (call.safe()) {
      request.GET();
    } else {
      request.method(call.method(), BodyPublishers.ofByteArray(call.body()));
    }
    if (!call.contentType().isEmpty()) {
      request.header("Content-Type", call.contentType());
    }
    if (endpoint.user() != null) {
      request.header("Authorization", authorization(endpoint));
    }
    return request.build();
  }

  private static String authorization(Endpoint.Http endpoint) {
    if (endpoint.user() == null) {
      return null;
    }
    var pair = endpoint.user() + ":" + endpoint.password();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** One request with its answer. */
  private static final class Attempt {

    private final Endpoint.Http endpoint;
    private final ReceivedBody received;
    private boolean broken;
    private boolean worthAnother;

    Attempt(Endpoint.Http endpoint, int largest) {
      this.endpoint = endpoint;
      this.received = new ReceivedBody(largest);
    }

    Reply run(HttpRequest request) {
      CompletableFuture<?> exchange = Clients.of(endpoint).sendAsync(request, received);
      try {
        await(exchange);
        return ended(null);
      } catch (ExecutionException e) {
        broken = TransportFault.broken(e.getCause());
        return ended(TransportFault.of(endpoint, e.getCause()));
      } catch (TimeoutException e) {
        return ended(TransportFault.timedOut(endpoint));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ended(new Fault(Kind.TIMEOUT, "Stopped while waiting for " + endpoint.base()));
      } finally {
        received.close();
        exchange.cancel(true);
      }
    }

    /** The request's own time-out ends with the head of the answer; this covers the body too. */
    private void await(CompletableFuture<?> exchange)
        throws ExecutionException, InterruptedException, TimeoutException {
      var patience = endpoint.timeout().plus(GRACE).toMillis();
      var size = 0;
      for (int round = 1; ; round++) {
        try {
          exchange.get(patience, TimeUnit.MILLISECONDS);
          return;
        } catch (TimeoutException e) {
          var before = size;
          size = received.size();
          if (round == MOST_ROUNDS || size - before < LEAST_PROGRESS) {
            throw e;
          }
        }
      }
    }

    private Reply ended(Fault fault) {
      if (received.tooLarge()) {
        return Reply.failed(TransportFault.tooLarge(endpoint));
      }
      var head = received.head();
      var interrupted = Thread.currentThread().isInterrupted();
      if (head == null) {
        worthAnother = (fault.kind() == Kind.TIMEOUT || broken) && !interrupted;
        return Reply.failed(fault);
      }
      var body = received.bytes();
      worthAnother =
          fault != null
              && (body.length == 0 && head.statusCode() == 200 || broken && body.length == 0)
              && !interrupted;
      return new Reply(head.statusCode(), headers(head.headers().map()), body, fault);
    }

    private static Map<String, String> headers(Map<String, java.util.List<String>> all) {
      var headers = new HashMap<String, String>();
      all.forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
      return headers;
    }
  }
}
