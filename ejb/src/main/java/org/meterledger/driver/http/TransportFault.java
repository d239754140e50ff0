package org.meterledger.driver.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.bouncycastle.tls.TlsException;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;

/** What an exception on the way means when a meter is asked. */
final class TransportFault {

  private TransportFault() {}

  static Fault of(Endpoint.Http endpoint, Throwable thrown) {
    var base = endpoint.base();
    if (thrown instanceof HttpConnectTimeoutException) {
      return new Fault(Kind.UNREACHABLE, base + " does not take a connection");
    }
    if (thrown instanceof HttpTimeoutException || thrown instanceof SocketTimeoutException) {
      return timedOut(endpoint);
    }
    if (cause(thrown, UnresolvedAddressException.class).isPresent()
        || cause(thrown, UnknownHostException.class).isPresent()) {
      return new Fault(Kind.UNREACHABLE, "The name in " + base + " is unknown");
    }
    if (thrown instanceof ConnectException || thrown instanceof NoRouteToHostException) {
      return new Fault(Kind.UNREACHABLE, "Nobody listens at " + base);
    }
    if (thrown instanceof ProtocolException) {
      return new Fault(Kind.PROTOCOL, base + " answers with something that is not HTTP");
    }
    if (handshake(thrown)) {
      return tls(endpoint, thrown);
    }
    if (thrown instanceof IOException) {
      return new Fault(
          Kind.PROTOCOL, base + " closed the connection before its answer was complete");
    }
    return new Fault(Kind.PROTOCOL, base + " answers with HTTP that cannot be understood");
  }

  static Fault timedOut(Endpoint.Http endpoint) {
    return new Fault(
        Kind.TIMEOUT,
        endpoint.base()
            + " gave no complete answer within "
            + endpoint.timeout().toMillis()
            + " ms");
  }

  static Fault tooLarge(Endpoint.Http endpoint) {
    return new Fault(
        Kind.PROTOCOL, endpoint.base() + " sends a larger answer than any meter would");
  }

  /** Whether a connection broke, which may be better the next time. */
  static boolean broken(Throwable thrown) {
    return thrown instanceof IOException
        && !(thrown instanceof HttpTimeoutException)
        && !(thrown instanceof ProtocolException)
        && !(thrown instanceof ConnectException)
        && !(thrown instanceof NoRouteToHostException)
        && !handshake(thrown);
  }

  private static boolean handshake(Throwable thrown) {
    return cause(thrown, SSLException.class).isPresent()
        || cause(thrown, TlsException.class).isPresent();
  }

  private static Fault tls(Endpoint.Http endpoint, Throwable thrown) {
    var base = endpoint.base();
    var other = cause(thrown, PinTrust.OtherCertificate.class);
    if (other.isPresent()) {
      return new Fault(
          Kind.INVALID_DATA,
          base
              + " shows another certificate than the one it is known by; its fingerprint is "
              + other.get().shown());
    }
    var old = endpoint.pin() == null || endpoint.pin().oldTls() ? null : oldVersion(endpoint);
    if (old != null) {
      return new Fault(
          Kind.INVALID_DATA,
          base + " speaks no newer TLS than " + old + ", which has not been allowed for it");
    }
    return new Fault(Kind.PROTOCOL, base + " could not agree on TLS");
  }

  /** One more connection: what the JDK says of a refused version differs from case to case. */
  private static String oldVersion(Endpoint.Http endpoint) {
    var trust = new PinTrust(endpoint.pin().sha256());
    try (var connection = OldTls.connect(endpoint.base(), endpoint.timeout(), trust)) {
      return connection.outdated() ? connection.version() : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> type) {
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
    }
    return Optional.empty();
  }
}
