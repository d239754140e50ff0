package org.meterledger.simulators.dmed4;

import jakarta.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer over HTTP.
 *
 * @param status 200, or another without a body
 * @param body JSON, empty for none
 */
record RestAnswer(int status, String body) {
  static final RestAnswer BAD_REQUEST = new RestAnswer(400, "");
  static final RestAnswer NOT_FOUND = new RestAnswer(404, "");
  static final RestAnswer NOT_IMPLEMENTED = new RestAnswer(501, "");

  static RestAnswer done() {
    return new RestAnswer(200, "");
  }

  /** An object with its keys in the given order. */
  static RestAnswer json(Map<String, ?> object) {
    Map<String, Object> copy = new LinkedHashMap<>(object);
    return new RestAnswer(200, Json.createObjectBuilder(copy).build().toString());
  }
}
