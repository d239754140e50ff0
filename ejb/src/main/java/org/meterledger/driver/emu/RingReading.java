package org.meterledger.driver.emu;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.Finding;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RefusedRow;
import org.meterledger.metering.Cursor;

/**
 * Goes on reading a ring buffer where a cursor stands. Each request begins with the last row that
 * is known: by its time a restarted index is told.
 */
final class RingReading<T> {

  /** The maker counts rows from 1 (manual p. 11: "Eintrag 1 bis 100"). */
  static final long FIRST_INDEX = 1;

  /**
   * The rows after the cursor.
   *
   * @param before the good row before the first new one; null where none is known
   * @param fresh good rows, oldest first
   * @param fault why there may be more; null when this is all that was asked for
   */
  record Page<T>(
      LogRow<T> before,
      List<LogRow<T>> fresh,
      Cursor next,
      boolean more,
      List<Finding> findings,
      List<RefusedRow> refused,
      Fault fault) {

    static <T> Page<T> failed(Cursor cursor, Fault fault) {
      return new Page<>(null, List.of(), cursor, false, List.of(), List.of(), fault);
    }

    boolean failed() {
      return fault != null && fresh.isEmpty() && refused.isEmpty();
    }
  }

  private final RingBuffer<T> buffer;
  private long newest = -1;

  RingReading(RingBuffer<T> buffer) {
    this.buffer = buffer;
  }

  Page<T> read(Cursor cursor) {
    return cursor.started() ? resume(cursor) : begin(cursor, List.of());
  }

  /** See {@link RingSeek#find()}. */
  ReadResult<Cursor> seek(Predicate<Instant> wanted, Cursor archived) {
    return new RingSeek<>(buffer, wanted, archived).find();
  }

  private Page<T> resume(Cursor cursor) {
    var rows = buffer.page(cursor.index());
    if (rows.failed()) {
      return Page.failed(cursor, rows.fault());
    }
    if (rows.newest().isEmpty()) {
      return resumeElsewhere(cursor);
    }
    if (restarted(cursor, rows.rows())) {
      return ahead(cursor, rows.rows()) && !restarted(cursor, buffer.pair(cursor.index()).rows())
          ? Page.failed(cursor, otherTime(cursor))
          : restart(cursor, rows.newest().getAsLong());
    }
    var first = rows.rows().stream().filter(LogRow::indexed).findFirst().orElseThrow().index();
    if (first <= cursor.index() + 1) {
      return page(cursor, rows, cursor.index() + buffer.pageSize() - 1, List.of());
    }
    return overwritten(cursor, first, rows);
  }

  /** The meter holds nothing of the page that begins with the last row known. */
  private Page<T> resumeElsewhere(Cursor cursor) {
    var last = buffer.last();
    if (last.failed()) {
      return Page.failed(cursor, last.fault());
    }
    if (last.newest().isEmpty()) {
      return nothing(cursor, List.of()); // empty says nothing of a restart: no row shows one
    }
    newest = last.newest().getAsLong();
    if (newest < cursor.index() || restarted(cursor, last.rows())) {
      return restart(cursor, newest);
    }
    if (newest == cursor.index()) {
      return nothing(cursor, List.of());
    }
    var search = oldest(cursor.index(), newest);
    if (search.fault() != null) {
      return Page.failed(cursor, search.fault());
    }
    var rows = buffer.page(search.index());
    if (rows.failed() || rows.rows().isEmpty()) {
      return Page.failed(cursor, contradiction(rows.fault()));
    }
    return search.index() == cursor.index() + 1
        ? page(cursor, rows, cursor.index() + buffer.pageSize(), List.of())
        : overwritten(cursor, search.index(), rows);
  }

  /** Before rows are given up as lost, the one before the first is asked for by itself. */
  private Page<T> overwritten(Cursor cursor, long first, RingBuffer.Rows<T> rows) {
    var probe = buffer.pair(first - 1);
    if (probe.fault() != null || probe.holds(first - 1)) {
      return Page.failed(cursor, contradiction(probe.fault()));
    }
    var lost = finding(Finding.Kind.ROWS_OVERWRITTEN, "from", cursor.index() + 1, "to", first - 1);
    return page(cursor, rows, first + buffer.pageSize() - 1, List.of(lost));
  }

  private Fault contradiction(Fault fault) {
    return fault != null
        ? fault
        : new Fault(Kind.PROTOCOL, buffer.address() + " leaves out rows that it has");
  }

  /** Whether the row of the cursor's index is there, and is another than the one that was read. */
  static <T> boolean restarted(Cursor cursor, List<LogRow<T>> rows) {
    var known =
        rows.stream()
            .filter(row -> row.index() == cursor.index() && row.at() != null)
            .filter(row -> !Cells.SERIAL.equals(row.reason()))
            .toList();
    return cursor.at() != null
        && !known.isEmpty()
        && known.stream().noneMatch(row -> row.at().equals(cursor.at()));
  }

  /** A time that has not come yet may be a slip; the meter is asked once more what it means. */
  private static <T> boolean ahead(Cursor cursor, List<LogRow<T>> rows) {
    return rows.stream()
        .filter(row -> row.index() == cursor.index())
        .anyMatch(row -> Cells.FUTURE.equals(row.reason()));
  }

  private Fault otherTime(Cursor cursor) {
    return new Fault(
        Kind.PROTOCOL, buffer.address() + " tells different times of row " + cursor.index());
  }

  private Page<T> restart(Cursor cursor, long after) {
    var found = finding(Finding.Kind.INDEX_RESTARTED, "before", cursor.index(), "after", after);
    var page = begin(cursor.restarted(), List.of(found));
    // Else the finding would be lost together with the epoch that it begins.
    return page.failed() ? Page.failed(cursor, page.fault()) : page;
  }

  /** Nothing of this epoch is read yet: from the oldest row that the meter holds. */
  private Page<T> begin(Cursor cursor, List<Finding> findings) {
    var last = buffer.last();
    if (last.failed()) {
      return Page.failed(cursor, last.fault());
    }
    if (last.newest().isEmpty()) {
      return nothing(cursor, findings);
    }
    newest = last.newest().getAsLong();
    var from = Math.min(FIRST_INDEX, newest);
    var rows = buffer.page(from);
    var to = from + buffer.pageSize() - 1;
    if (!rows.failed() && rows.newest().isEmpty() && newest > to) {
      var search = oldest(to, newest);
      if (search.fault() != null) {
        return Page.failed(cursor, search.fault());
      }
      rows = buffer.page(search.index());
      to = search.index() + buffer.pageSize() - 1;
    }
    return rows.newest().isEmpty()
        ? Page.failed(cursor, contradiction(rows.fault()))
        : page(cursor, rows, to, findings);
  }

  /**
   * @param fault null when {@code index} was found
   */
  private record Search(long index, Fault fault) {}

  /** In a ring buffer all rows from the oldest to the newest are there, so halving finds it. */
  private Search oldest(long absent, long present) {
    var low = absent;
    var high = present;
    while (high - low > 1) {
      var middle = low + (high - low) / 2;
      var probe = buffer.pair(middle);
      if (probe.fault() != null) {
        return new Search(-1, probe.fault());
      }
      if (probe.holds(middle)) {
        high = middle;
      } else if (probe.holds(middle + 1)) {
        return new Search(middle + 1, null);
      } else {
        low = middle;
      }
    }
    return new Search(high, null);
  }

  private Page<T> nothing(Cursor cursor, List<Finding> findings) {
    return new Page<>(null, List.of(), cursor, false, findings, List.of(), null);
  }

  private Page<T> page(Cursor cursor, RingBuffer.Rows<T> rows, long to, List<Finding> found) {
    var known = known(cursor, rows.rows());
    var before =
        rows.rows().subList(0, known).stream()
            .filter(LogRow::good)
            .reduce((a, b) -> b)
            .orElse(null);
    var after = rows.rows().subList(known, rows.rows().size());
    var unique = Duplicates.in(before, after);
    var findings = new ArrayList<>(found);
    findings.addAll(unique.findings());
    var fresh = new ArrayList<LogRow<T>>();
    var refused = new ArrayList<RefusedRow>();
    for (LogRow<T> row : unique.rows()) {
      if (row.good()) {
        fresh.add(row);
      } else {
        refused.add(refusal(cursor, row));
        findings.add(refusalFinding(row));
      }
    }
    var next = cursor;
    for (LogRow<T> row : after) {
      next = row.indexed() ? next.at(row.index(), anchor(row)) : next;
    }
    var last = next.index();
    var more = last > cursor.index() && rows.fault() == null && (last < newest || last == to);
    return new Page<>(before, fresh, next, more, findings, refused, rows.fault());
  }

  /** A time that has not come yet may be a slip: when told right, it would look like a restart. */
  private static Instant anchor(LogRow<?> row) {
    return Cells.FUTURE.equals(row.reason()) ? null : row.at();
  }

  /** How many of the rows come before the first new one. */
  private static <T> int known(Cursor cursor, List<LogRow<T>> rows) {
    var last = -1;
    for (int i = 0; i < rows.size() && cursor.started(); i++) {
      var row = rows.get(i);
      var here = row.index() == cursor.index();
      if (here && (last < 0 || row.at() == null || row.at().equals(cursor.at()))) {
        last = i;
      }
    }
    return last + 1;
  }

  private static <T> RefusedRow refusal(Cursor cursor, LogRow<T> row) {
    var sequence = row.indexed() ? cursor.sequence(row.index()) : -1;
    return new RefusedRow(sequence, row.reason(), row.field(), row.raw());
  }

  private static <T> Finding refusalFinding(LogRow<T> row) {
    var index = row.indexed() ? Long.toString(row.index()) : "?";
    var detail = new LinkedHashMap<String, String>();
    detail.put("index", index);
    detail.put("reason", row.reason());
    detail.put("field", row.field());
    return new Finding(Finding.Kind.ROW_REFUSED, detail);
  }

  private static Finding finding(
      Finding.Kind kind, String one, long first, String other, long second) {
    return new Finding(kind, Map.of(one, Long.toString(first), other, Long.toString(second)));
  }
}
