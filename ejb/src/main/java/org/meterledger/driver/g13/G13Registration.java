package org.meterledger.driver.g13;

import java.util.List;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.GatewaySession.KnownMeter;
import org.meterledger.driver.MeterRegistration;
import org.meterledger.driver.ReadResult;

/** The registration of a G13 as that of any gateway. */
final class G13Registration implements MeterRegistration {

  private final Registration registration;

  G13Registration(Registration registration) {
    this.registration = registration;
  }

  @Override
  public Limits limits() {
    return new Limits(Limit.ALIAS, Limit.LOCATION, Registration.MOST_PERMITTED);
  }

  @Override
  public CommandResult register(String serialNumber, String alias, String location) {
    return registration.register(new Naming(serialNumber, alias, location));
  }

  @Override
  public CommandResult rename(String serialNumber, String alias, String location) {
    return registration.rename(new Naming(serialNumber, alias, location));
  }

  @Override
  public CommandResult remove(KnownMeter meter) {
    return registration.deregister(
        new Naming(meter.serialNumber(), meter.alias(), meter.location()));
  }

  @Override
  public ReadResult<List<String>> permitted() {
    return registration.permitted();
  }

  @Override
  public CommandResult permit(List<String> serialNumbers) {
    return registration.permit(serialNumbers);
  }

  @Override
  public CommandResult forbid(List<String> serialNumbers) {
    return registration.forbid(serialNumbers);
  }
}
