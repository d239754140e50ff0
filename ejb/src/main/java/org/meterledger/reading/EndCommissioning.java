package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import org.meterledger.access.Permission;
import org.meterledger.driver.Capability;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.CommissioningTarget;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.MeterSession;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.Progress;

/**
 * Ends the commissioning of a meter, after which its parameters are locked for ever. Who asks types
 * the serial number, which must be the one that the meter itself tells; then it is read back.
 */
@ApplicationScoped
public class EndCommissioning implements OperationKind {

  public static final String NAME = "END_COMMISSIONING";
  public static final String CONFIRMATION = "confirmation";

  private static final String COMMISSIONED = "commissioned";
  private static final int LONGEST = 60;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<? extends Capability> needs() {
    return CommissioningTarget.class;
  }

  @Override
  public Permission permission() {
    return Permission.MANAGE_METERS;
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    return List.of(OperationParameter.text(CONFIRMATION, true, LONGEST));
  }

  @Override
  public boolean repeatable() {
    return false;
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) {
    var progress = new Progress();
    var told = Json.createObjectBuilder();
    var known = progress.value(meter.session().identify());
    if (known != null) {
      var typed = parameters.getString(CONFIRMATION).strip();
      if (typed.equals(known.serialNumber())) {
        end(meter.session().as(CommissioningTarget.class).orElseThrow(), told, progress);
      } else {
        progress.fail(
            new Fault(
                Kind.NOT_TAKEN,
                "The confirmation is not the serial number of this meter, %s; nothing was sent"
                    .formatted(known.serialNumber())));
      }
    }
    return new Outcome(told.build(), progress);
  }

  private static void end(CommissioningTarget target, JsonObjectBuilder told, Progress progress) {
    var before = progress.value(target.readCommissioned());
    if (before == null || before) {
      if (before != null) {
        told.add(COMMISSIONED, true);
      }
      return;
    }
    CommandResult sent = target.endCommissioning();
    var back = new Progress();
    var after = back.value(target.readCommissioned());
    if (after == null) {
      progress.fail(Commands.unconfirmed(sent, back.fault()));
      return;
    }
    told.add(COMMISSIONED, after);
    if (!after) {
      progress.fail(Commands.notTaken(sent, "its parameters are not locked"));
    }
  }
}
