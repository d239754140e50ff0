package org.meterledger.driver.g13;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.meterledger.driver.Block;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Finding;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.g13.CapturedValues.Column;
import org.meterledger.driver.g13.CapturedValues.Slot;
import org.meterledger.metering.Channel;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoadProfile;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.ProfileRow;
import org.meterledger.metering.RowStatus;
import org.meterledger.metering.Unit;

/**
 * Reads the channels of one interval as one profile. Each value channel is followed by one with the
 * status of its values (0-n:96.10.1, n the number of the channel in the meter); the flags of a row
 * are those of all its values together.
 *
 * <p>The meter numbers nothing, so it is asked by time. A clock set back brings times again that
 * were read before; to notice them, each block begins some intervals before the cursor, and what
 * comes a second time there is given again each time, which the archive takes as the same. Where
 * that does not reach far enough - the clock is behind, or times come twice from the beginning on,
 * or it was put forward - what lies before is searched, too. What was captured while the clock was
 * not set carries times of the year 2000; it is asked for when a value tells that the clock has
 * been set since.
 */
final class ProfileReading {

  /** A fifth of a block: what a clock set back by no more has captured is always read along. */
  private static final int LOOK_BACK = 96;

  /** More than clocks are apart, or than an interval lasts. */
  private static final Duration AHEAD = Duration.ofDays(2);

  /** Lines that the status of the rows tells of, not a logbook of the meter. */
  private static final ObisCode STATUS_LOGBOOK = ObisCode.of("0-0:99.98.129*255");

  /** In the status of a value: date or time was changed during its interval. */
  private static final int TIME_CHANGED = 0x10;

  private final LoadProfiles meter;
  private final G13Tables tables;
  private final DeviceTime time;
  private final LocalDateTime now;
  private final Instant latest;
  private CapturedValues captured;

  /**
   * @param now by the meter's clock; null where that is not set
   * @param ours the time
   */
  ProfileReading(
      LoadProfiles meter, G13Tables tables, DeviceTime time, LocalDateTime now, Instant ours) {
    this.meter = meter;
    this.tables = tables;
    this.time = time;
    this.now = now;
    var shown = now == null ? ours : time.instants(List.of(now)).get(0);
    this.latest = (shown.isAfter(ours) ? shown : ours).plus(AHEAD);
  }

  ReadResult<Block<LoadProfile>> read(
      ObisCode profile, Duration interval, List<Slot> slots, Cursor cursor) {
    captured = new CapturedValues(meter, time, latest);
    var from = from(cursor, interval);
    var cut = captured.readFrom(from, slots);
    if (cut != null && captured.columns().isEmpty()) {
      return new ReadResult.Failed<>(cut);
    }
    var whole = cut == null || cut.kind() == Fault.Kind.UNSUPPORTED;
    var missing = whole && regular(cursor) ? disorder(cursor, from, interval) : null;
    var block = block(profile, interval, cursor, whole && missing == null);
    if (missing != null) {
      // What is out of order is found by what is new, so that is to come again as well.
      return new ReadResult.Partial<>(
          new Block<>(
              block.content(), cursor, false, block.events(), block.findings(), block.refused()),
          missing);
    }
    return cut == null ? ReadResult.complete(block) : new ReadResult.Partial<>(block, cut);
  }

  /** Whether reading goes on where it ended, not at a time that somebody looks for. */
  private static boolean regular(Cursor cursor) {
    return cursor.started() && cursor.at() != null;
  }

  /** Reads what was not captured in the order of time; null, or why it is not all there. */
  private Fault disorder(Cursor cursor, LocalDateTime from, Duration interval) {
    var known = captured.columns().stream().mapToInt(column -> column.values().size()).sum();
    if (clockSet(cursor)) {
      var fault = captured.addUnset();
      if (fault != null) {
        return fault;
      }
    }
    var lost = captured.columns().stream().mapToInt(column -> column.values().size()).sum() > known;
    var earliest = time.instants(List.of(from)).get(0);
    var shown = now == null ? null : time.instants(List.of(now)).get(0).plus(interval);
    if (shown != null && shown.isBefore(earliest)) {
      return captured.addHidden(shown, interval);
    }
    return cameAgain(earliest.plus(interval)) || !lost && jumped(cursor, interval)
        ? captured.addHidden(earliest, interval)
        : null;
  }

  /** Whether times come twice from the beginning of what was read on, so perhaps before it too. */
  private boolean cameAgain(Instant until) {
    return captured.columns().stream()
        .flatMap(column -> column.values().keySet().stream())
        .anyMatch(index -> TimeIndex.again(index) && !TimeIndex.at(index).isAfter(until));
  }

  /** Whether the clock was put forward over what it may have captured elsewhere. */
  private boolean jumped(Cursor cursor, Duration interval) {
    for (Column column : captured.columns()) {
      var before = cursor.index();
      for (long index : new TreeSet<>(column.values().keySet()).tailSet(cursor.index(), false)) {
        if ((column.values().get(index).status() & TIME_CHANGED) != 0
            && index - before > TimeIndex.step(interval)) {
          return true;
        }
        before = index;
      }
    }
    return false;
  }

  private boolean clockSet(Cursor cursor) {
    return captured.columns().stream()
        .flatMap(column -> column.values().entrySet().stream())
        .filter(entry -> entry.getKey() > cursor.index())
        .anyMatch(entry -> (entry.getValue().status() & TIME_CHANGED) != 0);
  }

  private LocalDateTime from(Cursor cursor, Duration interval) {
    if (!cursor.started()) {
      return CapturedValues.BEGINNING;
    }
    var from = time.local(TimeIndex.at(cursor.index()).minus(interval.multipliedBy(LOOK_BACK)));
    return from.isBefore(CapturedValues.BEGINNING) ? CapturedValues.BEGINNING : from;
  }

  private Block<LoadProfile> block(
      ObisCode profile, Duration interval, Cursor cursor, boolean whole) {
    var columns = captured.columns();
    var horizon = columns.stream().mapToLong(Column::last).min().orElse(Long.MAX_VALUE);
    var indexes = new TreeSet<Long>();
    columns.forEach(column -> indexes.addAll(column.values().keySet()));
    var rows = new ArrayList<ProfileRow>();
    var events = new ArrayList<LoggedEvent>();
    var findings = new ArrayList<Finding>();
    var next = cursor;
    var before = new int[columns.size()];
    for (long index : indexes) {
      var fresh = index > cursor.index();
      var unset = TimeIndex.at(index).isBefore(CapturedValues.FIRST_MADE);
      if (index <= horizon && (fresh || unset || given(index))) {
        var row = row(columns, index, cursor);
        rows.add(row);
        events.addAll(events(columns, index, row, before));
        if (fresh) {
          next = cursor.at(index, row.periodEnd());
          if (TimeIndex.again(index)) {
            findings.add(twice(row));
          }
        }
      }
      for (int i = 0; i < before.length; i++) {
        var value = columns.get(i).values().get(index);
        before[i] = value == null ? before[i] : value.status();
      }
    }
    overwritten(columns, rows, cursor).ifPresent(lost -> findings.add(0, lost));
    var more = whole && horizon < Long.MAX_VALUE && !next.equals(cursor);
    return new Block<>(
        new LoadProfile(profile, interval, TimeIndex.step(interval), channels(columns), rows),
        next,
        more,
        events,
        findings,
        captured.refused());
  }

  private boolean given(long index) {
    return TimeIndex.again(index) || captured.searched(index);
  }

  /** The row of the cursor is asked for again, so it is there unless the meter holds it no more. */
  private static Optional<Finding> overwritten(
      List<Column> columns, List<ProfileRow> rows, Cursor cursor) {
    var known = columns.stream().anyMatch(each -> each.values().containsKey(cursor.index()));
    if (cursor.at() == null || known) {
      return Optional.empty();
    }
    return rows.stream()
        .filter(row -> Cursor.index(row.sequence()) > cursor.index())
        .findFirst()
        .map(
            first -> {
              var detail = new LinkedHashMap<String, String>();
              detail.put("from", cursor.at().toString());
              detail.put("to", first.periodEnd().toString());
              return new Finding(Finding.Kind.ROWS_OVERWRITTEN, detail);
            });
  }

  private static List<Channel> channels(List<Column> columns) {
    var channels = new ArrayList<Channel>();
    for (Column column : columns) {
      channels.add(column.slot().channel());
      var status = new ObisCode(0, column.slot().number(), 96, 10, 1, 255);
      channels.add(new Channel(status, Unit.NONE, 0, 0));
    }
    return channels;
  }

  private ProfileRow row(List<Column> columns, long index, Cursor cursor) {
    var values = new long[2 * columns.size()];
    var present = 0L;
    var status = 0;
    for (int i = 0; i < columns.size(); i++) {
      var value = columns.get(i).values().get(index);
      if (value == null) {
        continue;
      }
      status |= value.status();
      values[2 * i + 1] = value.status();
      present |= 1L << 2 * i + 1;
      if (value.raw() != null) {
        values[2 * i] = value.raw();
        present |= 1L << 2 * i;
      }
    }
    var at = TimeIndex.at(index);
    var flags = tables.flags(status);
    if (at.isBefore(CapturedValues.FIRST_MADE)) {
      flags |= RowStatus.CLOCK_INVALID.bit();
    }
    return new ProfileRow(at, cursor.sequence(index), flags, status, values, present);
  }

  /** What has come up since the value before, each once for a row. */
  private List<LoggedEvent> events(List<Column> columns, long index, ProfileRow row, int[] before) {
    var channels = new TreeMap<Integer, String>();
    for (int i = 0; i < columns.size(); i++) {
      var value = columns.get(i).values().get(index);
      var raised = value == null ? 0 : value.status() & ~before[i];
      for (G13Tables.StatusBit bit : tables.statusBits()) {
        if (bit.event() && (raised & bit.bit()) != 0) {
          var number = Integer.toString(columns.get(i).slot().number());
          channels.merge(bit.code(), number, (a, b) -> a + ", " + b);
        }
      }
    }
    var events = new ArrayList<LoggedEvent>();
    channels.forEach(
        (code, numbers) ->
            events.add(
                new LoggedEvent(
                    STATUS_LOGBOOK,
                    row.periodEnd(),
                    row.sequence(),
                    code,
                    Map.of("channels", numbers))));
    return events;
  }

  private static Finding twice(ProfileRow row) {
    var detail = new LinkedHashMap<String, String>();
    detail.put("index", Long.toString(Cursor.index(row.sequence())));
    detail.put("periodEnd", row.periodEnd().toString());
    return new Finding(Finding.Kind.INDEX_TWICE, detail);
  }
}
