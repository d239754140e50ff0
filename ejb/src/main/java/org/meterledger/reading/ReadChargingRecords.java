package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.meterledger.charging.RecordDigest;
import org.meterledger.driver.Capability;
import org.meterledger.driver.ChargingSource;
import org.meterledger.driver.ChargingSource.Lookup;
import org.meterledger.driver.MeterSession;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.Progress;

/** Reads the signed records that the archive lacks, or a single one once more. */
@ApplicationScoped
public class ReadChargingRecords implements OperationKind {

  public static final String NAME = "READ_CHARGING_RECORDS";
  public static final String LOOKUP = "recordBy";
  public static final String NUMBER = "recordNumber";

  private static final long HIGHEST = (1L << 40) - 1;

  private final ReadingContext context;

  /** For the client proxy only. */
  protected ReadChargingRecords() {
    this(null);
  }

  @Inject
  public ReadChargingRecords(ReadingContext context) {
    this.context = context;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<? extends Capability> needs() {
    return ChargingSource.class;
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    return List.of(
        OperationParameter.choice(
            LOOKUP, false, Stream.of(Lookup.values()).map(Lookup::name).toList()),
        new OperationParameter(
            NUMBER, OperationParameter.Type.NUMBER, false, List.of(), 0, HIGHEST));
  }

  @Override
  public void check(MeterSession unopened, JsonObject parameters) {
    if (parameters.containsKey(LOOKUP) != parameters.containsKey(NUMBER)) {
      throw new InvalidOperation(
          "parameters." + (parameters.containsKey(LOOKUP) ? NUMBER : LOOKUP),
          "together",
          LOOKUP + " and " + NUMBER + " are given together, or neither");
    }
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) throws InterruptedException {
    var progress = new Progress();
    var told = Json.createObjectBuilder();
    var reading = new ChargingReading(meter, context);
    if (parameters.containsKey(LOOKUP)) {
      var by = Lookup.valueOf(parameters.getString(LOOKUP));
      var number = parameters.getJsonNumber(NUMBER).longValueExact();
      var record = reading.read(by, number, progress);
      if (record != null) {
        told.add("record", RecordDigest.of(record.text()).hex());
      }
    } else {
      reading.readNew(progress);
    }
    return new Outcome(told.add("received", progress.received()).build(), progress);
  }
}
