package org.meterledger.driver.g13;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meterledger.driver.Block;
import org.meterledger.driver.Finding;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;

/** The gateway's own log, which comes whole and is numbered (N13). */
record GatewayLog(ObisCode logbook, ZoneId zone, List<GatewayEvent> events) {

  GatewayLog {
    events = new ArrayList<>(events);
    events.sort(Comparator.comparingLong(GatewayEvent::index));
  }

  /** The lines after a cursor; all of them where the log was cleared and its index began anew. */
  Block<List<LoggedEvent>> after(Cursor cursor) {
    var findings = new ArrayList<Finding>();
    var from = cursor;
    if (restarted(cursor)) {
      from = cursor.restarted();
      findings.add(
          new Finding(
              Finding.Kind.INDEX_RESTARTED,
              Map.of("before", Long.toString(cursor.index()), "after", Long.toString(newest()))));
    }
    var lines = new ArrayList<LoggedEvent>();
    var next = from;
    for (GatewayEvent event : events) {
      if (event.index() > from.index()) {
        lines.add(line(event, from));
        next = from.at(event.index(), at(event));
      }
    }
    return new Block<>(List.copyOf(lines), next, false, List.of(), findings, List.of());
  }

  private long newest() {
    return events.isEmpty() ? -1 : events.get(events.size() - 1).index();
  }

  private boolean restarted(Cursor cursor) {
    if (!cursor.started() || events.isEmpty()) {
      return false;
    }
    var same = events.stream().filter(event -> event.index() == cursor.index()).findFirst();
    return newest() < cursor.index()
        || cursor.at() != null && same.isPresent() && !at(same.get()).equals(cursor.at());
  }

  /** Before the first line at or after a time. */
  Cursor before(Instant from, Cursor archived) {
    var before = archived.at(-1, null);
    for (GatewayEvent event : events) {
      if (!at(event).isBefore(from)) {
        return before;
      }
      before = archived.at(event.index(), at(event));
    }
    return before;
  }

  private LoggedEvent line(GatewayEvent event, Cursor cursor) {
    var detail = new LinkedHashMap<String, String>();
    detail.put("category", Integer.toString(event.category()));
    detail.put("type", Integer.toString(event.type()));
    return new LoggedEvent(
        logbook, at(event), cursor.sequence(event.index()), event.code(), detail);
  }

  private Instant at(GatewayEvent event) {
    return event.at().atZone(zone).toInstant();
  }
}
