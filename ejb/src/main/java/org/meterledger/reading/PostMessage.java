package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import java.util.List;
import org.meterledger.driver.Capability;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ErrandTarget;
import org.meterledger.driver.MeterSession;
import org.meterledger.operation.OperationParameter;

/** Has a device post a text to an address. */
@ApplicationScoped
public class PostMessage extends DeviceCommand {

  public static final String NAME = "POST_MESSAGE";
  public static final String MESSAGE = "message";

  private static final int LONGEST = 1000;

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
    return List.of(
        GivenAddress.parameter(),
        OperationParameter.text(MESSAGE, true, LONGEST),
        GivenAddress.certificateParameter());
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
        .post(
            GivenAddress.of(parameters),
            parameters.getString(MESSAGE),
            GivenAddress.certificate(parameters));
  }
}
