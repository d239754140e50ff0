package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.regex.Pattern;
import org.meterledger.driver.Capability;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.MeterKeyTarget;
import org.meterledger.driver.MeterSession;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OperationParameter;

/** Tells a device the key of its meter. Whether it is the right one shows when values come. */
@ApplicationScoped
public class SetMeterKey extends DeviceCommand {

  public static final String NAME = "SET_METER_KEY";
  public static final String KEY = "key";

  private static final int LONGEST = 64;

  /** An AES key of 128, 192 or 256 bits. */
  private static final Pattern FORM =
      Pattern.compile("([0-9A-Fa-f]{32}|[0-9A-Fa-f]{48}|[0-9A-Fa-f]{64})");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<? extends Capability> needs() {
    return MeterKeyTarget.class;
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    return List.of(OperationParameter.secret(KEY, true, LONGEST));
  }

  @Override
  public void check(MeterSession unopened, JsonObject parameters) {
    if (!FORM.matcher(parameters.getString(KEY)).matches()) {
      throw new InvalidOperation(
          "parameters." + KEY, "pattern", "key has 32, 48 or 64 hexadecimal digits");
    }
  }

  @Override
  CommandResult send(MeterSession session, JsonObject parameters) {
    return session.as(MeterKeyTarget.class).orElseThrow().setMeterKey(parameters.getString(KEY));
  }
}
