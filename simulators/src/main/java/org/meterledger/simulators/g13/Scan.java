package org.meterledger.simulators.g13;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The list of scanned meters, and the one scan that may run (N35 to N37). */
final class Scan {
  /** A meter on the list. */
  record Found(int token, String serial, int protocol, int address) {}

  /** A meter that a scan will find, and when. */
  record Find(long second, Found found) {}

  private final Map<String, Found> list = new LinkedHashMap<>();
  private final List<Find> coming = new ArrayList<>();
  private long until = Long.MIN_VALUE;

  void start(List<Find> finds, long end) {
    coming.addAll(finds);
    until = end;
  }

  boolean running(long now) {
    return now < until;
  }

  void advance(long now) {
    coming.removeIf(
        find -> {
          boolean found = find.second() <= now;
          if (found) {
            list.put(find.found().serial(), find.found());
          }
          return found;
        });
  }

  /** Ends a scan, as a restart does. */
  void stop() {
    coming.clear();
    until = Long.MIN_VALUE;
  }

  List<Found> list() {
    return List.copyOf(list.values());
  }

  boolean remove(String serial) {
    return list.remove(serial) != null;
  }

  boolean contains(String serial) {
    return list.containsKey(serial);
  }
}
