package org.meterledger.driver;

import java.time.Instant;

/** Outcome of one write: what the meter says it did, never what we hoped. */
public sealed interface CommandResult {

  record Accepted(Instant at) implements CommandResult {}

  /** Taken by the meter, effective later (passive calendar, firmware activation). */
  record Scheduled(Instant effectiveAt) implements CommandResult {}

  record Refused(Fault fault) implements CommandResult {}

  /** Sent, no answer: the state of the meter is not known until it is read back. */
  record Unconfirmed(Fault fault) implements CommandResult {}
}
