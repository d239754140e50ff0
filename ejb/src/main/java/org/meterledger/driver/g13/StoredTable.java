package org.meterledger.driver.g13;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.driver.Fault;
import org.meterledger.driver.ReadResult;

/**
 * Stored values as a table (N69, N77).
 *
 * @param columns what each value of a row is
 * @param period {@code daily}, {@code weekly} or {@code monthly}; empty where the answer does not
 *     say
 * @param rows as the gateway orders them
 */
public record StoredTable(List<Column> columns, String period, List<Row> rows) {

  /** A quantity by the gateway's name, for example {@code active_import_total}. */
  public record Column(String name, String unit) {}

  /**
   * The values at one end of period, one for each column.
   *
   * @param at by the meter's clock
   */
  public record Row(LocalDateTime at, List<Stored> values) {}

  /** This one with the rows of another answer after its own; the same columns, or BUSY. */
  ReadResult<StoredTable> and(StoredTable other) {
    if (!other.columns.equals(columns)) {
      return ReadResult.failed(
          Fault.Kind.BUSY, "What the meter stores was set otherwise while it was read");
    }
    var all = new ArrayList<>(rows);
    all.addAll(other.rows);
    return ReadResult.complete(new StoredTable(columns, period, List.copyOf(all)));
  }

  static StoredTable of(Node answer) {
    var columns = new ArrayList<Column>();
    for (Node column : answer.at("mapping").items()) {
      var pair = column.items();
      if (pair.isEmpty()) {
        throw new BadAnswer("has an empty mapping");
      }
      columns.add(new Column(pair.get(0).text(), pair.size() < 2 ? "" : unit(pair.get(1))));
    }
    var rows = new ArrayList<Row>();
    for (Node item : answer.at("items").items()) {
      rows.add(row(item, columns.size()));
    }
    return new StoredTable(
        List.copyOf(columns), answer.textOr("interval", answer.textOr("period", "")), rows);
  }

  private static String unit(Node node) {
    return node.value() == jakarta.json.JsonValue.NULL ? "" : node.text().strip();
  }

  /** The list beside the time; the manual at hand does not show its key. */
  private static Row row(Node item, int columns) {
    for (String key : item.keys()) {
      var list = item.find(key).filter(Node::isArray);
      if (list.isPresent()) {
        var values = list.get().items().stream().map(Stored::of).toList();
        if (values.size() != columns) {
          throw new BadAnswer("has rows of another width than its mapping");
        }
        return new Row(item.at("time").time(), values);
      }
    }
    throw new BadAnswer("has a row without values");
  }
}
