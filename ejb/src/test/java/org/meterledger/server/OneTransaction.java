package org.meterledger.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What a transaction of the server is to those who use {@link Database}: one connection. */
public final class OneTransaction implements AutoCloseable {

  private final Connection connection;
  private final Database database;

  public OneTransaction() throws SQLException {
    connection = TestDatabase.dataSource().getConnection();
    connection.setAutoCommit(false);
    database = new Database(source(kept(connection)));
  }

  private static Connection kept(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            OneTransaction.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              try {
                return method.getName().equals("close")
                    ? null
                    : method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static DataSource source(Connection connection) {
    return (DataSource)
        Proxy.newProxyInstance(
            OneTransaction.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> connection);
  }

  public Database database() {
    return database;
  }

  public void commit() throws SQLException {
    connection.commit();
  }

  /** Rolls back what was not committed. */
  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
    connection.close();
  }
}
