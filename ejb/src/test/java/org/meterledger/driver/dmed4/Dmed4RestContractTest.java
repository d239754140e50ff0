package org.meterledger.driver.dmed4;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.http.RawServer;
import org.meterledger.simulators.dmed4.Transport;

class Dmed4RestContractTest extends Dmed4DriverContract {

  /** Where its end is waited for; a slow machine connects within it all the same. */
  private static final Duration SHORT = Duration.ofMillis(500);

  private static final String JSON = "application/json";

  private final CountDownLatch never = new CountDownLatch(1);

  Dmed4RestContractTest() {
    super(Transport.REST);
  }

  @Override
  int requestsForAnEvent() {
    return 1;
  }

  private static Endpoint at(URI base, Duration timeout) {
    return new Endpoint.Http(base, "portal", "2000", timeout);
  }

  @Override
  protected Endpoint nobody(int port) {
    return at(URI.create("http://127.0.0.1:" + port), LONG);
  }

  @Override
  protected Endpoint silent() {
    keep(never::countDown);
    return server((path, out) -> never.await(), SHORT);
  }

  @Override
  protected List<Endpoint> liars() {
    return List.of(
        says("text/html", "<html>A printer</html>"),
        says(JSON, "{}"),
        says(JSON, "[1, 2]"),
        says(JSON, "\"text\""),
        says(JSON, "{\"a\":1,\"a\":2}"),
        says(JSON, "[".repeat(60_000)),
        says(JSON, "{\"voltage\":1e99999999"),
        says(JSON, "{\"voltage\":\"high\",\"datetime\":1.5,\"serial_number\":\"\"}"),
        says(
            JSON, "{\"ocmf_total_number\":-1,\"events_total_number\":99999999999,\"datetime\":-1}"),
        says("text/plain", ""),
        says("text/plain", "\u0000\uFFFF\"\"\";;\n\r;"),
        answers("400 Bad Request"),
        answers("404 Not Found"),
        answers("500 Internal Server Error"),
        answers("501 Not Implemented"),
        server(
            (path, out) -> RawServer.head(out, "302 Found", "Location: http://x.invalid/"), LONG),
        server(
            (path, out) ->
                out.write("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII)),
            LONG),
        server((path, out) -> {}, LONG));
  }

  private Endpoint says(String type, String body) {
    return server((path, out) -> RawServer.ok(out, type, body), LONG);
  }

  private Endpoint answers(String status) {
    return server((path, out) -> RawServer.head(out, status, "Content-Length: 0"), LONG);
  }

  private Endpoint server(RawServer.Script script, Duration timeout) {
    return at(keep(new RawServer(script)).uri(), timeout);
  }
}
