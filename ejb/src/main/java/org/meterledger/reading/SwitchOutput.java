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
 * Switches an output on or off. It is read first, and nothing is sent where it is so already; then
 * it is read back, and what the meter is not found to have done has failed.
 */
@ApplicationScoped
public class SwitchOutput implements OperationKind {

  public static final String NAME = "SWITCH_OUTPUT";
  public static final String OUTPUT = "output";
  public static final String STATE = "switchState";
  public static final String ON = "ON";
  public static final String OFF = "OFF";

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
        new OperationParameter(OUTPUT, OperationParameter.Type.NUMBER, true, List.of(), 1, most),
        OperationParameter.choice(STATE, true, List.of(ON, OFF)));
  }

  /** What hangs on an output is not switched minutes later by itself. */
  @Override
  public boolean repeatable() {
    return false;
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) {
    var progress = new Progress();
    var told = Json.createObjectBuilder();
    run(
        new PortReading(meter, progress),
        parameters.getInt(OUTPUT),
        parameters.getString(STATE).equals(ON),
        told,
        progress);
    return new Outcome(told.build(), progress);
  }

  private static void run(
      PortReading ports, int number, boolean on, JsonObjectBuilder told, Progress progress) {
    var before = ports.before(number);
    if (before == null) {
      return;
    }
    told.add("stateBefore", state(before.on()));
    if (!before.switchable()) {
      progress.fail(new Fault(Kind.UNSUPPORTED, notSwitchable(before)));
      return;
    }
    var after =
        before.on() == on ? before : ports.after(number, ports.target().switchOutput(number, on));
    if (after != null) {
      told.add("stateAfter", state(after.on()));
      if (after.on() != on) {
        progress.fail(
            new Fault(
                Kind.NOT_TAKEN,
                "Output %d was to be switched %s, but read back it is %s"
                    .formatted(number, word(on), word(after.on()))));
      }
    }
    told.add("confirmed", after != null && after.on() == on);
  }

  private static String notSwitchable(Port port) {
    return "Port %d is set to %s; only an output set to COMMUNICATION is switched from here"
        .formatted(port.number(), port.use());
  }

  private static String state(boolean on) {
    return on ? ON : OFF;
  }

  private static String word(boolean on) {
    return on ? "on" : "off";
  }
}
