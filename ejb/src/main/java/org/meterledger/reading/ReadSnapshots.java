package org.meterledger.reading;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.meterledger.driver.Capability;
import org.meterledger.driver.MeterSession;
import org.meterledger.metering.SnapshotKind;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.Progress;

/**
 * Reads again what a meter keeps of the ends of its last periods: what the archive lacks is added,
 * what differs kept as well.
 */
abstract class ReadSnapshots implements OperationKind {

  private static final String PERIODS = "periods";

  /** More than any meter keeps of days, and ten years of weeks. */
  private static final int MOST = 520;

  private final SnapshotKind kind;
  private final ReadingContext context;

  protected ReadSnapshots(SnapshotKind kind, ReadingContext context) {
    this.kind = kind;
    this.context = context;
  }

  @Override
  public Class<? extends Capability> needs() {
    return SnapshotReading.needs(kind);
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    return List.of(
        new OperationParameter(PERIODS, OperationParameter.Type.NUMBER, true, List.of(), 1, MOST));
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) {
    var progress = new Progress();
    var told = new SnapshotReading(kind, meter, context).read(parameters.getInt(PERIODS), progress);
    var result = Json.createObjectBuilder().add("received", told.size());
    if (!told.isEmpty()) {
      result.add("newest", told.get(0).closedAt().toString());
    }
    return new Outcome(result.build(), progress);
  }
}
