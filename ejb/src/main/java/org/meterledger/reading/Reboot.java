package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.meterledger.driver.Capability;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.RebootTarget;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.Progress;

/**
 * Starts a device anew, and waits for it: it counts as done when the device was silent and then
 * answers again.
 */
@ApplicationScoped
public class Reboot implements OperationKind {

  public static final String NAME = "REBOOT";

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long PAUSE_SECONDS = 3;

  private final Clock clock;
  private final Pause pause;

  /** Lets some time pass between two questions. */
  interface Pause {
    void pass() throws InterruptedException;
  }

  /** For the client proxy only. */
  protected Reboot() {
    this(null);
  }

  @Inject
  public Reboot(Clock clock) {
    this(clock, () -> TimeUnit.SECONDS.sleep(PAUSE_SECONDS));
  }

  Reboot(Clock clock, Pause pause) {
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<? extends Capability> needs() {
    return RebootTarget.class;
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    return List.of();
  }

  @Override
  public boolean repeatable() {
    return false;
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) throws InterruptedException {
    var progress = new Progress();
    var told = Json.createObjectBuilder();
    var sent = meter.session().as(RebootTarget.class).orElseThrow().reboot();
    if (sent instanceof CommandResult.Refused refused) {
      progress.fail(refused.fault());
      return new Outcome(told.build(), progress);
    }
    if (sent instanceof CommandResult.Accepted) {
      progress.received(1, 0);
      told.add("acceptedAt", clock.instant().toString());
    }
    var back = back(meter, sent, progress);
    if (back != null) {
      told.add("answersSince", back.toString());
    }
    return new Outcome(told.build(), progress);
  }

  /** When it answered again; null, with the fault told, where that was not seen. */
  private Instant back(OpenMeter meter, CommandResult sent, Progress progress)
      throws InterruptedException {
    Fault silence = null;
    for (var end = clock.instant().plus(PATIENCE); clock.instant().isBefore(end); ) {
      pause.pass();
      var look = new Progress();
      look.value(meter.session().identify());
      if (look.fault() == null && silence != null) {
        return clock.instant();
      }
      silence = look.fault() != null ? look.fault() : silence;
    }
    progress.fail(
        silence != null
            ? Commands.unconfirmed(sent, silence)
            : Commands.notTaken(sent, "it never stopped answering"));
    return null;
  }
}
