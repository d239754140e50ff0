package org.meterledger.driver.emu;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The logbook of the LP version, manual p. 14: what was set, and what had been set before. */
record LogbookFormat(List<Column> details) implements RowFormat<LogbookFormat.Line> {

  /**
   * A column after time, index and serial number.
   *
   * @param key under which the line's detail has it
   * @param time whether it holds a time, else a whole number
   * @param before the column that it changed from; 0 for none
   * @param changes the bit of the code that stands for a change of it
   */
  record Column(int number, String key, boolean time, int before, int changes) {}

  /** The codes are the bits of what was changed, one each; 0 alone where nothing was. */
  record Line(Set<Integer> codes, Map<String, String> detail) {}

  private static final long LARGEST = 999_999_999_999_999L;

  @Override
  public int columns() {
    return 21;
  }

  @Override
  public int indexColumn() {
    return 3;
  }

  @Override
  public int serialColumn() {
    return 4;
  }

  @Override
  public Line value(Cells cells, Instant at) {
    var detail = new LinkedHashMap<String, String>();
    var codes = new TreeSet<Integer>();
    for (Column column : details) {
      // "vor Änderung (falls)": what did not change may be left empty (manual p. 14).
      if (!cells.blank(column.number())) {
        detail.put(column.key(), text(cells, column));
        if (changed(cells, column)) {
          codes.add(column.changes());
        }
      }
    }
    return new Line(codes.isEmpty() ? Set.of(0) : codes, detail);
  }

  private static String text(Cells cells, Column column) {
    if (!column.time()) {
      return Long.toString(cells.number(column.number(), column.key(), 0, LARGEST));
    }
    var time = cells.time(column.number());
    if (time == null) {
      cells.refuse(Cells.TIME, column.key());
    }
    return String.valueOf(time);
  }

  private static boolean changed(Cells cells, Column column) {
    return column.before() > 0
        && !cells.blank(column.before())
        && !cells.text(column.before()).equals(cells.text(column.number()));
  }
}
