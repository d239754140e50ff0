package org.meterledger.reading;

import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;

/** What became of a command, as far as it is known. */
final class Commands {

  private Commands() {}

  /** What came of it could not be read back: nobody knows, unless it cannot have got there. */
  static Fault unconfirmed(CommandResult sent, Fault reading) {
    if (sent instanceof CommandResult.Refused refused
        && refused.fault().kind() == Kind.UNREACHABLE) {
      return refused.fault();
    }
    return new Fault(
        Kind.UNCONFIRMED,
        said(sent) + "; reading back failed: " + reading.detail(),
        reading.answer());
  }

  /**
   * It was read back, and all is still as before; a refusal is told by its own fault.
   *
   * @param still what shows it
   */
  static Fault notTaken(CommandResult sent, String still) {
    return sent instanceof CommandResult.Refused refused
        ? refused.fault()
        : new Fault(Kind.NOT_TAKEN, said(sent) + "; " + still);
  }

  /** It was read back, and some is done. */
  static Fault partlyTaken(CommandResult sent, String what) {
    return new Fault(Kind.PARTLY_TAKEN, said(sent) + "; " + what);
  }

  private static String said(CommandResult sent) {
    if (sent instanceof CommandResult.Refused refused) {
      return "The device refused: " + refused.fault().detail();
    }
    return sent instanceof CommandResult.Unconfirmed unconfirmed
        ? "Sent, but the answer was lost: " + unconfirmed.fault().detail()
        : "The device said yes";
  }
}
