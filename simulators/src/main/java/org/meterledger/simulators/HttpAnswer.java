package org.meterledger.simulators;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An HTTP answer before it goes on the wire. */
public record HttpAnswer(int status, String contentType, byte[] body, Map<String, String> headers) {
  public static HttpAnswer of(int status, String contentType, String body) {
    return new HttpAnswer(status, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  public static HttpAnswer json(String body) {
    return of(200, "application/json", body);
  }

  public static HttpAnswer text(int status, String body) {
    return of(status, "text/plain", body);
  }

  public HttpAnswer with(String header, String value) {
    return new HttpAnswer(status, contentType, body, Map.of(header, value));
  }
}
