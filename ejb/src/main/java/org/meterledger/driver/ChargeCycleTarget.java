package org.meterledger.driver;

import java.util.List;
import java.util.Set;
import org.meterledger.driver.ChargingSource.SignedRecord;

/**
 * Takes a meter through a charge cycle: it is prepared, begun, read in between, and ended. In which
 * state a step is sent is {@link Step#allowedIn}; who asks has read the state before.
 */
public non-sealed interface ChargeCycleTarget extends Capability {

  /** Where the meter stands. */
  enum State {
    /** No cycle is prepared; the next one can be. */
    NOT_INITIALISED,
    /** Prepared, and waiting for its beginning. */
    IDLE,
    ACTIVE,
    ACTIVE_AFTER_POWER_FAILURE
  }

  /** What can be asked of it. */
  enum Step {
    /** Hands over what the records of the next cycle are to hold. */
    PREPARE(Set.of(State.NOT_INITIALISED)),
    BEGIN(Set.of(State.IDLE)),
    INTERMEDIATE(Set.of(State.ACTIVE, State.ACTIVE_AFTER_POWER_FAILURE)),
    END(Set.of(State.ACTIVE, State.ACTIVE_AFTER_POWER_FAILURE)),
    /** Ends it with a record that holds the readings of its beginning too. */
    END_WITH_BEGIN(Set.of(State.ACTIVE, State.ACTIVE_AFTER_POWER_FAILURE)),
    RESET_ERRORS(Set.of(State.values()));

    private final Set<State> allowed;

    Step(Set<State> allowed) {
      this.allowed = allowed;
    }

    public boolean allowedIn(State state) {
      return allowed.contains(state);
    }

    /** The states in which it is sent. */
    public Set<State> allowed() {
      return allowed;
    }

    /** Whether the meter signs a record for it. */
    public boolean signs() {
      return this != PREPARE && this != RESET_ERRORS;
    }
  }

  /**
   * The cycle as the meter tells it.
   *
   * @param signature what the meter says of the signature, in plain English; empty for nothing
   * @param errors what is wrong, in plain English; empty for nothing
   */
  record Cycle(State state, List<String> signature, List<String> errors) {
    public Cycle {
      signature = List.copyOf(signature);
      errors = List.copyOf(errors);
    }
  }

  /**
   * What became of a step.
   *
   * @param record the record that the meter signed for it; null where it signed none, or where it
   *     could not be fetched: the log holds it then
   */
  record Done(CommandResult result, SignedRecord record) {}

  /** The most bytes that {@link #prepare} takes, in UTF-8. */
  int longestInput();

  ReadResult<Cycle> readCycle();

  /**
   * @param input a JSON object with what the records are to hold besides readings and signature, at
   *     most {@link #longestInput()} bytes
   */
  CommandResult prepare(String input);

  /**
   * Sends one step that {@linkplain Step#signs() makes the meter sign}, waits for the record, and
   * fetches it.
   */
  Done sign(Step step);

  CommandResult resetErrors();
}
