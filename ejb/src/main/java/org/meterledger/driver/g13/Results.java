package org.meterledger.driver.g13;

import java.util.function.Function;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
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

  /** A command that needs to know something first; without it nothing is sent. */
  static <A> CommandResult command(ReadResult<A> result, Function<A, CommandResult> next) {
    return result.fold(
        complete -> next.apply(complete.value()),
        partial -> new CommandResult.Refused(partial.fault()),
        failed -> new CommandResult.Refused(failed.fault()));
  }

  /** Null for a complete one. */
  static Fault fault(ReadResult<?> result) {
    return result.fold(complete -> null, partial -> partial.fault(), failed -> failed.fault());
  }

  /** Null for a failed one. */
  static <T> T value(ReadResult<T> result) {
    return result.fold(complete -> complete.value(), partial -> partial.value(), failed -> null);
  }
}
