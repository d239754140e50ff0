package org.meterledger.driver.dmed4;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.meterledger.driver.ChargingSource.Log;
import org.meterledger.driver.ChargingSource.Lookup;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;

/** The two logs over HTTP (manual p. 9, 10). */
final class RestLog {

  private static final String INFO = "logbook/info";
  private static final String RECORDS = "logbook/OCMF";
  private static final String EVENTS = "logbook/events";
  private static final String HEAD = "EVENT";
  private static final String CODE = "event_code";
  private static final String ARGUMENTS = "arguments";

  private final RestConnection connection;

  RestLog(RestConnection connection) {
    this.connection = connection;
  }

  ReadResult<Log> records() {
    return Results.then(
        connection.get(INFO),
        told ->
            told.whole("ocmf_total_number")
                .filter(RestLog::count)
                .map(
                    held ->
                        ReadResult.complete(
                            new Log(
                                held.intValue(),
                                told.whole("ocmf_max_number")
                                    .filter(RestLog::count)
                                    .map(Long::intValue)
                                    .orElse(null),
                                held == 0
                                    ? null
                                    : told.whole("ocmf_first_internal_progressive").orElse(null),
                                held == 0
                                    ? null
                                    : told.whole("ocmf_last_internal_progressive").orElse(null))))
                .orElseGet(() -> without(INFO, "ocmf_total_number")));
  }

  private static boolean count(Long number) {
    return number >= 0 && number <= Integer.MAX_VALUE;
  }

  private <T> ReadResult<T> without(String resource, String key) {
    return ReadResult.failed(
        Kind.INVALID_DATA, connection.address() + "/" + resource + " tells no " + key);
  }

  /** What the meter refuses to find it does not hold. */
  ReadResult<LogPlace> look(Lookup by, long value) {
    var query =
        switch (by) {
          case POSITION -> position(value);
          case PROGRESSIVE -> query("PROGR", Long.toString(value));
          case TRANSACTION -> query("TRANS_ID", "T" + value);
        };
    var answer = connection.whole(RECORDS, query);
    var fault = Results.fault(answer);
    return fault != null && fault.kind() == Kind.NOT_TAKEN
        ? ReadResult.complete(
            LogPlace.denied(
                connection.address() + "/" + RECORDS + " " + none(by, value), fault.answer()))
        : Results.map(answer, body -> place(body, by == Lookup.PROGRESSIVE ? (Long) value : null));
  }

  private LogPlace place(byte[] body, Long number) {
    var what = connection.address() + "/" + RECORDS;
    var read =
        RecordText.utf8(body).isEmpty()
            ? RecordText.of(body, what)
            : Results.then(
                connection.object(RECORDS, body),
                told ->
                    told.text("OCMF_LOG")
                        .map(text -> RecordText.of(text, what))
                        .orElseGet(() -> without(RECORDS, "OCMF_LOG")));
    return Results.value(read) == null
        ? LogPlace.unreadable(LogPlace.UNREADABLE, Results.fault(read), body)
        : LogPlace.of(Results.value(read), number);
  }

  private static String none(Lookup by, long value) {
    return "holds none with %s %d".formatted(by, value);
  }

  private static Map<String, String> query(String type, String value) {
    return Map.of("index_type", type, "index_value", value);
  }

  /**
   * @param fromNewest 0 for the newest
   */
  private static Map<String, String> position(long fromNewest) {
    return fromNewest == 0
        ? Map.of("index_type", "POS", "index_reference", "LAST")
        : Map.of(
            "index_type",
            "POS",
            "index_reference",
            "LAST_BUT",
            "index_value",
            Long.toString(fromNewest));
  }

  ReadResult<Integer> events() {
    return Results.then(
        connection.get(INFO),
        told ->
            told.whole("events_total_number")
                .filter(RestLog::count)
                .map(held -> ReadResult.complete(held.intValue()))
                .orElseGet(() -> without(INFO, "events_total_number")));
  }

  ReadResult<Event> event(int fromNewest) {
    return Results.then(
        found(fromNewest),
        told ->
            told.text("EVENT_LOG")
                .flatMap(RestLog::event)
                .map(ReadResult::complete)
                .orElseGet(() -> without(EVENTS, "event that can be read")));
  }

  private ReadResult<JsonAnswer> found(int fromNewest) {
    return connection.get(EVENTS, position(fromNewest), none(Lookup.POSITION, fromNewest));
  }

  /** {@code EVENT|{…}}; the manual does not say by what clock, so it is taken as UTC. */
  private static Optional<Event> event(String text) {
    var bar = text.indexOf('|');
    if (bar < 0 || !text.substring(0, bar).strip().equals(HEAD)) {
      return Optional.empty();
    }
    return JsonAnswer.of(text.substring(bar + 1))
        .flatMap(
            told -> {
              var detail = new LinkedHashMap<String, String>();
              var code = told.whole(CODE).filter(RestLog::count).map(Long::intValue).orElse(0);
              if (told.whole(CODE).isEmpty()) {
                told.text(CODE).ifPresent(word -> detail.put(CODE, word));
              }
              told.text(ARGUMENTS)
                  .filter(word -> !word.isBlank())
                  .ifPresent(word -> detail.put(ARGUMENTS, word));
              return at(told).map(at -> new Event(at, code, detail));
            });
  }

  private static Optional<Instant> at(JsonAnswer told) {
    try {
      var date = LocalDate.parse(told.text("date").orElse("").strip());
      var time = LocalTime.parse(told.text("time").orElse("").strip());
      return Optional.of(date.atTime(time).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
