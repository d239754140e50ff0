package org.meterledger.driver.emu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.meterledger.driver.Finding;

/**
 * Rows freed of those that came twice. Another row with the same index stays: with another time it
 * is a row of its own, with the same time it is what the meter says of that row by now.
 *
 * @param rows what remains, in order
 */
record Duplicates<T>(List<LogRow<T>> rows, List<Finding> findings) {

  /**
   * @param known the last row read before; null for none
   * @param sorted the rows after it, by index
   */
  static <T> Duplicates<T> in(LogRow<T> known, List<LogRow<T>> sorted) {
    var found = new Duplicates<T>(new ArrayList<>(), new ArrayList<>());
    var group = new ArrayList<LogRow<T>>();
    if (known != null) {
      group.add(known);
    }
    for (LogRow<T> row : sorted) {
      if (!row.good()) {
        found.rows.add(row);
        continue;
      }
      if (!group.isEmpty() && group.get(0).index() != row.index()) {
        group.clear();
      }
      if (group.stream().noneMatch(other -> other.raw().equals(row.raw()))) {
        found.add(group, row);
      }
    }
    return found;
  }

  private void add(List<LogRow<T>> group, LogRow<T> row) {
    if (!group.isEmpty()) {
      findings.add(
          new Finding(
              Finding.Kind.INDEX_TWICE,
              Map.of("index", Long.toString(row.index()), "periodEnd", row.at().toString())));
    }
    group.add(row);
    rows.add(row);
  }
}
