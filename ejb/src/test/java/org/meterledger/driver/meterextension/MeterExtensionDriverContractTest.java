package org.meterledger.driver.meterextension;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.MeterDriverContract;
import org.meterledger.driver.http.RawServer;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.simulators.LoadShape;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.meterextension.ConnectedMeter;
import org.meterledger.simulators.meterextension.MeterExtension;
import org.meterledger.simulators.meterextension.MeterExtensionSimulator;
import org.meterledger.simulators.meterextension.Region;

class MeterExtensionDriverContractTest extends MeterDriverContract {

  private static final Instant NOW = Instant.parse("2026-03-02T10:30:07Z");
  private static final String ID = "1KFM0100000015";

  private final SettableClock time = new SettableClock(NOW);
  private final MeterExtensionDriver driver =
      new MeterExtensionDriver(time, Duration.ofMillis(400));
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
    return new MeterModels().get("cuculus-meterextension-1");
  }

  private static Endpoint at(URI base) {
    return new Endpoint.BehindGateway(
        new Endpoint.Http(base, null, null, Duration.ofMillis(400)), ID);
  }

  @Override
  protected Endpoint nobody(int port) {
    return at(URI.create("http://127.0.0.1:" + port));
  }

  @Override
  protected Endpoint silent() {
    return server((path, out) -> never.await());
  }

  @Override
  protected Endpoint sound() {
    var meter =
        new ConnectedMeter.Settings(
            ID, Region.GERMANY, LoadShape.HOUSEHOLD, 1, NOW.minus(Duration.ofDays(1)));
    var settings = MeterExtension.Settings.of("a0b765000001", List.of(meter));
    var simulator = MeterExtensionSimulator.start(List.of(settings), 0, time);
    open.add(simulator);
    return at(simulator.uri(0));
  }

  @Override
  protected Instant soundMeterTime() {
    return time.instant();
  }

  @Override
  protected Remembered remembering() {
    return null;
  }

  @Override
  protected Endpoint half() {
    return null;
  }

  @Override
  protected List<Endpoint> liars() {
    return List.of(
        json("text/html", "<html>A printer</html>"),
        json("application/json", "{}"),
        json("application/json", "[1, 2]"),
        json("application/json", "[".repeat(60_000)),
        json("application/json", "{\"id\":1e99999999"),
        json("application/json", "{\"result\":\"OK\",\"id\":\"1\"}"),
        json("application/json", "{\"result\":\"OK\"}"),
        json("application/json", "{\"error\":\"unkown_cmd\",\"result\",\"id\":\"1\"} "),
        json("application/json", "{\"error\":\"no\",\"result\",\"id\":\"1\"}"),
        json("text/plain", ""),
        json("text/plain", "\u0000\uFFFF\"\"\";;\n\r;"),
        json("text/plain", "IP: 1.2.3.4\nGW: 1.2.3.1\n"),
        server((path, out) -> RawServer.head(out, "404 Not Found", "Content-Length: 0")),
        server((path, out) -> RawServer.head(out, "302 Found", "Location: http://x.invalid/")),
        server((path, out) -> out.write("220 mail.example ESMTP\r\n".getBytes())),
        server((path, out) -> {}));
  }

  private Endpoint json(String type, String body) {
    return server((path, out) -> RawServer.ok(out, type, body));
  }

  private Endpoint server(RawServer.Script script) {
    var server = new RawServer(script);
    open.add(server);
    return at(server.uri());
  }
}
