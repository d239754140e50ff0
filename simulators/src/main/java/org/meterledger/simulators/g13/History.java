package org.meterledger.simulators.g13;

import java.util.ArrayList;
import java.util.List;

/** What a setting was when. */
final class History<T> {
  /** A value and the true second from which on it held. */
  record Entry<T>(long since, T value) {}

  private final List<Entry<T>> entries = new ArrayList<>();

  History(long since, T first) {
    entries.add(new Entry<>(since, first));
  }

  void set(long since, T value) {
    entries.add(new Entry<>(since, value));
  }

  T now() {
    return entries.get(entries.size() - 1).value();
  }

  /** The entry that held at a second; the first for earlier seconds. */
  Entry<T> at(long second) {
    for (int number = entries.size() - 1; number > 0; number--) {
      if (entries.get(number).since() <= second) {
        return entries.get(number);
      }
    }
    return entries.get(0);
  }

  /** How often the value was set after the first. */
  int changesUntil(long second) {
    return (int) entries.stream().skip(1).filter(entry -> entry.since() <= second).count();
  }

  List<Entry<T>> entries() {
    return List.copyOf(entries);
  }
}
