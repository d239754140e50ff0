package org.meterledger.archive;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Many rows by one statement: each column goes to the server as an array, and {@code unnest} makes
 * rows of them. Row by row, even as a batch, the statements took several times as long as the rows
 * of load profiles that they belong to. Nothing is sent where there is no row.
 */
final class ArrayBatch implements AutoCloseable {

  private final Connection connection;
  private final String sql;
  private final int key;
  private final String[] types;
  private final Map<List<Object>, Object[]> rows = new LinkedHashMap<>();

  /**
   * @param sql with a parameter for each column, in their order
   * @param key so many of the first columns tell a row from others; of two rows with the same key
   *     the later one counts, for one statement may change a row but once
   * @param types of the columns
   */
  ArrayBatch(Connection connection, String sql, int key, String... types) {
    this.connection = connection;
    this.sql = sql;
    this.key = key;
    this.types = types;
  }

  void add(Object... columns) {
    rows.put(Arrays.asList(columns).subList(0, key), columns);
  }

  @Override
  public void close() throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(sql)) {
      for (int column = 0; column < types.length; column++) {
        statement.setArray(column + 1, connection.createArrayOf(types[column], column(column)));
      }
      statement.executeUpdate();
    }
  }

  /** A time as text with its zone: the driver would leave the zone out. */
  private Object[] column(int column) {
    return rows.values().stream()
        .map(row -> row[column] instanceof Instant at ? at.toString() : row[column])
        .toArray();
  }
}
