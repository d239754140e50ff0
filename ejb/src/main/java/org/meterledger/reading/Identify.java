package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.meterledger.driver.Capability;
import org.meterledger.driver.MeterSession;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.Progress;

/** Asks the meter who it is. */
@ApplicationScoped
public class Identify implements OperationKind {

  public static final String NAME = "IDENTIFY";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<? extends Capability> needs() {
    return null;
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    return List.of();
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) {
    var progress = new Progress();
    var found = progress.value(meter.session().identify());
    var told = Json.createObjectBuilder();
    if (found != null) {
      progress.received(1, 0);
      told.add("serialNumber", found.serialNumber())
          .add("manufacturer", found.manufacturer())
          .add("model", found.model())
          .add("firmware", found.firmware());
    }
    return new Outcome(told.build(), progress);
  }
}
