package org.meterledger.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Plain SQL where rows are many and entities would be in the way. Inside a transaction of the
 * server the statements belong to it; outside each one commits by itself.
 */
public class Database {

  private final DataSource dataSource;

  /** For the client proxy only. */
  protected Database() {
    dataSource = null;
  }

  public Database(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Makes an object of the row the result set stands on. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Something done with a connection. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * All rows of a query. Parameters may be null, {@link Instant} and what JDBC takes.
   *
   * @throws DatabaseException when the statement fails
   */
  public <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
    return with(
        connection -> {
          try (var statement = prepare(connection, sql, parameters);
              var rows = statement.executeQuery()) {
            var all = new ArrayList<T>();
            while (rows.next()) {
              all.add(reader.read(rows));
            }
            return all;
          }
        });
  }

  /** The first row of a query, if it has one. */
  public <T> Optional<T> first(String sql, RowReader<T> reader, Object... parameters) {
    return query(sql, reader, parameters).stream().findFirst();
  }

  /** The number of rows changed. */
  public int update(String sql, Object... parameters) {
    return with(
        connection -> {
          try (var statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
          }
        });
  }

  /** Work on one connection, in the server's transaction if there is one. */
  public <T> T with(Work<T> work) {
    try (var connection = dataSource.getConnection()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** A connection that the caller closes. */
  public Connection open() throws SQLException {
    return dataSource.getConnection();
  }

  /** Work in a transaction of its own; never call it inside a transaction of the server. */
  public <T> T inTransaction(Work<T> work) {
    return with(
        connection -> {
          connection.setAutoCommit(false);
          try {
            T result = work.on(connection);
            connection.commit();
            return result;
          } catch (SQLException | RuntimeException e) {
            rollBack(connection, e);
            throw e;
          } finally {
            restore(connection);
          }
        });
  }

  private static void rollBack(Connection connection, Exception cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static void restore(Connection connection) throws SQLException {
    if (!connection.isClosed()) {
      connection.setAutoCommit(true);
    }
  }

  /** A statement with its parameters set. */
  public static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    var statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < parameters.length; i++) {
        Object value = parameters[i];
        statement.setObject(i + 1, value instanceof Instant at ? Timestamp.from(at) : value);
      }
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  /** The instant in a column, null where the column is. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    var at = row.getTimestamp(column);
    return at == null ? null : at.toInstant();
  }

  /** The number in a column, null where the column is. */
  public static Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
