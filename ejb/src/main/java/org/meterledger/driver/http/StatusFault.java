package org.meterledger.driver.http;

import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.Secrets;

/** What an HTTP status other than 200 (RFC 9110, section 15) means when a meter is asked. */
public final class StatusFault {

  private static final int LONGEST_PLACE = 200;

  private StatusFault() {}

  public static Fault of(Endpoint.Http endpoint, Reply reply) {
    var status = reply.status();
    var base = endpoint.base();
    if (status == 401) {
      return new Fault(
          Kind.ACCESS_DENIED,
          base + (endpoint.user() == null ? " wants a password" : " refuses the password"));
    }
    if (status == 403) {
      return new Fault(Kind.ACCESS_DENIED, base + " refuses access");
    }
    if (status == 404) {
      return new Fault(Kind.UNSUPPORTED, base + " does not have what was asked for");
    }
    if (status >= 300 && status < 400) {
      var place = reply.header("location").map(to -> printable(endpoint, to)).orElse("nowhere");
      return new Fault(Kind.INVALID_DATA, base + " redirects to " + place);
    }
    if (status == 429 || status == 503) {
      return new Fault(Kind.BUSY, base + " asks to come back later (HTTP status " + status + ")");
    }
    return new Fault(Kind.PROTOCOL, base + " answers with HTTP status " + status);
  }

  private static String printable(Endpoint.Http endpoint, String place) {
    var secrets = Secrets.of(endpoint.user(), endpoint.password());
    var clean = secrets.mask(place.replaceAll("\\p{Cntrl}", ""));
    return clean.length() > LONGEST_PLACE ? clean.substring(0, LONGEST_PLACE) : clean;
  }
}
