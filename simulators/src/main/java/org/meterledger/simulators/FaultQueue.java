package org.meterledger.simulators;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Faults that are still to be shown, in the order in which they were injected. Safe for several
 * threads.
 *
 * @param <F> the faults that a device knows
 */
public final class FaultQueue<F extends Enum<F>> {
  private record Pending<F>(F fault, int times, String path) {}

  private final List<Pending<F>> queue = new ArrayList<>();

  /**
   * Adds a fault.
   *
   * @param times how often it is shown, {@code Integer.MAX_VALUE} for ever
   * @param path how the paths begin that show it, {@code "/"} for all
   */
  public synchronized void add(F fault, int times, String path) {
    if (times < 1) {
      throw new IllegalArgumentException("A fault is shown at least once: " + times);
    }
    queue.add(new Pending<>(Objects.requireNonNull(fault), times, path));
  }

  /** Forgets all faults. */
  public synchronized void clear() {
    queue.clear();
  }

  /** Takes the first fault that the answer to this path can show. */
  public synchronized Optional<F> take(String path, Predicate<F> canShow) {
    for (int place = 0; place < queue.size(); place++) {
      Pending<F> next = queue.get(place);
      if (path.startsWith(next.path()) && canShow.test(next.fault())) {
        spend(place, next);
        return Optional.of(next.fault());
      }
    }
    return Optional.empty();
  }

  private void spend(int place, Pending<F> shown) {
    if (shown.times() == 1) {
      queue.remove(place);
    } else if (shown.times() < Integer.MAX_VALUE) {
      queue.set(place, new Pending<>(shown.fault(), shown.times() - 1, shown.path()));
    }
  }
}
