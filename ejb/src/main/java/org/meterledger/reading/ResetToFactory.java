package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import java.util.List;
import org.meterledger.driver.Capability;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.FactoryResetTarget;
import org.meterledger.driver.MeterSession;
import org.meterledger.operation.OperationParameter;

/** Has a device forget how it is set. Whether it has shows only at its place: it is not reached. */
@ApplicationScoped
public class ResetToFactory extends DeviceCommand {

  public static final String NAME = "RESET_TO_FACTORY";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<? extends Capability> needs() {
    return FactoryResetTarget.class;
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    return List.of();
  }

  @Override
  CommandResult send(MeterSession session, JsonObject parameters) {
    return session.as(FactoryResetTarget.class).orElseThrow().resetToFactory();
  }
}
