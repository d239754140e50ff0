package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.meterledger.driver.Capability;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SwitchTarget;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;

/** What counts is what is read back, whatever the meter said to the command. */
class SwitchOutputTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
  private static final CommandResult ACCEPTED = new CommandResult.Accepted(CLOCK.instant());
  private static final Fault SILENCE = new Fault(Kind.TIMEOUT, "No answer");

  /** A meter that tells what a test has it tell, for no simulated one says yes and does nothing. */
  private static final class Told implements MeterSession, SwitchTarget {
    private final ArrayDeque<ReadResult<List<Port>>> states = new ArrayDeque<>();
    private final List<String> sent = new ArrayList<>();
    private CommandResult answer = ACCEPTED;

    Told states(Boolean... on) {
      for (Boolean each : on) {
        states.add(
            each == null
                ? new ReadResult.Failed<>(SILENCE)
                : ReadResult.complete(
                    List.of(
                        new Port(1, Use.COMMUNICATION, each, null, null),
                        new Port(2, Use.ALARM, false, null, null))));
      }
      return this;
    }

    @Override
    public ReadResult<Identification> identify() {
      throw new IllegalStateException("Nobody asks");
    }

    @Override
    public <C extends Capability> Optional<C> as(Class<C> capability) {
      return Optional.of(capability.cast(this));
    }

    @Override
    public int mostPorts() {
      return 2;
    }

    @Override
    public ReadResult<List<Port>> readPorts() {
      return states.remove();
    }

    @Override
    public CommandResult switchOutput(int number, boolean on) {
      sent.add(number + " " + on);
      return answer;
    }

    @Override
    public CommandResult resetInput(int number, boolean storedState, boolean count) {
      throw new IllegalStateException("Nobody resets");
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  private static OperationKind.Outcome on(Told told, int output) {
    return new SwitchOutput()
        .run(
            new OpenMeter(1, "abb-g13", told, null, CLOCK, Duration.ofMinutes(1)),
            Json.createObjectBuilder()
                .add(SwitchOutput.OUTPUT, output)
                .add(SwitchOutput.STATE, SwitchOutput.ON)
                .build());
  }

  @Test
  void whatIsReadBackIsDone() {
    var told = new Told().states(false, true);
    var outcome = on(told, 1);

    assertThat(outcome.progress().fault()).isNull();
    assertThat(outcome.result().toString())
        .isEqualTo("{\"stateBefore\":\"OFF\",\"stateAfter\":\"ON\",\"confirmed\":true}");
    assertThat(told.sent).containsExactly("1 true");
  }

  @Test
  void whatIsSoAlreadyIsNotSent() {
    var told = new Told().states(true);
    var outcome = on(told, 1);

    assertThat(outcome.progress().fault()).isNull();
    assertThat(outcome.result()).containsEntry("confirmed", JsonValue.TRUE);
    assertThat(told.sent).isEmpty();
  }

  @Test
  void whatTheMeterSaysItDidAndDidNotHasFailed() {
    var outcome = on(new Told().states(false, false), 1);

    assertThat(outcome.progress().fault().kind()).isEqualTo(Kind.NOT_TAKEN);
    assertThat(outcome.progress().fault().detail()).contains("Output 1", "read back it is off");
    assertThat(outcome.result()).containsEntry("confirmed", JsonValue.FALSE);
    assertThat(outcome.progress().kept()).isTrue();
  }

  @Test
  void whatCannotBeReadBackIsUnconfirmed() {
    var outcome = on(new Told().states(false, (Boolean) null), 1);

    assertThat(outcome.progress().fault().kind()).isEqualTo(Kind.UNCONFIRMED);
    assertThat(outcome.progress().fault().detail()).contains("Port 1", "No answer");
    assertThat(outcome.result())
        .containsEntry("confirmed", JsonValue.FALSE)
        .doesNotContainKey("stateAfter");
    assertThat(outcome.progress().kept()).isTrue();
  }

  @Test
  void whatHadNoAnswerAndIsFoundDoneIsDone() {
    var told = new Told().states(false, true);
    told.answer = new CommandResult.Unconfirmed(SILENCE);

    assertThat(on(told, 1).progress().fault()).isNull();
  }

  @Test
  void whatIsRefusedIsNotReadBack() {
    var told = new Told().states(false);
    told.answer = new CommandResult.Refused(new Fault(Kind.ACCESS_DENIED, "Denied"));
    var outcome = on(told, 1);

    assertThat(outcome.progress().fault().kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(outcome.result()).containsEntry("confirmed", JsonValue.FALSE);
  }

  @Test
  void whatIsForSomethingElseOrUnreadOrNotThereIsNotSwitched() {
    var other = new Told().states(false);
    assertThat(on(other, 2).progress().fault().kind()).isEqualTo(Kind.UNSUPPORTED);
    var missing = new Told().states(false);
    assertThat(on(missing, 3).progress().fault().kind()).isEqualTo(Kind.UNSUPPORTED);
    var unread = new Told().states((Boolean) null);
    assertThat(on(unread, 1).progress().fault().kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(List.of(other.sent, missing.sent, unread.sent)).allMatch(List::isEmpty);
  }
}
