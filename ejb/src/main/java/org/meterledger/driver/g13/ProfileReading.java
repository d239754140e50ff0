package org.meterledger.driver.g13;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
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
 * comes a second time there is given again each time, which the archive takes as the same. What was
 * captured while the clock was not set carries times of the year 2000; it is asked for when a value
 * tells that the clock has been set since.
 */
final class ProfileReading {

  /** A fifth of a block: a clock set back by more than so many intervals hides rows. */
  private static final int LOOK_BACK = 96;

  /** Lines that the status of the rows tells of, not a logbook of the meter. */
  private static final ObisCode STATUS_LOGBOOK = ObisCode.of("0-0:99.98.129*255");

  /** Before the first meters of this kind were made: the clock of such a row was never set. */
  private static final Instant FIRST_MADE = Instant.parse("2010-01-01T00:00:00Z");

  private static final LocalDateTime BEGINNING = LocalDateTime.parse("2000-01-01T00:00:00");
  private static final Span UNSET =
      Span.between(BEGINNING, LocalDateTime.ofInstant(FIRST_MADE, ZoneOffset.UTC));

  /** In the status of a value: date or time was changed during its interval. */
  private static final int TIME_CHANGED = 0x10;

  private final LoadProfiles meter;
  private final G13Tables tables;
  private final DeviceTime time;

  ProfileReading(LoadProfiles meter, G13Tables tables, DeviceTime time) {
    this.meter = meter;
    this.tables = tables;
    this.time = time;
  }

  /**
   * A channel of the meter.
   *
   * @param number 1 to 8
   */
  record Slot(int number, Channel channel) {}

  private record Value(int status, Long raw) {}

  /**
   * Values of one channel by their index.
   *
   * @param last the index up to which nothing is missing; the largest number where that is all
   */
  private record Column(Slot slot, Map<Long, Value> values, long last) {}

  ReadResult<Block<LoadProfile>> read(
      ObisCode profile, Duration interval, List<Slot> slots, Cursor cursor) {
    var from = from(cursor, interval);
    var columns = new ArrayList<Column>();
    Fault cut = null;
    for (Slot slot : slots) {
      var result = meter.read(slot.number(), Span.from(from, LoadProfiles.BLOCK));
      if (result instanceof ReadResult.Failed<List<LoadProfiles.Item>> failed) {
        return new ReadResult.Failed<>(failed.fault());
      }
      var items = Results.value(result);
      var whole = result instanceof ReadResult.Complete;
      cut = whole ? cut : Results.fault(result);
      try {
        columns.add(column(slot, items, whole && items.size() < LoadProfiles.BLOCK));
      } catch (BadAnswer e) {
        return ReadResult.failed(
            Fault.Kind.INVALID_DATA, "Channel " + slot.number() + " " + e.getMessage());
      }
    }
    if (cut == null && cursor.started() && clockSet(columns, cursor)) {
      cut = addUnset(columns);
    }
    var block = block(profile, interval, columns, cursor, cut == null);
    return cut == null ? ReadResult.complete(block) : new ReadResult.Partial<>(block, cut);
  }

  private static boolean clockSet(List<Column> columns, Cursor cursor) {
    return columns.stream()
        .flatMap(column -> column.values().entrySet().stream())
        .filter(entry -> entry.getKey() > cursor.index())
        .anyMatch(entry -> (entry.getValue().status() & TIME_CHANGED) != 0);
  }

  /** Null, or why they are not all there. */
  private Fault addUnset(List<Column> columns) {
    for (Column column : columns) {
      var result = meter.read(column.slot().number(), UNSET);
      if (!(result instanceof ReadResult.Complete<List<LoadProfiles.Item>> complete)) {
        return Results.fault(result);
      }
      try {
        column.values().putAll(column(column.slot(), complete.value(), true).values());
      } catch (BadAnswer e) {
        return new Fault(
            Fault.Kind.INVALID_DATA, "Channel " + column.slot().number() + " " + e.getMessage());
      }
    }
    return null;
  }

  private LocalDateTime from(Cursor cursor, Duration interval) {
    if (!cursor.started()) {
      return BEGINNING;
    }
    var from = time.local(TimeIndex.at(cursor.index()).minus(interval.multipliedBy(LOOK_BACK)));
    return from.isBefore(BEGINNING) ? BEGINNING : from;
  }

  private Column column(Slot slot, List<LoadProfiles.Item> items, boolean all) {
    var recorded = new ArrayList<>(items);
    if (newestFirst(items)) {
      Collections.reverse(recorded);
    }
    var instants = time.instants(recorded.stream().map(LoadProfiles.Item::at).toList());
    var index = new TimeIndex();
    var values = new HashMap<Long, Value>();
    var last = 0L;
    for (int i = 0; i < recorded.size(); i++) {
      var at = index.next(instants.get(i));
      values.put(at, new Value(recorded.get(i).status(), raw(slot, recorded.get(i))));
      last = Math.max(last, at);
    }
    return new Column(slot, values, all ? Long.MAX_VALUE : last);
  }

  private static boolean newestFirst(List<LoadProfiles.Item> items) {
    return items.size() > 1 && items.get(0).at().isAfter(items.get(items.size() - 1).at());
  }

  private static Long raw(Slot slot, LoadProfiles.Item item) {
    if (item.value() == null) {
      return null;
    }
    var channel = slot.channel();
    var value = Units.in(channel.unit(), new Measured(item.value(), item.unit()));
    try {
      return value.scaleByPowerOfTen(-channel.scaler()).longValueExact();
    } catch (ArithmeticException e) {
      throw new BadAnswer("has more digits than a meter at " + item.at());
    }
  }

  private Block<LoadProfile> block(
      ObisCode profile, Duration interval, List<Column> columns, Cursor cursor, boolean whole) {
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
      var unset = TimeIndex.at(index).isBefore(FIRST_MADE);
      if (index <= horizon && (fresh || unset || TimeIndex.again(index))) {
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
        List.of());
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
    if (at.isBefore(FIRST_MADE)) {
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
