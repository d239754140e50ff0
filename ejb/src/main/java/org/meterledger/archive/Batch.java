package org.meterledger.archive;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

/** One statement with many sets of parameters; sent at the end, not at all where there is none. */
final class Batch implements AutoCloseable {

  private final Connection connection;
  private final String sql;
  private PreparedStatement statement;

  Batch(Connection connection, String sql) {
    this.connection = connection;
    this.sql = sql;
  }

  void add(Object... parameters) throws SQLException {
    if (statement == null) {
      statement = connection.prepareStatement(sql);
    }
    for (int i = 0; i < parameters.length; i++) {
      Object value = parameters[i];
      statement.setObject(i + 1, value instanceof Instant at ? Timestamp.from(at) : value);
    }
    statement.addBatch();
  }

  @Override
  public void close() throws SQLException {
    if (statement == null) {
      return;
    }
    try {
      statement.executeBatch();
    } finally {
      statement.close();
    }
  }
}
