package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import org.meterledger.driver.Capability;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.RegisterSource;
import org.meterledger.metering.RegisterReading;
import org.meterledger.metering.RegisterValue;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.Progress;

/** Reads the present values now. */
@ApplicationScoped
public class ReadRegisters implements OperationKind {

  public static final String NAME = "READ_REGISTERS";

  private final ReadingContext context;

  /** For the client proxy only. */
  protected ReadRegisters() {
    this(null);
  }

  @Inject
  public ReadRegisters(ReadingContext context) {
    this.context = context;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<? extends Capability> needs() {
    return RegisterSource.class;
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    return List.of();
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) {
    var progress = new Progress();
    var source = meter.session().as(RegisterSource.class).orElseThrow();
    var reading = new MeterReading(meter, context).registers(source, progress);
    return new Outcome(reading == null ? JsonObject.EMPTY_JSON_OBJECT : told(reading), progress);
  }

  private static JsonObject told(RegisterReading reading) {
    var told = Json.createObjectBuilder();
    if (reading.meterTime() != null) {
      told.add("meterTime", reading.meterTime().toString());
    }
    return told.add("registers", told(reading.values())).build();
  }

  /** Registers as results tell them. */
  static JsonArrayBuilder told(List<RegisterValue> values) {
    var registers = Json.createArrayBuilder();
    for (var each : values) {
      var register =
          Json.createObjectBuilder()
              .add("obis", each.obis().toString())
              .add("value", each.quantity().value())
              .add("unit", each.quantity().unit().symbol());
      if (each.occurredAt() != null) {
        register.add("occurredAt", each.occurredAt().toString());
      }
      registers.add(register);
    }
    return registers;
  }
}
