package org.meterledger.meter;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.server.InvalidInput;

/** At which addresses a meter of a model can be called. */
@ApplicationScoped
public class MeterAddresses {

  private final Iterable<MeterDriver> drivers;

  /** For the container, whose proxy holds no state of its own. */
  protected MeterAddresses() {
    drivers = null;
  }

  @Inject
  public MeterAddresses(@Any Instance<MeterDriver> drivers) {
    this.drivers = drivers;
  }

  MeterAddresses(List<MeterDriver> drivers) {
    this.drivers = drivers;
  }

  /** The driver of a model. */
  MeterDriver driver(MeterModel model) {
    for (var driver : drivers) {
      if (driver.protocol().equals(model.protocol())) {
        return driver;
      }
    }
    throw new IllegalStateException("No driver for " + model.protocol());
  }

  /**
   * @param address as {@link MeterDetails} takes it
   * @throws InvalidInput when it breaks a rule, or the model does not answer at such addresses
   */
  Endpoint endpoint(
      MeterModel model, String address, String userName, String password, Duration timeout) {
    Endpoint endpoint;
    try {
      endpoint = Endpoint.at(address, userName, password, timeout);
    } catch (IllegalArgumentException e) {
      throw new InvalidInput("address", "form", e.getMessage());
    }
    if (!driver(model).reaches(endpoint)) {
      throw new InvalidInput(
          "address", "transport", "%s is not called at %s".formatted(model.name(), address));
    }
    return endpoint;
  }
}
