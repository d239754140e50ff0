package org.meterledger.system;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Calls the API with a token, or without one. */
final class ApiClient {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final String token;

  /**
   * @param token null for none
   */
  ApiClient(URI server, String token) {
    this.base = server.resolve("/api/v1/");
    this.token = token;
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, null, headers);
  }

  HttpResponse<String> post(String path, String json, String... headers) throws Exception {
    return send("POST", path, json, headers);
  }

  /**
   * @param json null for no body; apostrophes stand for quotation marks
   */
  HttpResponse<String> send(String method, String path, String json, String... headers)
      throws Exception {
    return http.send(request(method, path, json, headers).build(), BodyHandlers.ofString());
  }

  HttpRequest.Builder request(String method, String path, String json, String... headers) {
    BodyPublisher body =
        json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json.replace('\'', '"'));
    var request = HttpRequest.newBuilder(base.resolve(path)).timeout(LIMIT).method(method, body);
    if (json != null) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request;
  }

  HttpClient http() {
    return http;
  }
}
