package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import org.meterledger.driver.Capability;
import org.meterledger.driver.ClockSource;
import org.meterledger.driver.MeterSession;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.Progress;

/** Reads the meter's time and compares it. */
@ApplicationScoped
public class ReadClock implements OperationKind {

  public static final String NAME = "READ_CLOCK";

  private final ReadingContext context;

  /** For the client proxy only. */
  protected ReadClock() {
    this(null);
  }

  @Inject
  public ReadClock(ReadingContext context) {
    this.context = context;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<? extends Capability> needs() {
    return ClockSource.class;
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    return List.of();
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) {
    var progress = new Progress();
    var source = meter.session().as(ClockSource.class).orElseThrow();
    var time = new MeterReading(meter, context).clock(source, progress);
    var told = Json.createObjectBuilder();
    if (time != null) {
      told.add("meterTime", time.toString())
          .add("driftSeconds", BigDecimal.valueOf(meter.clockDrift().toMillis(), 3));
    }
    return new Outcome(told.build(), progress);
  }
}
