package org.meterledger.reading;

import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;

/** What became of a command, as far as it is known. */
final class Commands {

  private Commands() {}

  /** Why it is not known to be done; null where the device said that it did or will do it. */
  static Fault fault(CommandResult result) {
    if (result instanceof CommandResult.Refused refused) {
      return refused.fault();
    }
    return result instanceof CommandResult.Unconfirmed unconfirmed ? unconfirmed.fault() : null;
  }

  /** It was sent, and what came of it could not be read back. */
  static Fault unproven(CommandResult result, Fault reading) {
    var fault = fault(result);
    return fault != null
        ? fault
        : new Fault(
            reading.kind(),
            "The device says that it is done, but it could not be read back: " + reading.detail(),
            reading.answer());
  }
}
