package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.meterledger.driver.Capability;
import org.meterledger.driver.EventLogSource;
import org.meterledger.driver.MeterSession;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.Progress;

/** Reads a logbook again over a range; lines that the archive lacks are added. */
@ApplicationScoped
public class ReadLogbook implements OperationKind {

  public static final String NAME = "READ_LOGBOOK";

  private static final String BUFFER = "logbook";

  private final ReadingContext context;

  /** For the client proxy only. */
  protected ReadLogbook() {
    this(null);
  }

  @Inject
  public ReadLogbook(ReadingContext context) {
    this.context = context;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<? extends Capability> needs() {
    return EventLogSource.class;
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    return RangeParameters.of(BUFFER, unopened.as(EventLogSource.class).orElseThrow().logbooks());
  }

  @Override
  public void check(JsonObject parameters) {
    RangeParameters.check(parameters);
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) throws InterruptedException {
    var progress = new Progress();
    var source = meter.session().as(EventLogSource.class).orElseThrow();
    var buffer = RangeParameters.buffer(BUFFER, parameters, source.logbooks());
    new MeterReading(meter, context)
        .lines(source, buffer, RangeParameters.span(parameters), progress);
    var told =
        Json.createObjectBuilder()
            .add(BUFFER, buffer.toString())
            .add("received", progress.received())
            .build();
    return new Outcome(told, progress);
  }
}
