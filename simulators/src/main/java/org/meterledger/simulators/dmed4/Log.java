package org.meterledger.simulators.dmed4;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A ring in which the oldest entry makes room for the newest. */
final class Log<E> {
  private final int capacity;
  private final List<E> entries = new ArrayList<>();
  private long written;

  Log(int capacity) {
    this.capacity = capacity;
  }

  void add(E entry) {
    if (entries.size() == capacity) {
      entries.set((int) (written % capacity), entry);
    } else {
      entries.add(entry);
    }
    written++;
  }

  int capacity() {
    return capacity;
  }

  int size() {
    return entries.size();
  }

  /** Number of the newest entry, counted from 1 since the first; 0 when there is none. */
  long last() {
    return written;
  }

  /** Number of the oldest entry that is held; 0 when there is none. */
  long first() {
    return written == 0 ? 0 : written - entries.size() + 1;
  }

  /** The entry with this number. */
  Optional<E> numbered(long number) {
    return number < 1 || number < first() || number > written
        ? Optional.empty()
        : Optional.of(entries.get((int) ((number - 1) % capacity)));
  }

  Optional<E> fromLast(long index) {
    return numbered(written - index);
  }

  Optional<E> fromFirst(long index) {
    return written == 0 ? Optional.empty() : numbered(first() + index);
  }

  /** All entries, oldest first. */
  List<E> all() {
    List<E> all = new ArrayList<>(entries.size());
    for (long number = Math.max(1, first()); number <= written; number++) {
      all.add(entries.get((int) ((number - 1) % capacity)));
    }
    return all;
  }
}
