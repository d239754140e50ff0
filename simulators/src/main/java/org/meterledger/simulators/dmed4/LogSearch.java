package org.meterledger.simulators.dmed4;

import java.util.List;
import java.util.Optional;

/** Finds entries of the logs by their place, number or transaction; remembers the last search. */
final class LogSearch {
  static final int NONE = 0;
  static final int FOUND = 1;
  static final int NOT_FOUND = 2;

  private final Log<OcmfRecord> records;
  private final Log<LoggedEvent> events;
  private int status = NONE;
  private long position;

  LogSearch(Log<OcmfRecord> records, Log<LoggedEvent> events) {
    this.records = records;
    this.events = events;
  }

  int status() {
    return status;
  }

  /** How far the entry found last is from the newest. */
  long position() {
    return position;
  }

  OcmfRecord record(Fields query) {
    OcmfRecord found =
        remember(
            switch (query.text("index_type")) {
              case "POS" -> byPlace(records, query);
              case "PROGR" -> records.numbered(query.number("index_value", 1, 0xFFFF_FFFFL));
              case "TRANS_ID" -> byTransaction(query.text("index_value"));
              default -> throw Refusal.value("index_type");
            });
    position = records.last() - found.progressive();
    return found;
  }

  LoggedEvent event(Fields query) {
    if (!query.text("index_type").equals("POS")) {
      throw Refusal.value("index_type");
    }
    LoggedEvent found = remember(byPlace(events, query));
    position = events.last() - found.number();
    return found;
  }

  private static <E> Optional<E> byPlace(Log<E> log, Fields query) {
    return switch (query.text("index_reference")) {
      case "LAST" -> log.fromLast(0);
      case "LAST_BUT" -> log.fromLast(query.number("index_value", 0, 0xFFFF));
      case "FIRST" -> log.fromFirst(0);
      case "FIRST_BUT" -> log.fromFirst(query.number("index_value", 0, 0xFFFF));
      default -> throw Refusal.value("index_reference");
    };
  }

  /** The newest record of a transaction, which is its pagination or the identification in it. */
  private Optional<OcmfRecord> byTransaction(String id) {
    List<OcmfRecord> all = records.all();
    for (int place = all.size() - 1; place >= 0; place--) {
      OcmfRecord record = all.get(place);
      if (id.equals("T" + record.progressive()) || id.equals(record.identification())) {
        return Optional.of(record);
      }
    }
    return Optional.empty();
  }

  private <E> E remember(Optional<E> found) {
    status = found.isPresent() ? FOUND : NOT_FOUND;
    return found.orElseThrow(() -> Refusal.value("No such entry"));
  }
}
