package org.meterledger.driver.modbus;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;

/** What an exception on the way means when a device is asked. */
final class TransportFault {

  private TransportFault() {}

  /** While connecting; nothing was sent. */
  static Fault connecting(Endpoint.Modbus endpoint, IOException thrown) {
    if (thrown instanceof UnknownHostException) {
      return new Fault(Kind.UNREACHABLE, "The name in " + endpoint + " is unknown");
    }
    if (thrown instanceof SocketTimeoutException) {
      return new Fault(Kind.UNREACHABLE, endpoint + " does not take a connection");
    }
    if (thrown instanceof ConnectException && endpoint.address().transport().serial()) {
      return new Fault(Kind.UNREACHABLE, endpoint + ": " + thrown.getMessage());
    }
    if (thrown instanceof ConnectException || thrown instanceof NoRouteToHostException) {
      return new Fault(Kind.UNREACHABLE, "Nobody listens at " + endpoint);
    }
    return asking(endpoint, thrown);
  }

  static Fault asking(Endpoint.Modbus endpoint, IOException thrown) {
    if (thrown instanceof BadAnswer bad) {
      return new Fault(bad.kind(), endpoint + " " + bad.getMessage());
    }
    if (thrown instanceof SocketTimeoutException) {
      return new Fault(
          Kind.TIMEOUT,
          "%s gave no complete answer within %d ms"
              .formatted(endpoint, endpoint.timeout().toMillis()));
    }
    if (thrown instanceof InterruptedIOException) {
      return new Fault(Kind.TIMEOUT, "Stopped while waiting for " + endpoint);
    }
    return new Fault(
        Kind.PROTOCOL, endpoint + " closed the connection before its answer was complete");
  }
}
