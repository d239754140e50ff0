package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.meterledger.driver.Capability;
import org.meterledger.driver.ChargeCycleTarget;
import org.meterledger.driver.MeterSession;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.Progress;

/** Tells where a meter stands in its charge cycle. */
@ApplicationScoped
public class ReadChargeCycle implements OperationKind {

  public static final String NAME = "READ_CHARGE_CYCLE";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<? extends Capability> needs() {
    return ChargeCycleTarget.class;
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    return List.of();
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) {
    var progress = new Progress();
    var told = Json.createObjectBuilder();
    var cycle = new CycleReading(meter, progress).now();
    if (cycle != null) {
      CycleReading.tell(told, "chargeState", cycle);
    }
    return new Outcome(told.build(), progress);
  }
}
