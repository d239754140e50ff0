package org.meterledger.driver.g13;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiFunction;
import org.meterledger.driver.Block;
import org.meterledger.driver.ReadResult;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;

/**
 * Reads one log of a meter. The meter tells the newest events before a time, so it is asked back
 * and back until the cursor is reached, and all that is newer makes one block: these logs hold some
 * hundred lines.
 */
final class EventReading {

  /** Far more than a meter keeps. */
  private static final int MOST_PAGES = 100;

  private final BiFunction<LocalDateTime, Integer, ReadResult<MeterEvents>> meter;
  private final DeviceTime time;

  EventReading(BiFunction<LocalDateTime, Integer, ReadResult<MeterEvents>> meter, DeviceTime time) {
    this.meter = meter;
    this.time = time;
  }

  /**
   * @param now by the meter's clock
   */
  ReadResult<Block<List<LoggedEvent>>> read(
      ObisCode logbook, String log, LocalDateTime now, Cursor cursor) {
    var reached = cursor.started() ? time.local(TimeIndex.at(cursor.index())) : null;
    var newestFirst = new ArrayList<MeterEvents.Event>();
    var until = now.plusDays(1); // a clock set back leaves events of the future
    for (int page = 0; page < MOST_PAGES; page++) {
      var result = meter.apply(until, MeterEvents.MOST);
      if (!(result instanceof ReadResult.Complete<MeterEvents> complete)) {
        return new ReadResult.Failed<>(Results.fault(result));
      }
      var told = complete.value();
      append(newestFirst, events(told, log), until);
      var oldest = oldest(told);
      if (size(told) < MeterEvents.MOST || reached != null && oldest.isBefore(reached)) {
        break;
      }
      until = oldest.isBefore(until) ? oldest : until.minusSeconds(1);
    }
    return ReadResult.complete(block(logbook, newestFirst, cursor));
  }

  private static List<MeterEvents.Event> events(MeterEvents events, String log) {
    return events.logs().entrySet().stream()
        .filter(entry -> Node.plain(entry.getKey()).equals(log))
        .findFirst()
        .map(entry -> newestFirst(entry.getValue()))
        .orElse(List.of());
  }

  private static List<MeterEvents.Event> newestFirst(List<MeterEvents.Event> events) {
    if (events.size() < 2 || !events.get(0).at().isBefore(events.get(events.size() - 1).at())) {
      return events;
    }
    var turned = new ArrayList<>(events);
    Collections.reverse(turned);
    return turned;
  }

  /** A page begins with the second in which the one before it ended, perhaps with more of it. */
  private static void append(
      List<MeterEvents.Event> all, List<MeterEvents.Event> page, LocalDateTime until) {
    if (page.stream().anyMatch(event -> event.at().equals(until))) {
      all.removeIf(event -> event.at().equals(until));
    }
    all.addAll(page);
  }

  private static LocalDateTime oldest(MeterEvents events) {
    return events.logs().values().stream()
        .flatMap(List::stream)
        .map(MeterEvents.Event::at)
        .min(LocalDateTime::compareTo)
        .orElse(null);
  }

  /** The manual does not say whether the number that is asked for is of each log or of all. */
  private static int size(MeterEvents events) {
    return events.logs().values().stream().mapToInt(List::size).sum();
  }

  private Block<List<LoggedEvent>> block(
      ObisCode logbook, List<MeterEvents.Event> newestFirst, Cursor cursor) {
    var recorded = new ArrayList<>(newestFirst);
    Collections.reverse(recorded);
    var instants = time.instants(recorded.stream().map(MeterEvents.Event::at).toList());
    var index = new TimeIndex();
    var lines = new ArrayList<LoggedEvent>();
    var next = cursor;
    for (int i = 0; i < recorded.size(); i++) {
      var event = recorded.get(i);
      var at = index.next(instants.get(i));
      if (at > cursor.index()) {
        lines.add(line(logbook, event, at, cursor));
        next = at > next.index() ? cursor.at(at, TimeIndex.at(at)) : next;
      }
    }
    return new Block<>(List.copyOf(lines), next, false, List.of(), List.of(), List.of());
  }

  private static LoggedEvent line(
      ObisCode logbook, MeterEvents.Event event, long index, Cursor cursor) {
    var detail = new LinkedHashMap<String, String>();
    detail.put("category", Integer.toString(event.category()));
    detail.put("duration", event.durationSeconds() + " s");
    return new LoggedEvent(
        logbook, TimeIndex.at(index), cursor.sequence(index), event.code(), detail);
  }
}
