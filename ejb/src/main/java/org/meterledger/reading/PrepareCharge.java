package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.meterledger.driver.Capability;
import org.meterledger.driver.ChargeCycleTarget;
import org.meterledger.driver.ChargeCycleTarget.Step;
import org.meterledger.driver.MeterSession;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.Progress;

/** Hands a meter what the records of its next charge cycle are to hold. */
@ApplicationScoped
public class PrepareCharge implements OperationKind {

  public static final String NAME = "CHARGE_PREPARE";
  public static final String INPUT = "ocmf";

  private static final String FIELD = "parameters." + INPUT;

  /** What only the meter writes, see the OCMF. */
  private static final Set<String> OF_THE_METER = Set.of("SA", "SE", "SM", "SD");

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
    int longest =
        unopened.as(ChargeCycleTarget.class).map(ChargeCycleTarget::longestInput).orElse(1);
    return List.of(OperationParameter.text(INPUT, true, longest));
  }

  @Override
  public void check(MeterSession unopened, JsonObject parameters) {
    var text = parameters.getString(INPUT);
    int longest = unopened.as(ChargeCycleTarget.class).orElseThrow().longestInput();
    if (text.getBytes(StandardCharsets.UTF_8).length > longest) {
      throw new InvalidOperation(FIELD, "length", INPUT + " has at most " + longest + " bytes");
    }
    try (var parser = Json.createParser(new StringReader(text))) {
      check(parser);
    } catch (JsonException e) {
      throw new InvalidOperation(FIELD, "json", INPUT + " is one JSON object");
    }
  }

  private static void check(JsonParser parser) {
    if (parser.next() != JsonParser.Event.START_OBJECT) {
      throw new InvalidOperation(FIELD, "json", INPUT + " is one JSON object");
    }
    var names = new HashSet<String>();
    while (parser.hasNext()) {
      var event = parser.next();
      if (event == JsonParser.Event.KEY_NAME) {
        name(parser.getString(), names);
      } else if (event == JsonParser.Event.START_ARRAY) {
        parser.skipArray();
      } else if (event == JsonParser.Event.START_OBJECT) {
        parser.skipObject();
      }
    }
  }

  private static void name(String name, Set<String> names) {
    if (OF_THE_METER.contains(name)) {
      throw new InvalidOperation(FIELD, "meter", name + " is written by the meter alone");
    }
    if (!names.add(name)) {
      throw new InvalidOperation(FIELD, "duplicate", name + " stands twice in " + INPUT);
    }
  }

  /** What a session was prepared with is not sent again unseen. */
  @Override
  public boolean repeatable() {
    return false;
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) {
    var progress = new Progress();
    var told = Json.createObjectBuilder();
    var cycle = new CycleReading(meter, progress);
    var before = cycle.before(Step.PREPARE);
    if (before != null) {
      told.add("stateBefore", before.state().name());
      var after =
          cycle.after(Step.PREPARE, cycle.target().prepare(parameters.getString(INPUT)), false);
      if (after != null) {
        CycleReading.tell(told, "stateAfter", after);
      }
      told.add("confirmed", after != null && progress.fault() == null);
    }
    return new Outcome(told.build(), progress);
  }
}
