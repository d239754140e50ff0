package org.meterledger.simulators.g13;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The logs of one meter. */
final class EventLogs {
  /** Most events of one answer (N51). */
  static final int MOST = 100;

  private static final int KEPT = 500;

  private record Entry(long second, MeterEvent event) {}

  private final List<Entry> entries = new ArrayList<>();

  /**
   * @param second true second, which orders events even when the clock is set back
   */
  void add(long second, MeterEvent event) {
    entries.add(new Entry(second, event));
  }

  /** An event that was added before is over. */
  void lengthen(MeterEvent event, long duration) {
    MeterEvent over =
        new MeterEvent(event.log(), event.time(), duration, event.category(), event.id());
    entries.replaceAll(entry -> entry.event() == event ? new Entry(entry.second(), over) : entry);
  }

  /** All events of all logs, oldest first. */
  List<MeterEvent> all() {
    return entries.stream()
        .sorted(Comparator.comparingLong(Entry::second))
        .map(Entry::event)
        .toList();
  }

  /** Events of one log until a time of the meter's clock, newest first. */
  List<MeterEvent> until(String log, LocalDateTime time, int count) {
    List<MeterEvent> of = all().stream().filter(event -> event.log().equals(log)).toList();
    List<MeterEvent> held = new ArrayList<>(of.subList(Math.max(0, of.size() - KEPT), of.size()));
    Collections.reverse(held);
    return held.stream().filter(event -> !event.time().isAfter(time)).limit(count).toList();
  }
}
