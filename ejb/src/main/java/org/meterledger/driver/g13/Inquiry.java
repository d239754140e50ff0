package org.meterledger.driver.g13;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;

/**
 * Asks a meter resource by resource, so that one that fails leaves the others. What the gateway
 * says it cannot give, though the meter has a right to it, is asked for once more at the end; where
 * that ends the same way and the meter answers all the while, no retry will cure it: it is told as
 * UNSUPPORTED and does not keep what came from counting as read.
 */
final class Inquiry {

  private static final Pattern TOLD =
      Pattern.compile("\"status\"\\s{0,9}:\\s{0,9}\"error\"", Pattern.CASE_INSENSITIVE);

  private final Abilities abilities;
  private final Supplier<? extends ReadResult<?>> signOfLife;
  private final List<Runnable> again = new ArrayList<>();
  private boolean answered;
  private Fault fault;
  private Fault refusal;

  /**
   * @param signOfLife what every meter gives
   */
  Inquiry(Abilities abilities, Supplier<? extends ReadResult<?>> signOfLife) {
    this.abilities = abilities;
    this.signOfLife = signOfLife;
  }

  interface Take<T> {
    void take(T value);
  }

  /**
   * @param names of the quantities that it holds, see {@link Abilities}
   */
  <T> void ask(Supplier<ReadResult<T>> read, Take<T> take, List<String> names) {
    if (away(fault)) {
      return;
    }
    var result = abilities.judged(read.get(), names);
    var failure = Results.fault(result);
    if (result instanceof ReadResult.Complete<T> complete) {
      answered = true;
      take.take(complete.value());
    } else if (told(failure)) {
      again.add(() -> askAgain(read, take));
      refusal = failure;
    } else if (failure.kind() != Kind.UNSUPPORTED) {
      fault = failure;
    }
  }

  private <T> void askAgain(Supplier<ReadResult<T>> read, Take<T> take) {
    var result = read.get();
    if (result instanceof ReadResult.Complete<T> complete) {
      take.take(complete.value());
    } else if (told(Results.fault(result)) && signOfLife.get() instanceof ReadResult.Complete<?>) {
      refusal = permanent(Results.fault(result));
    } else {
      fault = Results.fault(result);
    }
  }

  /** Null where all is well; what a retry may cure before what none will. */
  Fault end() {
    if (!answered) {
      return fault == null ? refusal : fault;
    }
    refusal = null;
    again.stream().filter(each -> !away(fault)).forEach(Runnable::run);
    return fault == null ? refusal : fault;
  }

  private static boolean away(Fault fault) {
    return fault != null && (fault.kind() == Kind.UNREACHABLE || fault.kind() == Kind.TIMEOUT);
  }

  /** The same for one resource alone; each is asked once more where it fails. */
  static <T> ReadResult<T> insist(
      Supplier<ReadResult<T>> read, Supplier<? extends ReadResult<?>> signOfLife) {
    var first = read.get();
    if (first instanceof ReadResult.Complete || !told(Results.fault(first))) {
      return first;
    }
    var second = read.get();
    return !(second instanceof ReadResult.Complete)
            && told(Results.fault(second))
            && signOfLife.get() instanceof ReadResult.Complete<?>
        ? new ReadResult.Failed<>(permanent(Results.fault(second)))
        : second;
  }

  /** Whether the gateway itself says that it failed; an answer that broke says nothing. */
  static boolean told(Fault fault) {
    return fault.kind() == Kind.PROTOCOL
        && fault.answer() != null
        && TOLD.matcher(fault.answer()).find();
  }

  static Fault permanent(Fault fault) {
    return new Fault(
        Kind.UNSUPPORTED,
        fault.detail() + " (asked twice, while the meter answered otherwise)",
        fault.answer());
  }
}
