package org.meterledger.driver.dmed4;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import org.meterledger.driver.ChargeCycleTarget;
import org.meterledger.driver.ChargingSource.SignedRecord;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;

/** The charge cycle as the flow chart shows it (manual p. 4). In a wrong state nothing is sent. */
final class ChargeCycle implements ChargeCycleTarget {

  /** What the block at 4A00 holds. */
  private static final int LONGEST_INPUT = 1024;

  private static final Duration STEP = Duration.ofMillis(200);
  private static final int MOST_POLLS = 75;

  private final Dmed4Meter meter;
  private final Dmed4Tables tables;
  private final Clock clock;
  private final Pause pause;

  ChargeCycle(Dmed4Meter meter, Dmed4Tables tables, Clock clock, Pause pause) {
    this.meter = meter;
    this.tables = tables;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public int longestInput() {
    return LONGEST_INPUT;
  }

  @Override
  public ReadResult<Cycle> readCycle() {
    return Results.then(
        meter.chargeStatus(),
        status ->
            status
                .state()
                .map(
                    state ->
                        ReadResult.complete(
                            new Cycle(
                                state,
                                tables.words("signature", status.signature()),
                                status.errors(tables))))
                .orElseGet(
                    () ->
                        ReadResult.failed(
                            Kind.INVALID_DATA,
                            "%s tells a state of the charge cycle that is none: %d"
                                .formatted(meter.address(), status.measurement()))));
  }

  /** Sends only in a state in which the step may be sent. */
  private CommandResult guarded(Step step, Function<ChargeStatus, CommandResult> send) {
    return Results.command(
        meter.chargeStatus(),
        status ->
            status.state().filter(step::allowedIn).isPresent()
                ? send.apply(status)
                : Results.refused(
                    Kind.NOT_TAKEN,
                    "%s is in state %s; %s is for %s only, and nothing was sent"
                        .formatted(
                            meter.address(),
                            status.state().map(Object::toString).orElse("unknown"),
                            step,
                            step.allowed())));
  }

  @Override
  public CommandResult prepare(String input) {
    var refusal = refusal(input);
    return refusal != null
        ? new CommandResult.Refused(refusal)
        : guarded(
            Step.PREPARE, status -> Results.command(synchronised(status), () -> handOver(input)));
  }

  private static Fault refusal(String input) {
    var size = input.getBytes(StandardCharsets.UTF_8).length;
    if (size > LONGEST_INPUT) {
      return new Fault(
          Kind.INVALID_DATA,
          "The charging data has %d bytes; the meter takes %d, and nothing was sent"
              .formatted(size, LONGEST_INPUT));
    }
    return input.indexOf('|') < 0 && JsonAnswer.of(input).isPresent()
        ? null
        : new Fault(
            Kind.INVALID_DATA,
            "The charging data is no JSON object without the character |, and nothing was sent");
  }

  /** Without the right time the meter begins nothing. */
  private CommandResult synchronised(ChargeStatus status) {
    if (status.synchronised()) {
      return new CommandResult.Accepted(clock.instant());
    }
    return Results.command(
        meter.setTime(clock.instant().getEpochSecond()),
        () -> settled(ChargeStatus::synchronised, each -> false));
  }

  private CommandResult handOver(String input) {
    var sent = meter.input(input);
    return sent instanceof CommandResult.Refused
        ? explained(sent)
        : settled(
            each ->
                each.state().filter(State.IDLE::equals).isPresent()
                    && each.received()
                    && !each.signing(),
            ChargeStatus::failed);
  }

  /** What the meter says of a refusal is in its error words. */
  private CommandResult explained(CommandResult sent) {
    var status = Results.value(meter.chargeStatus());
    var errors = status == null ? "" : String.join("; ", status.errors(tables));
    return sent instanceof CommandResult.Refused refused && !errors.isEmpty()
        ? Results.refused(refused.fault().kind(), refused.fault().detail() + ": " + errors)
        : sent;
  }

  /** Waits until the meter is where it should be, or says why it is not. */
  private CommandResult settled(Predicate<ChargeStatus> wanted, Predicate<ChargeStatus> failed) {
    Fault last = null;
    for (int poll = 0; poll < MOST_POLLS; poll++) {
      var read = meter.chargeStatus();
      last = Results.fault(read);
      var status = Results.value(read);
      if (status != null && wanted.test(status)) {
        return new CommandResult.Accepted(clock.instant());
      }
      if (status != null && !status.signing() && failed.test(status)) {
        return Results.refused(
            Kind.NOT_TAKEN, meter.address() + " says: " + String.join("; ", status.errors(tables)));
      }
      if (!pause.passed(STEP)) {
        break;
      }
    }
    return new CommandResult.Unconfirmed(
        last != null
            ? last
            : new Fault(
                Kind.UNCONFIRMED,
                meter.address() + " was asked, and did not come to say that it is done"));
  }

  @Override
  public Done sign(Step step) {
    if (!step.signs()) {
      throw new IllegalArgumentException("Nothing is signed for " + step);
    }
    var before = meter.output();
    if (Results.value(before) == null && Results.fault(before).kind() != Kind.INVALID_DATA) {
      return new Done(new CommandResult.Refused(Results.fault(before)), null);
    }
    var old = Results.value(before);
    var sent = guarded(step, status -> send(step));
    if (Results.fault(sent) != null) {
      return new Done(sent, null);
    }
    var made = made(old);
    return Results.value(made) != null
        ? new Done(sent, new SignedRecord(null, null, Results.value(made), rolledOver()))
        : new Done(new CommandResult.Unconfirmed(Results.fault(made)), null);
  }

  /** Null where the meter does not tell it. */
  private Boolean rolledOver() {
    var status = Results.value(meter.chargeStatus());
    return status == null ? null : (Boolean) status.rolledOver();
  }

  private CommandResult send(Step step) {
    var sent = meter.command(CycleCommand.of(step));
    if (sent instanceof CommandResult.Refused) {
      return explained(sent);
    }
    return settled(status -> reached(step, status), ChargeStatus::failed);
  }

  private static boolean reached(Step step, ChargeStatus status) {
    var ended = status.state().filter(State.NOT_INITIALISED::equals).isPresent();
    var ends = step == Step.END || step == Step.END_WITH_BEGIN;
    return status.signed() && (ends ? ended : status.charging());
  }

  /** The record that is not the one which was there before. */
  private ReadResult<String> made(String old) {
    ReadResult<String> read = meter.output();
    for (int poll = 0; poll < MOST_POLLS; poll++) {
      var text = Results.value(read);
      if (text != null && !text.equals(old) && !text.isEmpty()) {
        return Results.map(RecordText.of(text, meter.address()), RecordText::text);
      }
      if (!pause.passed(STEP)) {
        break;
      }
      read = meter.output();
    }
    return Results.fault(read) != null
        ? read
        : ReadResult.failed(
            Kind.UNCONFIRMED, meter.address() + " took the command, and shows no new record");
  }

  @Override
  public CommandResult resetErrors() {
    var sent = meter.command(CycleCommand.RESET_ERRORS);
    return sent instanceof CommandResult.Refused
        ? sent
        : settled(status -> status.errors1() == 0 && status.errors2() == 0, each -> false);
  }
}
