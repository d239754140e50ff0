package org.meterledger.driver.emu;

import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads the meter's CSV. The manual names the columns, but neither separator nor header nor line
 * ends, so those are found in the text.
 *
 * @param serial of the meter that was asked
 * @param latest no row may be later than this at the moment of reading
 * @param most rows that are read; what is beyond is not looked at
 */
record CsvText<T>(RowFormat<T> format, String serial, Supplier<Instant> latest, int most) {

  private static final char[] SEPARATORS = {';', ',', '\t'};
  private static final int LONGEST_RAW = 2000;
  private static final int TIME = 1;

  List<LogRow<T>> rows(String text) {
    var start = text.startsWith("\u00EF\u00BB\u00BF") ? 3 : 0; // a byte order mark in UTF-8
    var csv =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(separator(text))
            .setQuote(null) // a stray quote would swallow all rows after it
            .setIgnoreEmptyLines(true)
            .get();
    var rows = new ArrayList<LogRow<T>>();
    var content = text.substring(start);
    try (var parser = CSVParser.parse(new StringReader(content), csv)) {
      var records = parser.iterator();
      var first = true;
      while (records.hasNext() && rows.size() < most) {
        var record = records.next();
        if (!(first && header(record)) && !blank(record)) {
          rows.add(row(record, raw(content, record)));
        }
        first = false;
      }
    } catch (IOException e) {
      throw new AssertionError("Reading from memory", e);
    }
    return rows;
  }

  /** The one that cuts the first line into most pieces. */
  private static char separator(String text) {
    var line = text.stripLeading().lines().findFirst().orElse("");
    var best = SEPARATORS[0];
    var most = 0L;
    for (char candidate : SEPARATORS) {
      var count = line.chars().filter(c -> c == candidate).count();
      if (count > most) {
        best = candidate;
        most = count;
      }
    }
    return best;
  }

  private boolean header(CSVRecord record) {
    var cells = new Cells(record);
    return record.size() == format.columns()
        && cells.time(TIME) == null
        && cells.index(format.indexColumn()) < 0
        && !cells.text(format.indexColumn()).matches("-?\\d+");
  }

  private static boolean blank(CSVRecord record) {
    return record.size() == 1 && record.get(0).isBlank();
  }

  private LogRow<T> row(CSVRecord record, String raw) {
    var cells = new Cells(record);
    if (record.size() != format.columns()) {
      cells.refuse(Cells.COLUMNS, "");
    }
    var at = cells.time(TIME);
    var index = cells.index(format.indexColumn());
    if (at == null) {
      cells.refuse(Cells.TIME, "time");
    }
    if (index < 0) {
      cells.refuse(Cells.NUMBER, "index");
    }
    if (!sameNumber(cells.text(format.serialColumn()))) {
      cells.refuse(Cells.SERIAL, "serial");
    }
    if (at != null && at.isAfter(latest.get())) {
      cells.refuse(Cells.FUTURE, "time");
    }
    var value = cells.reason() == null ? format.value(cells, at) : null;
    return cells.reason() == null
        ? new LogRow<>(index, at, value, null, "", raw)
        : new LogRow<>(index, at, null, cells.reason(), cells.field(), raw);
  }

  private boolean sameNumber(String given) {
    return given.replaceFirst("^0+(?=.)", "").equals(serial.replaceFirst("^0+(?=.)", ""));
  }

  private static String raw(String text, CSVRecord record) {
    var start = (int) record.getCharacterPosition();
    var end = start;
    while (end < text.length() && end - start < LONGEST_RAW && !lineEnd(text.charAt(end))) {
      end++;
    }
    return Printable.of(text.substring(start, end));
  }

  static boolean lineEnd(char c) {
    return c == '\n' || c == '\r';
  }
}
