package org.meterledger.driver.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;

/** GET from a meter, bounded in time and size. Any number of threads may use it at once. */
public final class HttpTransport {

  /** More than any table of a meter takes; a larger body ends as PROTOCOL. */
  public static final int LARGEST_BODY = 2 << 20;

  private static final String KEEP_ALIVE_SECONDS = "jdk.httpclient.keepalive.timeout";
  private static final Duration GRACE = Duration.ofMillis(100);

  /** A body that brings this much within one time-out may go on; 3000 rows take a meter a while. */
  private static final int LEAST_PROGRESS = 8 << 10;

  private static final int MOST_ROUNDS = 12;
  private static final HttpClient CLIENT = client();

  private static HttpClient client() {
    // Java 17 keeps an idle connection for 20 minutes: read each quarter of an hour, a meter, which
    // has few sockets, would never get its own back. The client can be told only this way.
    if (System.getProperty(KEEP_ALIVE_SECONDS) == null) {
      System.setProperty(KEEP_ALIVE_SECONDS, "5");
    }
    return HttpClient.newBuilder()
        .version(Version.HTTP_1_1)
        .followRedirects(Redirect.NEVER)
        .proxy(HttpClient.Builder.NO_PROXY) // a meter's address is meant as it stands
        .build();
  }

  /**
   * Asks for {@code path}, once more after a time-out or a reset that left nothing behind: a module
   * that looks for its time server may stall for a moment.
   *
   * <p>The time-out is for the head of the answer, and anew for each further part of a body that
   * makes progress, at most twelve times in all.
   *
   * @param path with its query, beginning with a slash
   * @param largest body taken, in bytes
   */
  public Answer get(Endpoint.Http endpoint, String path, int largest) {
    HttpRequest request;
    try {
      request = request(endpoint, path);
    } catch (IllegalArgumentException e) {
      return Answer.failed(Kind.UNREACHABLE, endpoint.base() + " is not an address to connect to");
    }
    var first = new Attempt(endpoint, largest);
    var answer = first.run(request);
    return first.worthAnother ? new Attempt(endpoint, largest).run(request) : answer;
  }

  private static HttpRequest request(Endpoint.Http endpoint, String path) {
    var base = endpoint.base().toString();
    var root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    var request = HttpRequest.newBuilder(URI.create(root + path)).timeout(endpoint.timeout()).GET();
    if (endpoint.user() != null) {
      var pair = endpoint.user() + ":" + endpoint.password();
      var token = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
      request.header("Authorization", "Basic " + token);
    }
    return request.build();
  }

  /** One request with its answer. */
  private static final class Attempt {

    private final Endpoint.Http endpoint;
    private final ReceivedBody received;
    private boolean worthAnother;

    Attempt(Endpoint.Http endpoint, int largest) {
      this.endpoint = endpoint;
      this.received = new ReceivedBody(largest);
    }

    Answer run(HttpRequest request) {
      CompletableFuture<?> exchange = CLIENT.sendAsync(request, received);
      try {
        await(exchange);
        return ended(null);
      } catch (ExecutionException e) {
        return ended(failure(e.getCause()));
      } catch (TimeoutException e) {
        return ended(timedOut());
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

    private Answer ended(Fault fault) {
      if (received.tooLarge()) {
        return Answer.failed(
            Kind.PROTOCOL, endpoint.base() + " sends a larger answer than any meter would");
      }
      var head = received.head();
      if (head == null) {
        worthAnother = fault.kind() == Kind.TIMEOUT || worthAnother;
        worthAnother &= !Thread.currentThread().isInterrupted();
        return new Answer(new byte[0], "", false, fault);
      }
      if (head.statusCode() != 200) {
        return new Answer(
            new byte[0], "", false, StatusFault.of(endpoint, head.statusCode(), head.headers()));
      }
      var headers = head.headers();
      var body = received.bytes();
      worthAnother = fault != null && body.length == 0 && !Thread.currentThread().isInterrupted();
      return new Answer(
          body,
          headers.firstValue("Content-Type").orElse(""),
          headers.firstValue("Content-Length").isPresent()
              || headers.firstValue("Transfer-Encoding").isPresent(),
          fault);
    }

    private Fault failure(Throwable thrown) {
      var base = endpoint.base();
      if (thrown instanceof HttpConnectTimeoutException) {
        return new Fault(Kind.UNREACHABLE, base + " does not take a connection");
      }
      if (thrown instanceof HttpTimeoutException) {
        return timedOut();
      }
      if (unknownHost(thrown)) {
        return new Fault(Kind.UNREACHABLE, "The name in " + base + " is unknown");
      }
      if (thrown instanceof ConnectException || thrown instanceof NoRouteToHostException) {
        return new Fault(Kind.UNREACHABLE, "Nobody listens at " + base);
      }
      if (thrown instanceof ProtocolException) {
        return new Fault(Kind.PROTOCOL, base + " answers with something that is not HTTP");
      }
      if (thrown instanceof IOException) {
        worthAnother = true;
        return new Fault(
            Kind.PROTOCOL, base + " closed the connection before its answer was complete");
      }
      return new Fault(Kind.PROTOCOL, base + " answers with HTTP that cannot be understood");
    }

    private static boolean unknownHost(Throwable thrown) {
      for (var cause = thrown; cause != null; cause = cause.getCause()) {
        if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
          return true;
        }
      }
      return false;
    }

    private Fault timedOut() {
      return new Fault(
          Kind.TIMEOUT,
          endpoint.base()
              + " gave no complete answer within "
              + endpoint.timeout().toMillis()
              + " ms");
    }
  }
}
