package org.meterledger.driver.g13;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiFunction;
import org.meterledger.driver.Block;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RefusedRow;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;

/**
 * Reads one log of a meter. The meter tells the newest events before a time, so it is asked back
 * and back until the cursor is reached, and all that is newer makes one block: these logs hold some
 * hundred lines. After a clock was set back, lines bear times before the cursor: they are known by
 * standing after later ones in the order of recording, and are given each time, which the archive
 * takes as the same.
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
    var behind = reached != null && cursor.at() != null && now.isBefore(reached);
    var newestFirst = new ArrayList<MeterEvents.Event>();
    var until = (behind ? reached : now).plusDays(1); // a clock set back leaves such lines too
    var latest = until;
    for (int page = 0; page < MOST_PAGES; page++) {
      var result = meter.apply(until, MeterEvents.MOST);
      if (!(result instanceof ReadResult.Complete<MeterEvents> complete)) {
        return new ReadResult.Failed<>(Results.fault(result));
      }
      var told = complete.value();
      var ofLog = events(told, log);
      append(newestFirst, ofLog, until);
      if (size(told) < MeterEvents.MOST) {
        break;
      }
      var oldest = oldest(ofLog.size() < MeterEvents.MOST ? all(told) : ofLog);
      var none = newestFirst.isEmpty() && reached != null && oldest.isBefore(reached);
      if (!behind && (none || reached(newestFirst, reached))) {
        break;
      }
      until = oldest.isBefore(until) ? oldest : until.minusSeconds(1);
    }
    return ReadResult.complete(block(logbook, newestFirst, cursor, behind, latest));
  }

  /** Whether all of the cursor's second is there, and what came after it in the order of time. */
  private static boolean reached(List<MeterEvents.Event> newestFirst, LocalDateTime reached) {
    LocalDateTime later = null;
    var there = false;
    for (MeterEvents.Event event : newestFirst) {
      if (later != null && event.at().isAfter(later)) {
        return false;
      }
      later = event.at();
      if (reached == null || later.isBefore(reached)) {
        return there;
      }
      there |= later.equals(reached);
    }
    return false;
  }

  private static List<MeterEvents.Event> events(MeterEvents events, String log) {
    return events.logs().entrySet().stream()
        .filter(entry -> Node.plain(entry.getKey()).equals(log))
        .findFirst()
        .map(entry -> newestFirst(entry.getValue()))
        .orElse(List.of());
  }

  private static List<MeterEvents.Event> newestFirst(List<MeterEvents.Event> events) {
    var up = 0;
    for (int i = 1; i < events.size(); i++) {
      up += events.get(i).at().isAfter(events.get(i - 1).at()) ? 1 : 0;
      up -= events.get(i).at().isBefore(events.get(i - 1).at()) ? 1 : 0;
    }
    if (up <= 0) {
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

  private static LocalDateTime oldest(List<MeterEvents.Event> events) {
    return events.stream().map(MeterEvents.Event::at).min(LocalDateTime::compareTo).orElseThrow();
  }

  private static List<MeterEvents.Event> all(MeterEvents events) {
    return events.logs().values().stream().flatMap(List::stream).toList();
  }

  /** The manual does not say whether the number that is asked for is of each log or of all. */
  private static int size(MeterEvents events) {
    return all(events).size();
  }

  private Block<List<LoggedEvent>> block(
      ObisCode logbook,
      List<MeterEvents.Event> newestFirst,
      Cursor cursor,
      boolean behind,
      LocalDateTime until) {
    var refused = new ArrayList<RefusedRow>();
    var recorded = new ArrayList<>(newestFirst);
    recorded.removeIf(event -> event.at().isAfter(until) && refused.add(refused(event)));
    Collections.reverse(recorded);
    var instants = time.instants(recorded.stream().map(MeterEvents.Event::at).toList());
    var index = new TimeIndex();
    var lines = new ArrayList<LoggedEvent>();
    var next = cursor;
    var latest = Instant.MIN;
    for (int i = 0; i < recorded.size(); i++) {
      var event = recorded.get(i);
      var at = index.next(instants.get(i));
      var late = cursor.at() != null && instants.get(i).isBefore(latest);
      latest = late ? latest : instants.get(i);
      if (at > cursor.index() || behind || late) {
        lines.add(line(logbook, event, at, cursor));
        next = at > next.index() ? cursor.at(at, TimeIndex.at(at)) : next;
      }
    }
    return new Block<>(List.copyOf(lines), next, false, List.of(), List.of(), refused);
  }

  /** It was not asked for, and the cursor after it would hide all that comes. */
  private static RefusedRow refused(MeterEvents.Event event) {
    return new RefusedRow(-1, "future", "datetime", event.toString());
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
