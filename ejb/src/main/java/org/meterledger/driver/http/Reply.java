package org.meterledger.driver.http;

import java.util.Map;
import java.util.Optional;
import org.meterledger.driver.Fault;

/**
 * What came back for a request, whatever its status.
 *
 * @param status of HTTP; 0 when no answer came
 * @param headers names in lower case
 * @param body what was received, also before a cut
 * @param fault what went wrong on the way; null when the answer arrived whole, with any status
 */
public record Reply(int status, Map<String, String> headers, byte[] body, Fault fault) {

  public Reply {
    headers = Map.copyOf(headers);
  }

  static Reply failed(Fault fault) {
    return new Reply(0, Map.of(), new byte[0], fault);
  }

  /** By name in lower case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
