package org.meterledger.reading;

import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.stream.Collectors;
import org.meterledger.driver.ChargeCycleTarget;
import org.meterledger.driver.ChargeCycleTarget.Cycle;
import org.meterledger.driver.ChargeCycleTarget.Step;
import org.meterledger.driver.ChargingSource.SignedRecord;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.Progress;

/**
 * Reads the charge cycle before and after a step, and keeps the record that the step made. Nothing
 * is sent in a state in which the step makes no sense.
 */
record CycleReading(OpenMeter meter, Progress progress) {

  ChargeCycleTarget target() {
    return meter.session().as(ChargeCycleTarget.class).orElseThrow();
  }

  /** The cycle as it is; null where the meter does not tell it. */
  Cycle now() {
    var cycle = progress.value(target().readCycle());
    if (cycle != null) {
      progress.received(1, 0);
    }
    return cycle;
  }

  /** The cycle where the step may be sent; else null, and the reason is told. */
  Cycle before(Step step) {
    var cycle = now();
    if (cycle == null || progress.stopped()) {
      return null;
    }
    if (!step.allowedIn(cycle.state())) {
      progress.fail(
          new Fault(
              Kind.NOT_TAKEN,
              "Nothing was sent: %s takes a cycle that is %s, and this one is %s"
                  .formatted(
                      step,
                      step.allowed().stream()
                          .sorted()
                          .map(Enum::name)
                          .collect(Collectors.joining(" or ")),
                      cycle.state())));
      return null;
    }
    return cycle;
  }

  /** Into the archive with it, whatever else becomes of the step. */
  void keep(SignedRecord record) {
    if (record != null) {
      progress.received(1, 0);
      meter.delivery().chargingRecords(List.of(record));
    }
  }

  /**
   * Reads back what became of a step.
   *
   * @param signed whether its record came
   * @return the cycle now, null where it could not be read; what is not found done has failed
   */
  Cycle after(Step step, CommandResult sent, boolean signed) {
    ReadResult<Cycle> read = target().readCycle();
    if (read instanceof ReadResult.Failed<Cycle> failed) {
      progress.fail(Commands.unconfirmed(sent, failed.fault()));
      return null;
    }
    var cycle = progress.value(read);
    if (!done(step, cycle) || sent instanceof CommandResult.Refused) {
      progress.fail(Commands.notTaken(sent, "read back the cycle is " + words(cycle)));
    } else if (step == Step.INTERMEDIATE && !signed) {
      progress.fail(
          new Fault(
              Kind.UNCONFIRMED,
              "No record of the intermediate reading came; if there is one, the log holds it"));
    }
    return cycle;
  }

  /**
   * Adds the cycle to what is told.
   *
   * @param name of its state
   */
  static void tell(JsonObjectBuilder told, String name, Cycle cycle) {
    told.add(name, cycle.state().name());
    if (!cycle.signature().isEmpty()) {
      told.add("signatureStatus", String.join(", ", cycle.signature()));
    }
    if (!cycle.errors().isEmpty()) {
      told.add("chargeErrors", String.join(", ", cycle.errors()));
    }
  }

  private static boolean done(Step step, Cycle cycle) {
    switch (step) {
      case RESET_ERRORS:
        return cycle.errors().isEmpty();
      case PREPARE:
        return Step.BEGIN.allowedIn(cycle.state());
      case BEGIN, INTERMEDIATE:
        return Step.END.allowedIn(cycle.state());
      default:
        return Step.PREPARE.allowedIn(cycle.state());
    }
  }

  private static String words(Cycle cycle) {
    return cycle.errors().isEmpty()
        ? cycle.state().name()
        : cycle.state() + ", with " + String.join(", ", cycle.errors());
  }
}
