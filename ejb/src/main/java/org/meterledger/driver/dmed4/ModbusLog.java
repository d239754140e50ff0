package org.meterledger.driver.dmed4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.meterledger.driver.ChargingSource.Log;
import org.meterledger.driver.ChargingSource.Lookup;
import org.meterledger.driver.ChargingSource.SignedRecord;
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
  private static final int SEARCH_EVENTS = 2;
  private static final int START = 0xffff;
  private static final int FOUND = 1;
  private static final int ARGUMENTS = 6;

  private final ModbusBlocks blocks;
  private final Pause pause;

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
                : text("output", length.intValue()));
  }

  private ReadResult<String> text(String block, int length) {
    return Results.map(
        blocks.bytes(block, length), bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** Empty where the log is. */
  ReadResult<Optional<RecordText>> newest() {
    return Results.then(
        blocks.number("records"),
        held ->
            held == 0 ? ReadResult.complete(Optional.empty()) : Results.map(at(0), Optional::of));
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
                          var last = newest.flatMap(RecordText::pagination).orElse(null);
                          return new Log(
                              held.intValue(),
                              most.intValue(),
                              last == null ? null : last - held + 1,
                              last);
                        })));
  }

  /**
   * @param position from 0, the newest
   */
  private ReadResult<RecordText> at(long position) {
    var told =
        Results.command(
            blocks.write("recordSearch", SEARCH_RECORDS),
            () -> blocks.write("recordIndex", position));
    return Results.then(
        Results.after(told, () -> awaited("recordState", READY, READY)),
        state ->
            Results.then(
                text("record", state.intValue() & LENGTH),
                text -> RecordText.of(text, blocks.address())));
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

  ReadResult<SignedRecord> record(Lookup by, long value) {
    return Results.then(
        by == Lookup.POSITION ? ReadResult.complete(value) : position(value),
        position ->
            Results.then(
                within(position),
                there ->
                    Results.then(
                        at(position),
                        record ->
                            by != Lookup.POSITION
                                    && record.pagination().filter(p -> p == value).isEmpty()
                                ? ReadResult.failed(
                                    Kind.INVALID_DATA,
                                    "%s gave another record than %s %d"
                                        .formatted(blocks.address(), by, value))
                                : ReadResult.complete(
                                    new SignedRecord(
                                        record.pagination().orElse(null),
                                        by == Lookup.POSITION ? (Integer) (int) value : null,
                                        record.text())))));
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

  /** Where the record with a number stands, counted from the newest. */
  private ReadResult<Long> position(long number) {
    return Results.then(
        newest(),
        newest ->
            newest
                .flatMap(RecordText::pagination)
                .map(last -> ReadResult.complete(last - number))
                .orElseGet(
                    () ->
                        ReadResult.failed(
                            Kind.UNSUPPORTED, blocks.address() + " holds no numbered records")));
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
