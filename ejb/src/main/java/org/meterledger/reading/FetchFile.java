package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import java.util.List;
import org.meterledger.driver.Capability;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ErrandTarget;
import org.meterledger.driver.MeterSession;
import org.meterledger.operation.OperationParameter;

/** Has a device fetch a file from an address and keep it. */
@ApplicationScoped
public class FetchFile extends DeviceCommand {

  public static final String NAME = "FETCH_FILE";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<? extends Capability> needs() {
    return ErrandTarget.class;
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    return List.of(GivenAddress.parameter(), GivenAddress.certificateParameter());
  }

  @Override
  public void check(MeterSession unopened, JsonObject parameters) {
    GivenAddress.check(parameters);
  }

  @Override
  CommandResult send(MeterSession session, JsonObject parameters) {
    return session
        .as(ErrandTarget.class)
        .orElseThrow()
        .fetchFile(GivenAddress.of(parameters), GivenAddress.certificate(parameters));
  }
}
