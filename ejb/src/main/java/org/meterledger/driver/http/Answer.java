package org.meterledger.driver.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault;

/**
 * What came back for one GET.
 *
 * @param body what was received of a body with status 200, also before a cut; empty otherwise
 * @param contentType as the meter named it; empty where it named none
 * @param announced whether the meter had said where the body ends (length or chunks). A body that
 *     ends with the connection may have been cut without anybody noticing.
 * @param fault null when the answer arrived whole with status 200
 */
public record Answer(byte[] body, String contentType, boolean announced, Fault fault) {

  static Answer of(Endpoint.Http endpoint, Reply reply) {
    if (reply.status() == 0) {
      return new Answer(new byte[0], "", false, reply.fault());
    }
    if (reply.status() != 200) {
      return new Answer(new byte[0], "", false, StatusFault.of(endpoint, reply));
    }
    return new Answer(
        reply.body(),
        reply.header("content-type").orElse(""),
        reply.header("content-length").isPresent() || reply.header("transfer-encoding").isPresent(),
        reply.fault());
  }

  public boolean complete() {
    return fault == null;
  }

  /** One character per byte, so that no answer is too broken to be looked at. */
  public String text() {
    return new String(body, StandardCharsets.ISO_8859_1);
  }

  /** Whether this is a page for people where a table for programs was asked for. */
  public boolean html() {
    return contentType.toLowerCase(Locale.ROOT).contains("html")
        || text().stripLeading().startsWith("<");
  }
}
