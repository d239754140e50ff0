package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;

/** What was sent and what was read back, together. */
class CommandsTest {

  private static final Fault SILENCE = new Fault(Kind.TIMEOUT, "No answer", "HTTP 200");
  private static final CommandResult YES = new CommandResult.Accepted(Instant.EPOCH);
  private static final CommandResult LOST = new CommandResult.Unconfirmed(SILENCE);
  private static final CommandResult NO =
      new CommandResult.Refused(new Fault(Kind.ACCESS_DENIED, "Denied"));
  private static final CommandResult NOT_REACHED =
      new CommandResult.Refused(new Fault(Kind.UNREACHABLE, "Nobody there"));

  @Test
  void whatCannotBeReadBackIsKnownToNobody() {
    assertThat(Commands.unconfirmed(YES, SILENCE))
        .isEqualTo(
            new Fault(
                Kind.UNCONFIRMED,
                "The device said yes; reading back failed: No answer",
                "HTTP 200"));
    assertThat(Commands.unconfirmed(LOST, SILENCE).detail())
        .startsWith("Sent, but the answer was lost: No answer");
    assertThat(Commands.unconfirmed(NO, SILENCE).kind()).isEqualTo(Kind.UNCONFIRMED);
  }

  @Test
  void whatDidNotGetThereIsNotDone() {
    assertThat(Commands.unconfirmed(NOT_REACHED, SILENCE).kind()).isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void whatIsAsBeforeWasNotTakenUnlessItWasRefused() {
    assertThat(Commands.notTaken(YES, "all is there"))
        .isEqualTo(new Fault(Kind.NOT_TAKEN, "The device said yes; all is there"));
    assertThat(Commands.notTaken(LOST, "all is there").kind()).isEqualTo(Kind.NOT_TAKEN);
    assertThat(Commands.notTaken(NO, "all is there").kind()).isEqualTo(Kind.ACCESS_DENIED);
  }

  @Test
  void whatIsDoneInPartIsToldWithWhyTheRestIsNot() {
    assertThat(Commands.partlyTaken(NO, "one is left"))
        .isEqualTo(new Fault(Kind.PARTLY_TAKEN, "The device refused: Denied; one is left"));
  }
}
