package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import org.meterledger.driver.Capability;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.SwitchTarget;
import org.meterledger.driver.SwitchTarget.Port;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.Progress;

/**
 * Forgets what an input has stored. What it had is read and archived before, and told with the
 * result; what it has afterwards is read back.
 */
@ApplicationScoped
public class ResetInput implements OperationKind {

  public static final String NAME = "RESET_INPUT";
  public static final String INPUT = "input";
  public static final String WHAT = "reset";
  public static final String STORED_STATE = "STORED_STATE";
  public static final String COUNT = "COUNT";
  public static final String BOTH = "BOTH";

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
    int most = unopened.as(SwitchTarget.class).map(SwitchTarget::mostPorts).orElse(1);
    return List.of(
        new OperationParameter(INPUT, OperationParameter.Type.NUMBER, true, List.of(), 1, most),
        OperationParameter.choice(WHAT, true, List.of(STORED_STATE, COUNT, BOTH)));
  }

  /** Done twice, it would lose what was counted in between. */
  @Override
  public boolean repeatable() {
    return false;
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) throws InterruptedException {
    var progress = new Progress();
    var told = Json.createObjectBuilder();
    var what = parameters.getString(WHAT);
    run(
        meter,
        new PortReading(meter, progress),
        parameters.getInt(INPUT),
        !what.equals(COUNT),
        !what.equals(STORED_STATE),
        told,
        progress);
    return new Outcome(told.build(), progress);
  }

  private static void run(
      OpenMeter meter,
      PortReading ports,
      int number,
      boolean state,
      boolean count,
      JsonObjectBuilder told,
      Progress progress)
      throws InterruptedException {
    var before = ports.before(number);
    if (before == null) {
      return;
    }
    tell(before, "storedStateBefore", "countBefore", told);
    if (state && before.storedState() == null || count && before.count() == null) {
      progress.fail(
          new Fault(Kind.UNSUPPORTED, "Port " + number + " is no input that stores this"));
      return;
    }
    if (!OpenMeter.await(meter.submit(), progress)) {
      return; // what is not kept is not thrown away either
    }
    var after = ports.after(number, ports.target().resetInput(number, state, count));
    boolean done = after != null && (!state || forgotten(after)) && (!count || anew(before, after));
    if (after != null) {
      tell(after, "storedStateAfter", "countAfter", told);
      if (!done) {
        progress.fail(
            new Fault(
                Kind.NOT_TAKEN, "Input " + number + " was to be reset, but read back it is not"));
      }
    }
    told.add("confirmed", done);
  }

  private static void tell(Port port, String state, String count, JsonObjectBuilder told) {
    if (port.storedState() != null) {
      told.add(state, port.storedState() ? SwitchOutput.ON : SwitchOutput.OFF);
    }
    if (port.count() != null) {
      told.add(count, port.count());
    }
  }

  /** An input that is on is stored as on at once. */
  private static boolean forgotten(Port after) {
    return after.storedState() != null && (!after.storedState() || after.on());
  }

  /** Pulses may have come since. */
  private static boolean anew(Port before, Port after) {
    return after.count() != null && (after.count() == 0 || after.count() < before.count());
  }
}
