package org.meterledger.driver.g13;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.meterledger.driver.Fault;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RefusedRow;
import org.meterledger.metering.Channel;

/** The values of some channels of a meter by their index, as one span after the other is read. */
final class CapturedValues {

  /** Before the first meters of this kind were made: the clock of such a row was never set. */
  static final Instant FIRST_MADE = Instant.parse("2010-01-01T00:00:00Z");

  static final LocalDateTime BEGINNING = LocalDateTime.parse("2000-01-01T00:00:00");

  private static final Span UNSET =
      Span.between(BEGINNING, LocalDateTime.ofInstant(FIRST_MADE, ZoneOffset.UTC));

  private final LoadProfiles meter;
  private final DeviceTime time;
  private final List<Column> columns = new ArrayList<>();
  private final Set<Long> searched = new HashSet<>();
  private final List<RefusedRow> refused = new ArrayList<>();
  private final Set<Slot> without = new HashSet<>();
  private final Instant latest;

  /**
   * @param latest a row that says it was captured later is refused: the cursor after it would hide
   *     all that comes
   */
  CapturedValues(LoadProfiles meter, DeviceTime time, Instant latest) {
    this.meter = meter;
    this.time = time;
    this.latest = latest;
  }

  /**
   * A channel of the meter.
   *
   * @param number 1 to 8
   */
  record Slot(int number, Channel channel) {}

  record Value(int status, Long raw) {}

  /**
   * Values of one channel by their index.
   *
   * @param last the index up to which nothing is missing; the largest number where that is all
   */
  record Column(Slot slot, Map<Long, Value> values, long last) {}

  /**
   * A block of each channel. One that the gateway cannot give, though the others come, is left
   * without values: it shall not keep them from the archive.
   *
   * @return null where all came; for what failed as a whole there are no columns
   */
  Fault readFrom(LocalDateTime from, List<Slot> slots) {
    Fault fault = null;
    var refused = new ArrayList<Slot>();
    for (Slot slot : slots) {
      var failure = read(slot, from);
      if (failure != null && (failure.kind() == Fault.Kind.UNSUPPORTED || Inquiry.told(failure))) {
        refused.add(slot);
        fault = fault == null ? failure : fault;
      } else if (failure != null) {
        fault = failure;
        if (columns.isEmpty() || columns.get(columns.size() - 1).slot() != slot) {
          columns.clear();
          return fault;
        }
      }
    }
    return columns.isEmpty() ? fault : again(from, refused, slots, fault);
  }

  private Fault again(LocalDateTime from, List<Slot> refused, List<Slot> slots, Fault before) {
    var fault = refused.isEmpty() ? before : null;
    for (Slot slot : refused) {
      var failure = read(slot, from);
      if (failure == null) {
        continue;
      }
      var told = failure.kind() == Fault.Kind.UNSUPPORTED || Inquiry.told(failure);
      if (!told || !(meter.configuration() instanceof ReadResult.Complete<?>)) {
        columns.clear();
        return failure;
      }
      columns.add(new Column(slot, new HashMap<>(), Long.MAX_VALUE));
      without.add(slot);
      fault = Inquiry.permanent(failure);
    }
    columns.sort((a, b) -> Integer.compare(slots.indexOf(a.slot()), slots.indexOf(b.slot())));
    return fault;
  }

  /** Null, or why not all came; what did is among the columns. */
  private Fault read(Slot slot, LocalDateTime from) {
    var result = meter.read(slot.number(), Span.from(from, LoadProfiles.BLOCK));
    var items = Results.value(result);
    if (items == null) {
      return Results.fault(result);
    }
    var whole = result instanceof ReadResult.Complete;
    refused.addAll(items.refused());
    try {
      columns.add(column(slot, items.readable(), whole && items.size() < LoadProfiles.BLOCK));
      return Results.fault(result);
    } catch (BadAnswer e) {
      return bad(slot, e);
    }
  }

  private static Fault bad(Slot slot, BadAnswer e) {
    return new Fault(Fault.Kind.INVALID_DATA, "Channel " + slot.number() + " " + e.getMessage());
  }

  /** What was captured while the clock was not set; null, or why it is not all there. */
  Fault addUnset() {
    for (Column column : columns) {
      var fault = add(column, UNSET, null);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  /**
   * What a clock that was set back has captured again or anew, from {@code upper} back to where
   * that begins: there the times go back in the order of recording. All that is read on the way is
   * given again.
   *
   * @return null, or why it is not all there
   */
  Fault addHidden(Instant upper, Duration interval) {
    var width = interval.multipliedBy(LoadProfiles.BLOCK);
    for (var to = upper; to.isAfter(FIRST_MADE); ) {
      var from = to.minus(width).isAfter(FIRST_MADE) ? to.minus(width) : FIRST_MADE;
      var runs = new Runs(from.plus(interval));
      for (Column column : columns) {
        var fault = add(column, Span.between(time.local(from), time.local(to)), runs);
        if (fault != null) {
          return fault;
        }
      }
      if (runs.beginHere()) {
        return null;
      }
      width = runs.empty() ? width.multipliedBy(2) : width;
      to = from;
    }
    return null;
  }

  /** Whether a clock set back began again within a span. */
  private static final class Runs {
    private final Instant early;
    private boolean any;
    private boolean back;
    private boolean before;

    Runs(Instant early) {
      this.early = early;
    }

    void take(List<Instant> recorded) {
      any |= !recorded.isEmpty();
      for (int i = 1; i < recorded.size(); i++) {
        if (recorded.get(i).isBefore(recorded.get(i - 1))) {
          back = true;
          before |= !recorded.get(i).isAfter(early);
        }
      }
    }

    boolean empty() {
      return !any;
    }

    boolean beginHere() {
      return back && !before;
    }
  }

  private Fault add(Column column, Span span, Runs runs) {
    if (without.contains(column.slot())) {
      return null;
    }
    var result = meter.read(column.slot().number(), span);
    if (!(result instanceof ReadResult.Complete<LoadProfiles.Items> complete)) {
      return Results.fault(result);
    }
    refused.addAll(complete.value().refused());
    var recorded = recorded(complete.value().readable());
    if (runs != null) {
      runs.take(time.instants(recorded.stream().map(LoadProfiles.Item::at).toList()));
    }
    try {
      var values = column(column.slot(), recorded, true).values();
      column.values().putAll(values);
      searched.addAll(values.keySet());
      return null;
    } catch (BadAnswer e) {
      return bad(column.slot(), e);
    }
  }

  private Column column(Slot slot, List<LoadProfiles.Item> items, boolean all) {
    var recorded = recorded(items);
    var instants = time.instants(recorded.stream().map(LoadProfiles.Item::at).toList());
    var index = new TimeIndex();
    var values = new HashMap<Long, Value>();
    var last = 0L;
    for (int i = 0; i < recorded.size(); i++) {
      var item = recorded.get(i);
      if (instants.get(i).isAfter(latest)) {
        var raw = "channel " + slot.number() + ": " + item;
        refused.add(new RefusedRow(-1, "future", "timestamp", raw));
        continue;
      }
      var at = index.next(instants.get(i));
      last = Math.max(last, at);
      values.put(at, new Value(item.status(), raw(slot, item)));
    }
    return new Column(slot, values, all ? Long.MAX_VALUE : last);
  }

  /** In the order of recording, whichever way they were given. */
  private static List<LoadProfiles.Item> recorded(List<LoadProfiles.Item> items) {
    var down = 0;
    for (int i = 1; i < items.size(); i++) {
      down += items.get(i).at().isBefore(items.get(i - 1).at()) ? 1 : 0;
    }
    if (2 * down < items.size()) {
      return items;
    }
    var turned = new ArrayList<>(items);
    Collections.reverse(turned);
    return turned;
  }

  /**
   * @throws BadAnswer where it has more digits than a meter, or a unit that is not the channel's:
   *     then all that the channel holds means something else than it is taken for
   */
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

  List<Column> columns() {
    return columns;
  }

  List<RefusedRow> refused() {
    return refused;
  }

  /** Whether this was read although it lies before the cursor. */
  boolean searched(long index) {
    return searched.contains(index);
  }
}
