package org.meterledger.driver.dmed4;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.MeterDriverContract;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.simulators.dmed4.Dmed4Meter;
import org.meterledger.simulators.dmed4.LoggedEvent;
import org.meterledger.simulators.dmed4.Transport;

/** What is the same over whatever transport. */
abstract class Dmed4DriverContract extends MeterDriverContract {

  /** Enough for a slow machine, where nothing waits for its end. */
  static final Duration LONG = Duration.ofSeconds(10);

  /** More than are read at once. */
  private static final int EVENTS = 60;

  final SimulatedDmed4 wired = new SimulatedDmed4() {};
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Transport transport;

  Dmed4DriverContract(Transport transport) {
    this.transport = transport;
  }

  @AfterEach
  void stop() throws Exception {
    for (var each : open) {
      each.close();
    }
    wired.stop();
  }

  final <T extends AutoCloseable> T keep(T server) {
    open.add(server);
    return server;
  }

  @Override
  protected MeterDriver driver() {
    return wired.driver;
  }

  @Override
  protected MeterModel model() {
    return new MeterModels().get("lovato-dmed4");
  }

  /** With a record, without which it has no serial number over Modbus. */
  @Override
  protected Endpoint sound() {
    try (var session = wired.session(Transport.REST)) {
      wired.charge(session);
    }
    return wired.endpoint(transport, SimulatedDmed4.NODE, "", Dmed4Meter.PASSWORD);
  }

  @Override
  protected Instant soundMeterTime() {
    return wired.time.instant();
  }

  @Override
  protected Remembered remembering() {
    var endpoint = sound();
    for (int i = 0; i < EVENTS; i++) {
      wired.time.advance(Duration.ofMinutes(7));
      wired.simulated.replaceKey(i);
    }
    var logged =
        wired.simulated.events().stream()
            .map(LoggedEvent::unixSeconds)
            .map(Instant::ofEpochSecond)
            .toList();
    return new Remembered(
        endpoint,
        List.of(),
        logged,
        () -> wired.simulated.traffic().requests() / requestsForAnEvent());
  }

  abstract int requestsForAnEvent();

  @Override
  protected Endpoint half() {
    return null;
  }
}
