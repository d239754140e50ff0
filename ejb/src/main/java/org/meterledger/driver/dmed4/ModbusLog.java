package org.meterledger.driver.dmed4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meterledger.driver.ChargingSource.Log;
import org.meterledger.driver.ChargingSource.Lookup;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;

/**
 * The two logs over Modbus (manual p. 5): what is wanted is told, waited for, and fetched. Counted
 * is from the newest, which is 0; the running number of a record is that of its pagination.
 */
final class ModbusLog {

  private static final Duration STEP = Duration.ofMillis(100);
  private static final int MOST_POLLS = 50;

  private static final int SEARCH_RECORDS = 8192;
  private static final int ONGOING = 1 << 15;
  private static final int READY = 1 << 14;
  private static final int LENGTH = 0x3ff;
  private static final int MOST_UNREADABLE = 5;

  /** By an exception of Modbus: the meter is well, and does not give this record. */
  private static final Set<Kind> DENIED = Set.of(Kind.UNSUPPORTED, Kind.NOT_TAKEN);

  private static final int SEARCH_EVENTS = 2;
  private static final int START = 0xffff;
  private static final int FOUND = 1;
  private static final int ARGUMENTS = 6;

  private final ModbusBlocks blocks;
  private final Pause pause;

  /** The number of the newest place, as last seen; null before, and where records have none. */
  private Long top;

  ModbusLog(ModbusBlocks blocks, Pause pause) {
    this.blocks = blocks;
    this.pause = pause;
  }

  ReadResult<String> output() {
    return Results.then(
        blocks.number("outputLength"),
        length ->
            length > 2 * 512
                ? ReadResult.failed(
                    Kind.INVALID_DATA,
                    blocks.address() + " tells a record of %d bytes".formatted(length))
                : Results.then(
                    blocks.bytes("output", length.intValue()),
                    bytes ->
                        RecordText.utf8(terminated(bytes))
                            .map(ReadResult::complete)
                            .orElseGet(
                                () ->
                                    ReadResult.failed(
                                        Kind.INVALID_DATA,
                                        blocks.address() + " tells a record that is no UTF-8"))));
  }

  /**
   * The newest record that can be read.
   *
   * @param number what the newest place of all is counted as; null where the record has no number
   */
  record Newest(RecordText record, Long number) {}

  /** Empty where the log is; a few that cannot be read may be newer. */
  ReadResult<Optional<Newest>> newest() {
    return Results.then(
        blocks.number("records"),
        held -> held == 0 ? ReadResult.complete(Optional.empty()) : newest(held));
  }

  private ReadResult<Optional<Newest>> newest(long held) {
    Fault fault = null;
    for (long position = 0; position < Math.min(held, MOST_UNREADABLE); position++) {
      var place = at(position);
      if (Results.value(place) == null) {
        return new ReadResult.Failed<>(Results.fault(place));
      }
      var found = Results.value(place);
      if (found.record() != null) {
        top = found.number() == null ? null : found.number() + position;
        return ReadResult.complete(Optional.of(new Newest(found.record(), top)));
      }
      fault = fault == null ? found.refusal().fault() : fault;
    }
    return new ReadResult.Failed<>(
        new Fault(
            Kind.INVALID_DATA,
            blocks.address() + " gives no record that can be read: " + fault.detail(),
            fault.answer()));
  }

  ReadResult<Log> records() {
    return Results.then(
        blocks.number("records"),
        held ->
            Results.then(
                blocks.number("mostRecords"),
                most ->
                    Results.map(
                        newest(),
                        newest -> {
                          var last = newest.map(Newest::number).orElse(null);
                          return new Log(
                              held.intValue(),
                              most.intValue(),
                              last == null ? null : last - held + 1,
                              last);
                        })));
  }

  /**
   * What the log holds, wherever it is no fault of the wire.
   *
   * @param position from 0, the newest
   */
  private ReadResult<LogPlace> at(long position) {
    var chosen = Results.fault(blocks.write("recordSearch", SEARCH_RECORDS));
    if (chosen != null) {
      return new ReadResult.Failed<>(chosen);
    }
    var found =
        Results.then(
            Results.after(
                blocks.write("recordIndex", position), () -> awaited("recordState", READY, READY)),
            state -> blocks.bytes("record", state.intValue() & LENGTH));
    var fault = Results.fault(found);
    return fault != null && DENIED.contains(fault.kind())
        ? ReadResult.complete(LogPlace.denied(fault.detail(), fault.answer()))
        : Results.map(found, this::place);
  }

  private LogPlace place(byte[] bytes) {
    if (bytes.length == 0) {
      var empty = new Fault(Kind.INVALID_DATA, blocks.address() + " tells a record of 0 bytes");
      return LogPlace.unreadable(LogPlace.LENGTH, empty, bytes);
    }
    var read = RecordText.of(terminated(bytes), blocks.address());
    var record = Results.value(read);
    return record == null
        ? LogPlace.unreadable(LogPlace.UNREADABLE, Results.fault(read), bytes)
        : LogPlace.of(record, record.pagination().orElse(null));
  }

  /** Zeros that end a text are none of it, should its length count them. */
  private static byte[] terminated(byte[] bytes) {
    var end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return Arrays.copyOf(bytes, end);
  }

  /** Until the bits of a mask are as they should be. */
  private ReadResult<Long> awaited(String register, int mask, int wanted) {
    var last = 0L;
    for (int poll = 0; poll < MOST_POLLS; poll++) {
      var state = blocks.number(register);
      if (Results.value(state) == null || (Results.value(state) & mask) == wanted) {
        return state;
      }
      last = Results.value(state);
      if (!pause.passed(STEP)) {
        break;
      }
    }
    return last == 0 || (last & ONGOING) != 0
        ? ReadResult.failed(Kind.BUSY, blocks.address() + " does not find what its log holds")
        : ReadResult.failed(
            Kind.PROTOCOL,
            "%s tells %04X for how its search goes".formatted(blocks.address(), last));
  }

  ReadResult<LogPlace> look(Lookup by, long value) {
    return by == Lookup.POSITION ? held(value) : numbered(value);
  }

  private ReadResult<LogPlace> held(long position) {
    return Results.then(within(position), there -> at(position));
  }

  /**
   * Where another record stands than the one that was asked for, a new one may have moved all; if
   * it did not, that other one is what the meter holds there.
   */
  private ReadResult<LogPlace> numbered(long number) {
    var before = top;
    var found = before == null ? null : held(before - number);
    var place = found == null ? null : Results.value(found);
    if (found != null && (place == null || Long.valueOf(number).equals(place.number()))) {
      return found;
    }
    return Results.then(
        newest(),
        newest ->
            newest.map(Newest::number).isEmpty()
                ? ReadResult.failed(
                    Kind.UNSUPPORTED, blocks.address() + " holds no numbered records")
                : top.equals(before) && place.record() != null ? found : held(top - number));
  }

  private ReadResult<Boolean> within(long position) {
    return Results.then(
        blocks.number("records"),
        held ->
            position < 0 || position >= held
                ? ReadResult.failed(
                    Kind.UNSUPPORTED,
                    "%s holds %d records, none at %d".formatted(blocks.address(), held, position))
                : ReadResult.complete(true));
  }

  /**
   * @param fromNewest 0 for the newest
   */
  ReadResult<Event> event(int fromNewest) {
    var told =
        Results.command(
            Results.command(
                blocks.write("eventSearch", SEARCH_EVENTS),
                () -> blocks.write("eventIndex", fromNewest)),
            () -> blocks.write("eventStart", START));
    return Results.then(
        Results.after(told, () -> awaited("eventState", START, FOUND)),
        state -> Results.map(blocks.bytes("event"), ModbusLog::event));
  }

  /** Seconds since 1970, code, arguments: see the package for why. */
  private static Event event(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    var at = Instant.ofEpochSecond(Integer.toUnsignedLong(buffer.getInt()));
    var code = Short.toUnsignedInt(buffer.getShort());
    var rest = Arrays.copyOfRange(bytes, ARGUMENTS, bytes.length);
    var words = new String(rest, StandardCharsets.US_ASCII).replaceFirst("\\x00+$", "").strip();
    var shown = words.matches("[ -~]*") ? words : HexFormat.of().formatHex(rest);
    return new Event(at, code, shown.isEmpty() ? Map.of() : Map.of("arguments", shown));
  }
}
