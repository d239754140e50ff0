package org.meterledger.driver.meterextension;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.simulators.LoadShape;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.meterextension.ConnectedMeter;
import org.meterledger.simulators.meterextension.MeterExtension;
import org.meterledger.simulators.meterextension.MeterExtensionSimulator;
import org.meterledger.simulators.meterextension.Region;

/** A box that another hand has built after the same manual, and the driver that speaks with it. */
public final class SimulatedBox implements AutoCloseable {

  public static final String ID = "1KFM0100000015";
  public static final String OTHER = "1KFM0200000015";

  public final SettableClock clock = new SettableClock(Instant.parse("2026-03-02T10:30:07Z"));
  public final MeterExtension box;
  private final MeterExtensionSimulator simulator;
  private final MeterExtensionDriver driver =
      new MeterExtensionDriver(clock, Duration.ofSeconds(2));

  private SimulatedBox(MeterExtension.Settings settings) {
    simulator = MeterExtensionSimulator.start(List.of(settings), 0, clock);
    box = simulator.box(0);
  }

  /** With a meter of each region, the first of which is {@link #ID}. */
  public static SimulatedBox of(Region... regions) {
    return new SimulatedBox(settings(regions));
  }

  public static SimulatedBox withoutKey(Region... regions) {
    return new SimulatedBox(settings(regions).withoutKey());
  }

  private static MeterExtension.Settings settings(Region... regions) {
    var meters = new ArrayList<ConnectedMeter.Settings>();
    for (Region region : regions) {
      meters.add(
          new ConnectedMeter.Settings(
              meters.isEmpty() ? ID : OTHER,
              region,
              LoadShape.PHOTOVOLTAIC,
              meters.size(),
              Instant.parse("2026-03-01T00:00:00Z")));
    }
    return MeterExtension.Settings.of("a0b765000001", meters);
  }

  public URI uri() {
    return simulator.uri(0);
  }

  private Endpoint.Http address() {
    return new Endpoint.Http(uri(), null, null, Duration.ofSeconds(2));
  }

  /** About one meter. */
  public MeterSession session(String meterId) {
    return driver.open(
        new MeterModels().get("cuculus-meterextension-1"),
        new Endpoint.BehindGateway(address(), meterId));
  }

  /** About the only one. */
  MeterSession session() {
    return driver.open(new MeterModels().get("cuculus-meterextension-1"), address());
  }

  @Override
  public void close() {
    simulator.close();
  }
}
