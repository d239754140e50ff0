package org.meterledger.driver.g13;

import java.time.Clock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;

/**
 * What became of a write of several values. The gateway stops at the first value that fails and
 * leaves those before it as they were set (manual p. 55), so what counts is read back.
 *
 * @param result Accepted only when what was read back is what was wanted
 * @param now what the device says after the write; null where it could not be read
 */
public record Written<T>(CommandResult result, T now) {

  /**
   * @param sent what the gateway answered
   * @param wanted whether what it has now is what was wanted
   */
  static <T> Written<T> readBack(
      CommandResult sent, Supplier<ReadResult<T>> read, Predicate<T> wanted, Clock clock) {
    if (sent instanceof CommandResult.Refused refused
        && refused.fault().kind() == Kind.UNREACHABLE) {
      return new Written<>(sent, null);
    }
    return read.get()
        .fold(
            complete -> compared(sent, complete.value(), wanted, clock),
            partial -> unread(sent, partial.fault()),
            failed -> unread(sent, failed.fault()));
  }

  private static <T> Written<T> unread(CommandResult sent, Fault fault) {
    var said = sent instanceof CommandResult.Accepted;
    return new Written<>(said ? new CommandResult.Unconfirmed(fault) : sent, null);
  }

  private static <T> Written<T> compared(
      CommandResult sent, T now, Predicate<T> wanted, Clock clock) {
    if (sent instanceof CommandResult.Refused) {
      return new Written<>(sent, now);
    }
    if (wanted.test(now)) {
      return new Written<>(new CommandResult.Accepted(clock.instant()), now);
    }
    var fault =
        sent instanceof CommandResult.Unconfirmed unconfirmed
            ? unconfirmed.fault()
            : new Fault(Kind.PROTOCOL, "The gateway reports success, but holds other values now");
    return new Written<>(new CommandResult.Refused(fault), now);
  }
}
