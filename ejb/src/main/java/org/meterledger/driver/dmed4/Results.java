package org.meterledger.driver.dmed4;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;

/** Steps from one result to the next. */
final class Results {

  private Results() {}

  static <A, B> ReadResult<B> then(ReadResult<A> result, Function<A, ReadResult<B>> next) {
    return result.fold(
        complete -> next.apply(complete.value()),
        partial -> new ReadResult.Failed<>(partial.fault()),
        failed -> new ReadResult.Failed<>(failed.fault()));
  }

  static <A, B> ReadResult<B> map(ReadResult<A> result, Function<A, B> next) {
    return then(result, value -> ReadResult.complete(next.apply(value)));
  }

  /** A read that needs something to be sent first. */
  static <B> ReadResult<B> after(CommandResult sent, Supplier<ReadResult<B>> next) {
    var fault = fault(sent);
    return fault == null ? next.get() : new ReadResult.Failed<>(fault);
  }

  /** A command that needs to know something first; without it nothing is sent. */
  static <A> CommandResult command(ReadResult<A> result, Function<A, CommandResult> next) {
    return result.fold(
        complete -> next.apply(complete.value()),
        partial -> new CommandResult.Refused(partial.fault()),
        failed -> new CommandResult.Refused(failed.fault()));
  }

  /** A command that goes after another, if that was taken. */
  static CommandResult command(CommandResult sent, Supplier<CommandResult> next) {
    return fault(sent) == null ? next.get() : sent;
  }

  /**
   * One after the other, until one is not taken.
   *
   * @param steps at least one
   */
  static CommandResult inOrder(List<Supplier<CommandResult>> steps) {
    CommandResult last = null;
    for (var step : steps) {
      last = step.get();
      if (fault(last) != null) {
        return last;
      }
    }
    return last;
  }

  /** Null where it was taken. */
  static Fault fault(CommandResult sent) {
    if (sent instanceof CommandResult.Refused refused) {
      return refused.fault();
    }
    return sent instanceof CommandResult.Unconfirmed lost ? lost.fault() : null;
  }

  /** Null for a complete one. */
  static Fault fault(ReadResult<?> result) {
    return result.fold(complete -> null, partial -> partial.fault(), failed -> failed.fault());
  }

  /** Null for a failed one. */
  static <T> T value(ReadResult<T> result) {
    return result.fold(complete -> complete.value(), partial -> partial.value(), failed -> null);
  }

  static CommandResult refused(Kind kind, String sentence) {
    return new CommandResult.Refused(new Fault(kind, sentence));
  }
}
