package org.meterledger.driver.emu;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;

/**
 * The fields of one row, read by column number as the manual counts them; notes the first fault.
 */
final class Cells {

  static final String COLUMNS = "columns";
  static final String NUMBER = "number";
  static final String RANGE = "range";
  static final String TIME = "time";
  static final String FUTURE = "future";
  static final String SERIAL = "serial";

  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
  private static final Pattern BYTE = Pattern.compile("\\d{1,3}|0x[0-9a-fA-F]{1,2}|0b[01]{1,8}");

  private final CSVRecord row;
  private String reason;
  private String field = "";

  Cells(CSVRecord row) {
    this.row = row;
  }

  int size() {
    return row.size();
  }

  /** Null while nothing is wrong. */
  String reason() {
    return reason;
  }

  /** The field that {@link #reason()} is about; empty for the row as a whole. */
  String field() {
    return field;
  }

  void refuse(String why, String where) {
    if (reason == null) {
      reason = why;
      field = where;
    }
  }

  /** Empty where the row has no such column; a pair of quotes around it is taken off. */
  String text(int column) {
    if (column > row.size()) {
      return "";
    }
    var text = row.get(column - 1).strip();
    var quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1).strip() : text;
  }

  boolean blank(int column) {
    return text(column).isEmpty();
  }

  /** A whole number; noted as refused, and {@code least}, where it is none or out of range. */
  long number(int column, String name, long least, long most) {
    var text = text(column);
    if (!WHOLE.matcher(text).matches()) {
      refuse(NUMBER, name);
      return least;
    }
    var number = Long.parseLong(text);
    if (number < least || number > most) {
      refuse(RANGE, name);
      return least;
    }
    return number;
  }

  /** The index, or -1 where none can be told for sure: a number at the very end may be cut. */
  long index(int column) {
    var text = text(column);
    if (column >= row.size() || !WHOLE.matcher(text).matches()) {
      return -1;
    }
    var index = Long.parseLong(text);
    return index < 0 || index > LogRow.LARGEST_INDEX ? -1 : index;
  }

  /** A status byte; the manual (p. 12) prints it decimal, hexadecimal and binary. */
  int status(int column) {
    var text = text(column);
    if (!BYTE.matcher(text).matches()) {
      refuse(NUMBER, "status");
      return 0;
    }
    var value =
        text.startsWith("0b")
            ? Integer.parseInt(text.substring(2), 2)
            : text.startsWith("0x")
                ? Integer.parseInt(text.substring(2), 16)
                : Integer.parseInt(text);
    if (value > 0xFF) {
      refuse(RANGE, "status");
      return 0;
    }
    return value;
  }

  /** ISO 8601 in UTC; null where it is none, or before 1970, when no clock of a meter starts. */
  Instant time(int column) {
    try {
      var time = Instant.parse(text(column));
      return time.isBefore(Instant.EPOCH) ? null : time;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
