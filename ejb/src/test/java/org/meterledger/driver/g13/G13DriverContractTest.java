package org.meterledger.driver.g13;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Endpoint.CertificatePin;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.MeterDriverContract;
import org.meterledger.driver.g13.G13Server.Request;
import org.meterledger.driver.g13.G13Server.Response;
import org.meterledger.driver.model.MeterModel;

class G13DriverContractTest extends MeterDriverContract {

  private static final LocalDateTime START = LocalDateTime.parse("2012-07-01T00:00:00");
  private static final LocalDateTime CLOCK = LocalDateTime.parse("2012-08-05T01:11:31");
  private static final int ROWS = 60;

  private final G13Driver driver = G13Server.driver();
  private final CountDownLatch never = new CountDownLatch(1);
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    never.countDown();
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Override
  protected MeterDriver driver() {
    return driver;
  }

  @Override
  protected MeterModel model() {
    return G13Server.METER;
  }

  private static Endpoint behind(Endpoint.Http gateway) {
    return new Endpoint.BehindGateway(gateway, "ABB_8");
  }

  @Override
  protected Endpoint nobody(int port) {
    return behind(
        new Endpoint.Http(
            URI.create("https://127.0.0.1:" + port),
            "admin",
            G13Server.PASSWORD,
            Duration.ofSeconds(5),
            new CertificatePin("0".repeat(64), false),
            ZoneOffset.UTC));
  }

  private G13Server server() {
    var server = new G13Server();
    open.add(server);
    return server;
  }

  private Endpoint always(Function<Request, Response> answer) {
    return behind(server().on("*", answer).endpoint());
  }

  @Override
  protected Endpoint silent() {
    var server =
        server()
            .on(
                "*",
                any -> {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return Response.json("{}");
                });
    return behind(server.endpoint(G13Server.PASSWORD, Duration.ofMillis(400), ZoneOffset.UTC));
  }

  private G13Server soundServer() {
    var server = server().examples();
    server.meter(
        "datetime",
        "{\"datetime\":\"%s\",\"dst\":0,\"dstenable\":false,\"status\":\"set\"}".formatted(CLOCK));
    server.meter("loadprofiles/configuration", "{\"lpconfig\":[[60,1,15000],[900,69,100]]}");
    server.on("*", G13DriverContractTest::recorded);
    return server;
  }

  private static LocalDateTime row(int i) {
    return START.plusMinutes(i);
  }

  private static LocalDateTime line(int i) {
    return START.plusHours(23L * i);
  }

  /** Load profile and events, as the manual says: from a time on, or until a time. */
  private static Response recorded(Request request) {
    var parts = request.path().split("/");
    if (parts.length == 7 && parts[3].equals("loadprofiles")) {
      var items =
          IntStream.range(0, parts[4].equals("1") ? ROWS : 0)
              .filter(i -> !row(i).isBefore(LocalDateTime.parse(parts[5])))
              .limit(Integer.parseInt(parts[6]))
              .mapToObj(
                  i ->
                      "{\"status\":1,\"timestamp\":\"%s\",\"value\":\"%d\"}"
                          .formatted(G13Gateway.text(row(i)), i))
              .collect(Collectors.joining(","));
      return Response.json("{\"items\":[" + items + "]}");
    }
    if (parts.length == 6 && parts[3].equals("events")) {
      var lines =
          IntStream.range(0, 9)
              .map(i -> 8 - i)
              .filter(i -> !line(i).isAfter(LocalDateTime.parse(parts[4])))
              .mapToObj(
                  i ->
                      "{\"datetime\":\"%s\",\"duration\":0,\"category\":2,\"logid\":%d}"
                          .formatted(G13Gateway.text(line(i)), 1000 + i))
              .collect(Collectors.joining(","));
      return Response.json("{\"system\":[" + lines + "]}");
    }
    return Response.error(404, "URI not found.");
  }

  @Override
  protected Endpoint sound() {
    return behind(soundServer().endpoint());
  }

  @Override
  protected Instant soundMeterTime() {
    return CLOCK.toInstant(ZoneOffset.UTC);
  }

  @Override
  protected Remembered remembering() {
    var server = soundServer();
    server.on("GET /meters/ABB_8/loadprofiles/1/2000-01-01T00:00:00/500", this::all);
    server.on("GET /meters/ABB_8/events/2012-08-06T01:11:31/100", this::all);
    return new Remembered(
        behind(server.endpoint()),
        IntStream.range(0, ROWS).mapToObj(i -> row(i).toInstant(ZoneOffset.UTC)).toList(),
        IntStream.range(0, 9).mapToObj(i -> line(i).toInstant(ZoneOffset.UTC)).toList(),
        () -> server.requests().size());
  }

  private Response all(Request request) {
    return recorded(request);
  }

  @Override
  protected Endpoint half() {
    var server = soundServer();
    server.on(
        "GET /meters/ABB_8/loadprofiles/1/2000-01-01T00:00:00/500",
        request -> {
          var body = recorded(request).body();
          var half = body.substring(0, body.length() / 2);
          return new Response(200, "application/json", half, 0, true);
        });
    return behind(server.endpoint());
  }

  @Override
  protected List<Endpoint> liars() throws IOException {
    return List.of(
        always(any -> new Response(200, "text/html", "<html>A printer</html>", 0, false)),
        always(any -> Response.json("{}")),
        always(any -> Response.json("[1, 2]")),
        always(any -> Response.json("42")),
        always(any -> Response.json("[".repeat(60_000))),
        always(any -> Response.json("{\"manufacturing\": 1e99999999")),
        always(any -> Response.json("\u0000\uFFFF")),
        always(any -> Response.json("")),
        always(any -> Response.json("{\"status\":\"success\"}")),
        always(any -> Response.json("{\"items\":[{}],\"mapping\":[[]],\"lpconfig\":[[1]]}")),
        always(any -> new Response(302, "text/html", "", 0, false)),
        always(any -> Response.error(404, "URI not found.")),
        always(any -> Response.error(200, "received invalid response from COSEM.")),
        always(any -> new Response(200, "application/json", "{\"a\":", 7, true)),
        always(
            any ->
                Response.json(
                    "{\"version\":" + Collections.nCopies(5, "\"x\"") + ",\"label\":[]}")));
  }
}
