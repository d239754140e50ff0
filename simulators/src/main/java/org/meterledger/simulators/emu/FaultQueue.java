package org.meterledger.simulators.emu;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Faults that are still to be shown, in the order in which they were injected. */
final class FaultQueue {
  private record Pending(Fault fault, int times, String path) {}

  private final List<Pending> queue = new ArrayList<>();

  /** {@code Integer.MAX_VALUE} times is for ever. */
  synchronized void add(Fault fault, int times, String path) {
    if (times < 1) {
      throw new IllegalArgumentException("A fault is shown at least once: " + times);
    }
    queue.add(new Pending(Objects.requireNonNull(fault), times, path));
  }

  synchronized void clear() {
    queue.clear();
  }

  /** Takes the first fault that this answer can show. */
  synchronized Optional<Fault> take(String path, boolean hasRows) {
    for (int place = 0; place < queue.size(); place++) {
      Pending next = queue.get(place);
      if (path.startsWith(next.path()) && (hasRows || !next.fault().concernsRow())) {
        spend(place, next);
        return Optional.of(next.fault());
      }
    }
    return Optional.empty();
  }

  private void spend(int place, Pending shown) {
    if (shown.times() == 1) {
      queue.remove(place);
    } else if (shown.times() < Integer.MAX_VALUE) {
      queue.set(place, new Pending(shown.fault(), shown.times() - 1, shown.path()));
    }
  }
}
