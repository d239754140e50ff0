package org.meterledger.driver.g13;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Endpoint.CertificatePin;
import org.meterledger.driver.http.TestCertificate;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.driver.model.MeterModels;

/** A gateway that answers over HTTPS what a test tells it to. */
final class G13Server implements AutoCloseable {

  static final String PASSWORD = "geheim77";
  static final Instant NOW = Instant.parse("2012-08-06T12:00:00Z");
  static final MeterModel METER = new MeterModels().get("abb-g13");
  static final MeterModel GATEWAY = new MeterModels().get("abb-g13-gateway");

  private static final TestCertificate CERTIFICATE = TestCertificate.issue("G13");
  private static final Path EXAMPLES = Path.of("src/test/resources/golden");
  private static final String TOKEN =
      "Basic "
          + Base64.getEncoder()
              .encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
  private static final String UNAUTHORIZED =
      "<HTML><HEAD><TITLE>401 Unauthorized</TITLE></HEAD><BODY><H1>401 Unauthorized</H1>"
          + "Browser not authentication capable or authentication failed</BODY></HTML>";

  /** What was asked; the path with its query, if any. */
  record Request(String method, String path, String type, String body) {
    @Override
    public String toString() {
      return method + " " + path + (body.isEmpty() ? "" : " " + body);
    }
  }

  /**
   * @param cut whether the connection ends before the body does
   */
  record Response(int status, String type, String body, int error, boolean cut) {
    static Response json(String body) {
      return new Response(200, "application/json", body, 0, false);
    }

    static Response error(int status, String des) {
      var body = "{\"status\":\"error\",\"des\":\"" + des + "\"}";
      return new Response(status, "application/json", body, 0, false);
    }
  }

  private final Map<String, Function<Request, Response>> answers = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpsServer server;

  G13Server() {
    try {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setHttpsConfigurator(new HttpsConfigurator(CERTIFICATE.context()));
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  private void serve(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
    var type = exchange.getRequestHeaders().getFirst("Content-Type");
    var request =
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            type == null ? "" : type,
            body);
    requests.add(request);
    var authorized = TOKEN.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    send(
        exchange,
        authorized ? answer(request) : new Response(401, "text/html", UNAUTHORIZED, 0, false));
  }

  private Response answer(Request request) {
    var key = request.method() + " " + request.path();
    return answers
        .getOrDefault(key, answers.getOrDefault("*", any -> Response.error(404, "URI not found.")))
        .apply(request);
  }

  private static void send(HttpExchange exchange, Response response) throws IOException {
    var bytes = response.body().getBytes(StandardCharsets.UTF_8);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", response.type());
    headers.set("Server", "embOS/IP");
    headers.set("Link", "/lasterror/" + response.error());
    exchange.sendResponseHeaders(response.status(), response.cut() ? bytes.length + 10 : 0);
    exchange.getResponseBody().write(bytes);
    exchange.getResponseBody().flush();
    exchange.close();
  }

  /**
   * @param request method and path, or {@code *} for what nothing else is said of
   */
  G13Server on(String request, Function<Request, Response> answer) {
    answers.put(request, answer);
    return this;
  }

  G13Server on(String request, String json) {
    return on(request, any -> Response.json(json));
  }

  /** An example document of the gateway or, below {@code meter/}, of a meter. */
  static String example(String name) {
    try {
      return Files.readString(EXAMPLES.resolve(name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All the examples of the manual, of the gateway and of its meter ABB_8. */
  G13Server examples() {
    try (var files = Files.list(EXAMPLES.resolve("abb-g13/meter"))) {
      files.forEach(
          file -> {
            var name = file.getFileName().toString().replace(".json", "");
            meter(name.replace('_', '/'), example("abb-g13/meter/" + name));
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    on("GET /about", example("abb-g13-gateway/about"));
    on("GET /configuration", example("abb-g13-gateway/configuration"));
    on("GET /gateway", example("abb-g13-gateway/gateway"));
    on("GET /gateway/datetime", example("abb-g13-gateway/datetime"));
    on("GET /gateway/events", example("abb-g13-gateway/events"));
    on("GET /parametermapping", example("abb-g13/parametermapping"));
    on("GET /storablequantities", example("abb-g13/storablequantities"));
    on("GET /meters", example("abb-g13/meters"));
    on("POST /gateway/execute", "{\"devices\":[[\"230.1\",\"V\"]]}");
    for (int channel = 1; channel <= 8; channel++) {
      meter("loadprofiles/" + channel + "/2000-01-01T00:00:00/500", "{\"items\":[]}");
    }
    meter("loadprofiles/1/2000-01-01T00:00:00/500", example("abb-g13/meter/loadprofiles_1"));
    return meter("events/2012-08-06T01:11:31/100", example("abb-g13/meter/events"));
  }

  G13Server meter(String resource, String json) {
    return on("GET /meters/ABB_8/" + resource, json);
  }

  List<Request> requests() {
    return requests;
  }

  /** The last request. */
  Request last() {
    return requests.get(requests.size() - 1);
  }

  Endpoint.Http endpoint(String password, Duration timeout, ZoneId zone) {
    return new Endpoint.Http(
        URI.create("https://127.0.0.1:" + server.getAddress().getPort()),
        "admin",
        password,
        timeout,
        new CertificatePin(CERTIFICATE.sha256(), false),
        zone);
  }

  Endpoint.Http endpoint() {
    return endpoint(PASSWORD, Duration.ofSeconds(20), ZoneOffset.UTC);
  }

  static G13Driver driver() {
    return new G13Driver(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofMillis(100));
  }

  G13Gateway gateway() {
    return driver().gateway(endpoint());
  }

  G13Meter meter() {
    return gateway().meter("ABB_8");
  }

  G13MeterSession session(ZoneId zone) {
    var http = endpoint(PASSWORD, Duration.ofSeconds(20), zone);
    return (G13MeterSession) driver().open(METER, new Endpoint.BehindGateway(http, "ABB_8"));
  }

  G13MeterSession session() {
    return session(ZoneOffset.UTC);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
