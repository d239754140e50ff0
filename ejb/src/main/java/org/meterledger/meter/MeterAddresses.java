package org.meterledger.meter;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.server.InvalidInput;

/** What an address means for a model of meters, and which it can have. */
@ApplicationScoped
public class MeterAddresses {

  private final Iterable<MeterDriver> drivers;

  /** For the client proxy only. */
  protected MeterAddresses() {
    this((Iterable<MeterDriver>) null);
  }

  @Inject
  MeterAddresses(@Any Instance<MeterDriver> drivers) {
    this((Iterable<MeterDriver>) drivers);
  }

  MeterAddresses(Iterable<MeterDriver> drivers) {
    this.drivers = drivers;
  }

  /**
   * @param address not null
   * @throws InvalidInput for {@code address}: {@code modbus} with what is wrong with it, {@code
   *     path} when it ends in something else than a channel of this model, or {@code transport}
   *     when meters of this model do not speak so
   */
  Endpoint endpoint(
      MeterModel model, String address, String userName, String password, Duration timeout) {
    Endpoint endpoint;
    try {
      endpoint = Endpoint.at(address, userName, password, timeout);
    } catch (IllegalArgumentException e) {
      throw new InvalidInput("address", "modbus", e.getMessage(), e.getMessage());
    }
    if (!driver(model).reaches(endpoint)) {
      if (endpoint instanceof Endpoint.Http http && !http.path().isEmpty()) {
        throw new InvalidInput(
            "address",
            "path",
            "The address of a %s does not end in %s; only one behind a DMED4DC1 has a path, its"
                    .formatted(model.name(), http.path())
                + " channel /1 to /4");
      }
      throw new InvalidInput(
          "address", "transport", "A " + model.name() + " cannot be called at " + address);
    }
    return endpoint;
  }

  MeterDriver driver(MeterModel model) {
    for (var driver : drivers) {
      if (driver.protocol().equals(model.protocol())) {
        return driver;
      }
    }
    throw new IllegalStateException("No driver for " + model.protocol());
  }
}
