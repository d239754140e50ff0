package org.meterledger.reading;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.meterledger.driver.Capability;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.model.MeterModel;

/**
 * Notes when sessions are opened. Limits hold for that; when the request then reaches the meter is
 * up to both machines and the network between them.
 */
final class NotedOpenings implements MeterDriver {

  private final MeterDriver driver;
  private final Queue<Long> times = new ConcurrentLinkedQueue<>();

  NotedOpenings(MeterDriver driver) {
    this.driver = driver;
  }

  /** By {@link System#nanoTime()}, in this order. */
  List<Long> times() {
    return times.stream().sorted().toList();
  }

  @Override
  public String protocol() {
    return driver.protocol();
  }

  @Override
  public Set<Class<? extends Capability>> capabilities(MeterModel model) {
    return driver.capabilities(model);
  }

  @Override
  public MeterSession open(MeterModel model, Endpoint endpoint) {
    times.add(System.nanoTime());
    return driver.open(model, endpoint);
  }
}
