package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.meterledger.driver.Capability;
import org.meterledger.driver.LoadProfileSource;
import org.meterledger.driver.MeterSession;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.Progress;

/**
 * Reads a load profile again over a range: what the archive lacks is added, what differs kept as
 * well.
 */
@ApplicationScoped
public class ReadLoadProfile implements OperationKind {

  public static final String NAME = "READ_LOAD_PROFILE";

  private static final String BUFFER = "profile";

  private final ReadingContext context;

  /** For the client proxy only. */
  protected ReadLoadProfile() {
    this(null);
  }

  @Inject
  public ReadLoadProfile(ReadingContext context) {
    this.context = context;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<? extends Capability> needs() {
    return LoadProfileSource.class;
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    return RangeParameters.of(
        BUFFER, unopened.as(LoadProfileSource.class).orElseThrow().loadProfiles());
  }

  @Override
  public void check(JsonObject parameters) {
    RangeParameters.check(parameters);
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) throws InterruptedException {
    var progress = new Progress();
    var source = meter.session().as(LoadProfileSource.class).orElseThrow();
    var buffer = RangeParameters.buffer(BUFFER, parameters, source.loadProfiles());
    new MeterReading(meter, context)
        .rows(source, buffer, RangeParameters.span(parameters), progress);
    var told =
        Json.createObjectBuilder()
            .add(BUFFER, buffer.toString())
            .add("received", progress.received())
            .build();
    return new Outcome(told, progress);
  }
}
