package org.meterledger.driver.emu;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.http.Answer;

/** Asks for rows by index (manual p. 11 and 13), and says what of an answer can be relied on. */
final class RingBuffer<T> {

  /**
   * Rows of one answer, by index, as the meter recorded them.
   *
   * @param fault why this is not all that was asked for; null when it is
   */
  record Rows<T>(List<LogRow<T>> rows, Fault fault) {

    static <T> Rows<T> failed(Fault fault) {
      return new Rows<>(List.of(), fault);
    }

    boolean failed() {
      return fault != null && rows.isEmpty();
    }

    boolean holds(long index) {
      return rows.stream().anyMatch(row -> row.index() == index);
    }

    /** Empty where no row came whose index can be read. */
    OptionalLong newest() {
      return rows.stream().filter(LogRow::indexed).mapToLong(LogRow::index).max();
    }
  }

  private final Function<String, Answer> transport;
  private final String path;
  private final String address;
  private final int pageSize;
  private final CsvText<T> csv;
  private final BooleanSupplier announces;

  /**
   * @param transport gives the answer to a path with query
   * @param path of the table, with its slashes
   * @param address for sentences
   * @param pageSize rows that the meter gives at most for one request
   * @param announces whether the meter's other answers say where they end
   */
  RingBuffer(
      Function<String, Answer> transport,
      String path,
      String address,
      int pageSize,
      CsvText<T> csv,
      BooleanSupplier announces) {
    this.transport = transport;
    this.path = path;
    this.address = address;
    this.pageSize = pageSize;
    this.csv = csv;
    this.announces = announces;
  }

  int pageSize() {
    return pageSize;
  }

  String address() {
    return address;
  }

  /** As many rows from {@code from} on as fit into one answer. */
  Rows<T> page(long from) {
    return range(from, from + pageSize - 1);
  }

  /** The newest row; no rows where the buffer is empty. */
  Rows<T> last() {
    return ask("?last=1", 0, LogRow.LARGEST_INDEX);
  }

  /** A pair, since the manual says of from and to only what they do when they differ. */
  Rows<T> pair(long from) {
    return range(from, from + 1);
  }

  private Rows<T> range(long from, long to) {
    return ask("?from=" + from + "&to=" + to, from, to);
  }

  private Rows<T> ask(String query, long from, long to) {
    var answer = transport.apply(path + query);
    if (answer.body().length == 0) {
      return new Rows<>(List.of(), answer.fault());
    }
    if (answer.html()) {
      return Rows.failed(
          new Fault(Kind.INVALID_DATA, address + path + " is a web page, not a meter's table"));
    }
    var text = answer.text();
    var whole = answer.complete() && answer.announced();
    var end = whole ? text.length() : afterLastLineEnd(text);
    var rows = new ArrayList<>(csv.rows(text.substring(0, end)));
    var fault = answer.fault();
    var tail = text.substring(end);
    if (fault == null && !tail.isBlank()) {
      fault = confirm(rows, tail);
    }
    return checked(rows, fault, from, to);
  }

  /**
   * The last line of an answer whose end nobody announced: a cut number looks like a smaller one,
   * and what cut it may well cut it again at the same place. Without a line end behind it the line
   * is believed only of a meter that never says where its answers end.
   */
  private Fault confirm(List<LogRow<T>> rows, String tail) {
    var cut = new Fault(Kind.PROTOCOL, address + path + " ended in the middle of a row");
    // The separator is found in the first line, and the tail may be the only one.
    var last = csv.rows(tail);
    if (last.size() != 1 || !last.get(0).indexed()) {
      return cut;
    }
    var index = last.get(0).index();
    var again = transport.apply(path + "?from=" + index + "&to=" + (index + 1));
    var text = again.text();
    var sure = !again.announced() && announces.getAsBoolean() ? afterLastLineEnd(text) : -1;
    var shown = sure < 0 ? text : text.substring(0, sure);
    if (shown.lines().noneMatch(line -> line.strip().equals(tail.strip()))) {
      return cut;
    }
    rows.addAll(last);
    return null;
  }

  private Rows<T> checked(List<LogRow<T>> rows, Fault fault, long from, long to) {
    if (rows.size() > 2 * pageSize) {
      return broken("sends more rows than were asked for");
    }
    if (!rows.isEmpty() && rows.stream().noneMatch(LogRow::indexed)) {
      return broken("sends something that is not a meter's table");
    }
    var descending = descending(rows);
    if (descending && fault != null) {
      return Rows.failed(fault); // newest first and cut: the older ones are what is missing
    }
    if (descending) {
      Collections.reverse(rows);
    }
    rows.removeIf(row -> row.indexed() && (row.index() < from || row.index() > to));
    if (fault != null && !ascending(rows)) {
      return Rows.failed(fault);
    }
    return new Rows<>(sorted(rows), fault);
  }

  private Rows<T> broken(String what) {
    return Rows.failed(new Fault(Kind.PROTOCOL, address + path + " " + what));
  }

  private static int afterLastLineEnd(String text) {
    var end = text.length();
    while (end > 0 && !CsvText.lineEnd(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private boolean descending(List<LogRow<T>> rows) {
    var indexes = rows.stream().filter(LogRow::indexed).mapToLong(LogRow::index).toArray();
    return indexes.length > 1 && indexes[0] > indexes[indexes.length - 1];
  }

  private boolean ascending(List<LogRow<T>> rows) {
    var indexes = rows.stream().filter(LogRow::indexed).mapToLong(LogRow::index).toArray();
    for (int i = 1; i < indexes.length; i++) {
      if (indexes[i] < indexes[i - 1]) {
        return false;
      }
    }
    return true;
  }

  /** By index; a row whose index cannot be read stays behind the one that it came after. */
  private static <T> List<LogRow<T>> sorted(List<LogRow<T>> rows) {
    record Placed<T>(long place, LogRow<T> row) {}
    var placed = new ArrayList<Placed<T>>();
    var place = -1L;
    for (LogRow<T> row : rows) {
      place = row.indexed() ? row.index() : place;
      placed.add(new Placed<>(place, row));
    }
    placed.sort((a, b) -> Long.compare(a.place(), b.place()));
    return placed.stream().map(Placed::row).toList();
  }
}
