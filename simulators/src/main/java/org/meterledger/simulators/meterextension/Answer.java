package org.meterledger.simulators.meterextension;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An HTTP answer before it goes on the wire. */
record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
  static Answer of(int status, String contentType, String body) {
    return new Answer(status, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  static Answer json(String body) {
    return of(200, "application/json", body);
  }

  static Answer text(int status, String body) {
    return of(status, "text/plain", body);
  }

  Answer with(String header, String value) {
    return new Answer(status, contentType, body, Map.of(header, value));
  }
}
