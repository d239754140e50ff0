package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import org.meterledger.driver.Capability;
import org.meterledger.driver.ClearTarget;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.SettingsPart.Kept;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.Progress;

/**
 * Erases what a device has stored, after it has been archived. What the archive does not take is
 * not erased; whether it is gone is read back.
 */
@ApplicationScoped
public class ClearStored implements OperationKind {

  public static final String NAME = "CLEAR_STORED";

  static final String WHAT = "what";

  private final ReadingContext context;

  /** For the client proxy only. */
  protected ClearStored() {
    this(null);
  }

  @Inject
  public ClearStored(ReadingContext context) {
    this.context = context;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<? extends Capability> needs() {
    return ClearTarget.class;
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    var choices =
        unopened.as(ClearTarget.class).orElseThrow().clearable().stream()
            .sorted()
            .map(Kept::name)
            .toList();
    return List.of(OperationParameter.choice(WHAT, true, choices));
  }

  @Override
  public boolean repeatable() {
    return false;
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) throws InterruptedException {
    var progress = new Progress();
    var what = Kept.valueOf(parameters.getString(WHAT));
    var kept = new KeptEntries(meter, context);
    var told = Json.createObjectBuilder();
    if (kept.archive(what, progress)) {
      told.add("archived", progress.received());
      clear(meter, what, kept, told, progress);
    }
    return new Outcome(told.build(), progress);
  }

  private static void clear(
      OpenMeter meter, Kept what, KeptEntries kept, JsonObjectBuilder told, Progress progress) {
    var sent = meter.session().as(ClearTarget.class).orElseThrow().clear(what);
    if (sent instanceof CommandResult.Refused refused) {
      progress.fail(refused.fault());
      return;
    }
    var back = new Progress();
    var left = kept.leftOf(what, back);
    if (back.fault() != null) {
      progress.fail(Commands.unconfirmed(sent, back.fault()));
    } else if (left != null) {
      told.add("oldestLeft", left.toString());
      progress.fail(Commands.notTaken(sent, "it still holds what it had at " + left));
    }
  }
}
