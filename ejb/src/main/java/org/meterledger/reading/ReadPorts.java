package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import org.meterledger.driver.Capability;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.SwitchTarget;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.Progress;

/** Reads the states of the inputs and outputs now. */
@ApplicationScoped
public class ReadPorts implements OperationKind {

  public static final String NAME = "READ_PORTS";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<? extends Capability> needs() {
    return SwitchTarget.class;
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    return List.of();
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) {
    var progress = new Progress();
    var ports = new PortReading(meter, progress).all();
    var told =
        ports == null
            ? JsonValue.EMPTY_JSON_OBJECT
            : Json.createObjectBuilder()
                .add("registers", ReadRegisters.told(PortReading.registers(ports)))
                .build();
    return new Outcome(told, progress);
  }
}
