package org.meterledger.simulators.dmed4;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;

/**
 * A request over HTTP.
 *
 * @param path without the query, beginning with a slash
 * @param query by name
 * @param body as received, empty for none
 */
record RestRequest(String method, String path, Map<String, List<String>> query, String body) {
  static RestRequest of(String method, String uri, String body) {
    QueryStringDecoder decoder = new QueryStringDecoder(uri);
    return new RestRequest(method, decoder.path(), decoder.parameters(), body);
  }

  RestRequest withPath(String other) {
    return new RestRequest(method, other, query, body);
  }

  /** What a PUT gives in its query or a POST in its body. */
  Fields fields() {
    return method.equals("PUT") ? Fields.ofQuery(query) : Fields.ofJson(body);
  }
}
