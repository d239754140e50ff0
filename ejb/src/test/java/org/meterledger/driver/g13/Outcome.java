package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;

import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
import org.meterledger.driver.ReadResult;

/** Short words for what came of a call. */
final class Outcome {

  private Outcome() {}

  static <T> T value(ReadResult<T> result) {
    assertThat(result).as("%s", result).isInstanceOf(ReadResult.Complete.class);
    return Results.value(result);
  }

  static Fault failure(ReadResult<?> result) {
    assertThat(result).isInstanceOf(ReadResult.Failed.class);
    return Results.fault(result);
  }

  static Fault refusal(CommandResult result) {
    assertThat(result).isInstanceOf(CommandResult.Refused.class);
    return ((CommandResult.Refused) result).fault();
  }

  static void accepted(CommandResult result) {
    assertThat(result).as("%s", result).isInstanceOf(CommandResult.Accepted.class);
  }
}
