package org.meterledger.simulators.g13;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.meterledger.simulators.SettableClock;

/** A running gateway that lives by a clock of the test, and a client without knowledge of it. */
final class G13Wired implements AutoCloseable {
  /** A Friday, 13:00 by the devices' clocks; daylight saving begins two days later. */
  static final Instant NOW = Instant.parse("2026-03-27T12:00:00Z");

  static final String GATEWAY = "ABBG13000001";

  /** Three phases, direct, a household. */
  static final String PLATINUM = "ABB00000101";

  /** Platinum, three phases, through transformers, a shop. */
  static final String INDIRECT = "ABB00000102";

  /** Silver, one phase, with a solar plant. */
  static final String SILVER = "ABB00000103";

  /** Gold, three phases, on the wired M-Bus. */
  static final String GOLD = "ABB00000104";

  static final String BRONZE = "ABB00000105";

  /** One phase. */
  static final String IRON = "ABB00000107";

  static final String STEEL = "ABB00000108";

  static final String SUCCESS = "{\"status\":\"success\"}";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().sslContext(trustingAll()).build();

  final SettableClock clock = new SettableClock(NOW);
  final G13Gateway gateway;
  private final G13Simulator simulator;
  private String user = "admin";
  private String key = "admin";

  G13Wired() {
    this(G13Fleet.one(20, NOW));
  }

  G13Wired(GatewaySettings settings) {
    simulator = G13Simulator.start(List.of(settings), 0, clock);
    gateway = simulator.gateway(0);
  }

  static SSLContext trustingAll() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Trusting()}, null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  int port() {
    return simulator.port(0);
  }

  G13Meter meter(String serial) {
    return gateway.meter(serial);
  }

  void pass(Duration duration) {
    clock.advance(duration);
  }

  /** Asks as another user from now on. */
  G13Wired as(String otherUser, String otherKey) {
    user = otherUser;
    key = otherKey;
    return this;
  }

  HttpResponse<String> send(String verb, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path);
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return send(request.method(verb, HttpRequest.BodyPublishers.ofString(body)).build());
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(simulator.uri(0).resolve(path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", basic(user, key));
  }

  static String basic(String user, String key) {
    byte[] credentials = (user + ":" + key).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(credentials);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).build());
  }

  /** The object that a GET answers with 200. */
  JsonObject json(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return parse(answer.body());
  }

  static JsonObject parse(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  /** A value of an answer by its JSON pointer. */
  JsonValue value(String path, String pointer) throws IOException, InterruptedException {
    return json(path).getValue(pointer);
  }

  void succeeds(String verb, String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(verb, path, body);
    assertThat(answer.body()).as("%s %s %s", verb, path, body).isEqualTo(SUCCESS);
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  void posts(String path, String body) throws IOException, InterruptedException {
    succeeds("POST", path, body);
  }

  /** Sees a request refused with a status and an explanation that begins so. */
  void refused(int status, String des, String verb, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = send(verb, path, body);
    assertThat(answer.statusCode()).as("%s %s %s", verb, path, answer.body()).isEqualTo(status);
    JsonObject error = parse(answer.body());
    assertThat(error.getString("status")).isEqualTo("error");
    assertThat(error.getString("des")).startsWith(des);
  }

  void invalid(String verb, String path, String body) throws IOException, InterruptedException {
    refused(400, "Invalid Request", verb, path, body);
  }

  void silent(int status, String path) throws IOException, InterruptedException {
    refused(status, "received invalid response from COSEM.", "GET", path, "");
  }

  /** Serials and the like of an array of objects. */
  static List<String> texts(JsonArray objects, String key) {
    return objects.getValuesAs(JsonObject.class).stream().map(each -> each.getString(key)).toList();
  }

  static String of(String serial, String resource) {
    return "/meters/" + serial + "/" + resource;
  }

  /** A bare TLS connection over which a GET has been sent. */
  Socket ask(String path) throws IOException {
    Socket socket = trustingAll().getSocketFactory().createSocket("127.0.0.1", port());
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: "
            + basic(user, key)
            + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Override
  public void close() {
    simulator.close();
  }

  /** Extended, so that the host's name is not compared either. */
  static class Trusting extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
