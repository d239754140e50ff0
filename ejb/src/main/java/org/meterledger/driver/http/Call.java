package org.meterledger.driver.http;

import java.nio.charset.StandardCharsets;

/**
 * One request.
 *
 * @param path with its query, beginning with a slash
 * @param contentType of the body; empty where there is none
 * @param body never null
 */
public record Call(String method, String path, String contentType, byte[] body) {

  public static Call get(String path) {
    return new Call("GET", path, "", new byte[0]);
  }

  public static Call json(String method, String path, String body) {
    return new Call(method, path, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether asking twice does no more than asking once. */
  boolean safe() {
    return "GET".equals(method);
  }
}
