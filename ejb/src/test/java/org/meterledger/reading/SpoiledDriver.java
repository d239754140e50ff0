package org.meterledger.reading;

import java.util.Optional;
import java.util.Set;
import org.meterledger.driver.Capability;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.model.MeterModel;

/**
 * Something goes wrong from the moment when a device behind a gateway is to do one thing.
 *
 * @param capability what it is to do
 * @param spoiling before each time that it does
 */
record SpoiledDriver(MeterDriver driver, Class<? extends Capability> capability, Runnable spoiling)
    implements MeterDriver {

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
    var session = driver.open(model, endpoint);
    return endpoint instanceof Endpoint.BehindGateway ? new Spoiled(session) : session;
  }

  private final class Spoiled implements MeterSession {

    private final MeterSession session;

    Spoiled(MeterSession session) {
      this.session = session;
    }

    @Override
    public ReadResult<Identification> identify() {
      return session.identify();
    }

    @Override
    public <C extends Capability> Optional<C> as(Class<C> wanted) {
      if (wanted == capability) {
        spoiling.run();
      }
      return session.as(wanted);
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
