package org.meterledger.driver.emu;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.emu.EmuMeter;
import org.meterledger.simulators.emu.EmuSimulator;
import org.meterledger.simulators.emu.Fault;
import org.meterledger.simulators.emu.LoadProfileRow;
import org.meterledger.simulators.emu.LogbookLine;

class EmuDriverContractTest extends MeterDriverContract {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final SettableClock time = new SettableClock(START.plus(Duration.ofDays(2)));
  private final EmuDriver driver = new EmuDriver(time, Duration.ofMillis(400));
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
    return Documents.MODEL;
  }

  private static Endpoint at(URI base) {
    return new Endpoint.Http(base, null, null, Duration.ofMillis(400));
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
    return simulated().endpoint;
  }

  @Override
  protected Instant soundMeterTime() {
    return time.instant();
  }

  @Override
  protected Remembered remembering() {
    time.set(START);
    var simulated = simulated();
    for (int day = 1; day <= 9; day++) {
      time.advance(Duration.ofHours(23));
      simulated.meter.changeCurrentTransformer(100 * day, 5);
    }
    return new Remembered(
        simulated.endpoint,
        simulated.meter.truth().stream().map(LoadProfileRow::periodEnd).toList(),
        simulated.meter.logbookTruth().stream().map(LogbookLine::timestamp).toList(),
        simulated.meter::requests);
  }

  @Override
  protected Endpoint half() {
    var simulated = simulated();
    simulated.meter.inject(Fault.BODY_CUT, 1, "/data/?from");
    return simulated.endpoint;
  }

  @Override
  protected List<Endpoint> liars() {
    return List.of(
        server((path, out) -> RawServer.ok(out, "text/html", "<html>A printer</html>")),
        server((path, out) -> RawServer.ok(out, "text/plain", "<!DOCTYPE html>")),
        server((path, out) -> RawServer.ok(out, "application/json", "{}")),
        server((path, out) -> RawServer.ok(out, "application/json", "[1, 2]")),
        server((path, out) -> RawServer.ok(out, "application/json", "[".repeat(60_000))),
        server(
            (path, out) -> RawServer.ok(out, "application/json", "{\"meterserial\": 1e99999999")),
        server((path, out) -> RawServer.ok(out, "text/csv", "")),
        server((path, out) -> RawServer.ok(out, "text/csv", "\u0000\uFFFF\"\"\";;\n\r;")),
        server((path, out) -> RawServer.head(out, "404 Not Found", "Content-Length: 0")),
        server((path, out) -> RawServer.head(out, "302 Found", "Location: http://x.invalid/")),
        server(
            (path, out) ->
                out.write("220 mail.example ESMTP\r\n".getBytes(StandardCharsets.UTF_8))),
        server((path, out) -> {}),
        server(this::meterWithoutRows),
        server(this::rowsOfAnotherMeter));
  }

  private void meterWithoutRows(String path, OutputStream out) throws IOException {
    var body = path.equals("/status.json") ? Documents.example("status.json") : "a;b;c\n1;2\n";
    RawServer.ok(out, "text/plain", body);
  }

  /** Every row names another meter, and the newest one is never among those that are given. */
  private void rowsOfAnotherMeter(String path, OutputStream out) throws IOException {
    var row = Documents.example("data.csv");
    if (path.equals("/status.json")) {
      RawServer.ok(out, "application/json", Documents.example("status.json"));
    } else if (path.contains("last")) {
      RawServer.ok(out, "text/csv", row.replace(";2;2;22350000;", ";900000000;2;1;"));
    } else {
      RawServer.ok(out, "text/csv", row.replace(";22350000;", ";1;"));
    }
  }

  private Endpoint server(RawServer.Script script) {
    var server = new RawServer(script);
    open.add(server);
    return at(server.uri());
  }

  private record Simulated(EmuMeter meter, Endpoint endpoint) {}

  private Simulated simulated() {
    var settings = EmuMeter.Settings.builder("22350001", START).build();
    var simulator = EmuSimulator.start(List.of(settings), 0, time);
    open.add(simulator);
    return new Simulated(simulator.meter(0), at(simulator.uri(0)));
  }
}
