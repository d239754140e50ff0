package org.meterledger.driver.dmed4;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.meterledger.driver.Block;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Finding;
import org.meterledger.driver.ReadResult;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;

/**
 * Reads the log of metrological events. The meter gives its events no numbers, only places counted
 * from the oldest; a full log may move them. So an event is known again by its time, and what is
 * counted goes on from there.
 */
final class EventReading {

  static final ObisCode LOGBOOK = ObisCode.of("0-0:99.98.0*255");

  private static final int MOST = 50;

  private final Dmed4Meter meter;

  EventReading(Dmed4Meter meter) {
    this.meter = meter;
  }

  /**
   * Where reading goes on.
   *
   * @param place of the next event in the meter
   * @param lost whether the event of the cursor is not there any more
   */
  private record Next(int place, boolean lost) {}

  ReadResult<Block<List<LoggedEvent>>> read(Cursor cursor) {
    return Results.then(
        meter.eventCount(),
        count -> Results.then(next(cursor, count), next -> read(cursor, next, count)));
  }

  private ReadResult<Next> next(Cursor cursor, int count) {
    if (!cursor.started()) {
      return ReadResult.complete(new Next(0, false));
    }
    if (cursor.at() == null) {
      return ReadResult.complete(new Next((int) Math.min(cursor.index() + 1, count), false));
    }
    if (cursor.index() >= count) {
      return moved(cursor, count);
    }
    return Results.then(
        meter.event((int) cursor.index(), count),
        event ->
            event.at().equals(cursor.at())
                ? ReadResult.complete(new Next((int) cursor.index() + 1, false))
                : moved(cursor, count));
  }

  /** Events at the time of the cursor are given again rather than left out. */
  private ReadResult<Next> moved(Cursor cursor, int count) {
    return Results.then(
        firstFrom(cursor.at(), count),
        place -> {
          if (place == count) {
            return ReadResult.complete(new Next(0, true)); // all are older: begun anew
          }
          return Results.map(
              meter.event(place, count),
              event ->
                  event.at().equals(cursor.at())
                      ? new Next(place + 1, false)
                      : new Next(place, true));
        });
  }

  /** The place of the first event at or after a time; {@code count} where there is none. */
  private ReadResult<Integer> firstFrom(Instant from, int count) {
    var low = 0;
    var high = count;
    while (low < high) {
      var middle = (low + high) >>> 1;
      var event = meter.event(middle, count);
      if (Results.value(event) == null) {
        return new ReadResult.Failed<>(Results.fault(event));
      }
      if (Results.value(event).at().isBefore(from)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return ReadResult.complete(low);
  }

  private ReadResult<Block<List<LoggedEvent>>> read(Cursor cursor, Next next, int count) {
    var findings = new ArrayList<Finding>();
    if (next.lost()) {
      findings.add(
          new Finding(
              Finding.Kind.ROWS_OVERWRITTEN,
              Map.of("from", Long.toString(cursor.index() + 1), "to", "?")));
    }
    var lines = new ArrayList<LoggedEvent>();
    var at = cursor;
    Fault fault = null;
    var end = Math.min(count, next.place() + MOST);
    for (int place = next.place(); place < end && fault == null; place++) {
      var event = meter.event(place, count);
      fault = Results.fault(event);
      if (fault == null) {
        var told = Results.value(event);
        at = cursor.at(at.index() + 1, told.at());
        lines.add(
            new LoggedEvent(
                LOGBOOK, told.at(), cursor.sequence(at.index()), told.code(), told.detail()));
      }
    }
    var more = fault != null || end < count;
    var block =
        new Block<>(List.copyOf(lines), at, more, List.<LoggedEvent>of(), findings, List.of());
    return fault == null
        ? ReadResult.complete(block)
        : lines.isEmpty() ? new ReadResult.Failed<>(fault) : new ReadResult.Partial<>(block, fault);
  }

  ReadResult<Cursor> seek(Instant from, Cursor archived) {
    return Results.then(
        meter.eventCount(),
        count ->
            Results.then(
                firstFrom(from, count),
                place ->
                    place == 0
                        ? ReadResult.complete(new Cursor(archived.epoch(), -1, null))
                        : Results.map(
                            meter.event(place - 1, count),
                            event -> new Cursor(archived.epoch(), place - 1, event.at()))));
  }
}
