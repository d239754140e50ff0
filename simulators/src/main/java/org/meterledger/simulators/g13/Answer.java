package org.meterledger.simulators.g13;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer before it goes on the wire.
 *
 * @param pieces of the body, made while they are sent
 * @param error what went wrong, if anything did
 */
record Answer(int status, String contentType, Iterator<String> pieces, Optional<String> error) {
  static final String JSON = "application/json";

  private static final String HTML = "text/html";
  private static final Map<String, Object> SUCCESS = Json.object("status", "success");

  static Answer json(Object... keysAndValues) {
    return streamed(List.of(Json.write(Json.object(keysAndValues))).iterator());
  }

  static Answer success() {
    return streamed(List.of(Json.write(SUCCESS)).iterator());
  }

  /** The answer to a firmware upload, which calls its JSON a page (N25). */
  static Answer successAsPage() {
    return new Answer(200, HTML, List.of(Json.write(SUCCESS)).iterator(), Optional.empty());
  }

  static Answer streamed(Iterator<String> pieces) {
    return new Answer(200, JSON, pieces, Optional.empty());
  }

  static Answer error(int status, String des) {
    String body = Json.write(Json.object("status", "error", "des", des));
    return new Answer(status, JSON, List.of(body).iterator(), Optional.of(des));
  }

  /** 162 bytes (p. 56). */
  static Answer unauthorized() {
    return html(
        401,
        "<HTML><HEAD><TITLE>401 Unauthorized</TITLE></HEAD>\r\n"
            + "<BODY><H1>401 Unauthorized</H1>\r\n"
            + "Browser not authentication capable or authentication failed\r\n"
            + "</BODY></HTML>\r\n");
  }

  /** 36 bytes (p. 57). */
  static Answer sessionRefused() {
    return html(403, "<HTML><BODY>Forbidden</BODY></HTML>\n");
  }

  private static Answer html(int status, String page) {
    return new Answer(status, HTML, List.of(page).iterator(), Optional.empty());
  }

  boolean isJson() {
    return contentType.equals(JSON);
  }

  /** The whole body, for faults that must know its length. */
  String body() {
    StringBuilder body = new StringBuilder();
    pieces.forEachRemaining(body::append);
    return body.toString();
  }
}
