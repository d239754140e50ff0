package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.meterledger.charging.RecordDigest;
import org.meterledger.driver.Capability;
import org.meterledger.driver.ChargeCycleTarget;
import org.meterledger.driver.ChargeCycleTarget.Done;
import org.meterledger.driver.ChargeCycleTarget.Step;
import org.meterledger.driver.MeterSession;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.Progress;

/**
 * Takes a meter one step on in its charge cycle. The state is read first, and nothing is sent where
 * the step makes no sense; then it is read back. The record that the meter signs is archived.
 */
@ApplicationScoped
public class StepCharge implements OperationKind {

  public static final String NAME = "CHARGE_STEP";
  public static final String STEP = "chargeStep";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<? extends Capability> needs() {
    return ChargeCycleTarget.class;
  }

  /** All but the one that takes data along, which is {@link PrepareCharge}. */
  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    return List.of(
        OperationParameter.choice(
            STEP,
            true,
            Stream.of(Step.values())
                .filter(step -> step != Step.PREPARE)
                .map(Step::name)
                .toList()));
  }

  /** Nobody begins or ends a charge minutes later by itself. */
  @Override
  public boolean repeatable() {
    return false;
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) {
    var progress = new Progress();
    var told = Json.createObjectBuilder();
    run(new CycleReading(meter, progress), Step.valueOf(parameters.getString(STEP)), told);
    return new Outcome(told.build(), progress);
  }

  private static void run(CycleReading cycle, Step step, JsonObjectBuilder told) {
    var before = cycle.before(step);
    if (before == null) {
      return;
    }
    told.add("stateBefore", before.state().name());
    var done =
        step.signs() ? cycle.target().sign(step) : new Done(cycle.target().resetErrors(), null);
    cycle.keep(done.record());
    if (done.record() != null) {
      told.add("record", RecordDigest.of(done.record().text()).hex());
    }
    var after = cycle.after(step, done.result(), done.record() != null);
    if (after != null) {
      CycleReading.tell(told, "stateAfter", after);
    }
    told.add("confirmed", after != null && cycle.progress().fault() == null);
  }
}
