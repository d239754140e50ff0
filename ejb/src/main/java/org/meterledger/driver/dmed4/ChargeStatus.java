package org.meterledger.driver.dmed4;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterledger.driver.ChargeCycleTarget.State;
import org.meterledger.driver.ChargeCycleTarget.Step;

/**
 * Registers 4200, 4201, 4000 and 4002, which REST tells too.
 *
 * @param measurement 0 to 3; what else the meter tells is no state that is known
 */
record ChargeStatus(long measurement, long signature, long errors1, long errors2) {

  private static final int JSON_RECEIVED = 1;
  private static final int IN_PROGRESS = 2;
  private static final int OK = 3;
  private static final int FAILED = 4;
  private static final int SYNCHRONISED = 5;
  private static final int ROLL_OVER = 6;
  private static final int ERROR = 15;

  /** Empty for a number that the manual does not name. */
  Optional<State> state() {
    return measurement >= 0 && measurement < State.values().length
        ? Optional.of(State.values()[(int) measurement])
        : Optional.empty();
  }

  /** Whether a cycle is running, during which little can be set. */
  boolean charging() {
    return state().filter(Step.END::allowedIn).isPresent();
  }

  private boolean up(int bit) {
    return (signature >> bit & 1) == 1;
  }

  boolean received() {
    return up(JSON_RECEIVED);
  }

  boolean signing() {
    return up(IN_PROGRESS);
  }

  boolean signed() {
    return up(OK) && !signing();
  }

  boolean synchronised() {
    return up(SYNCHRONISED);
  }

  /** Whether the end of the record that was signed last is beyond what the display can show. */
  boolean rolledOver() {
    return up(ROLL_OVER);
  }

  boolean failed() {
    return up(FAILED) || up(ERROR) || errors1 != 0 || errors2 != 0;
  }

  /** What is wrong; empty for nothing. */
  List<String> errors(Dmed4Tables tables) {
    var errors = new ArrayList<>(tables.words("errors1", errors1));
    errors.addAll(tables.words("errors2", errors2));
    errors.addAll(tables.words("signature", signature & (1 << FAILED | 1 << ERROR)));
    return errors;
  }
}
