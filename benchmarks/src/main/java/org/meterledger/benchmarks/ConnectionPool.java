package org.meterledger.benchmarks;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.postgresql.ds.PGSimpleDataSource;

/** Keeps connections open as the server does, with what they have prepared. */
final class ConnectionPool extends PGSimpleDataSource implements AutoCloseable {

  private final transient ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
  private transient volatile StatementTimes times;

  ConnectionPool(String url, String user, String password) {
    setURL(url);
    setUser(user);
    setPassword(password);
  }

  /** Times each statement from now on; null to stop. */
  void time(StatementTimes into) {
    times = into;
  }

  @Override
  public Connection getConnection() throws SQLException {
    var waiting = idle.pollFirst();
    var connection = waiting == null ? super.getConnection() : waiting;
    var observer = times;
    return observer == null ? lent(connection) : observer.observed(lent(connection));
  }

  private Connection lent(Connection connection) {
    var closed = new AtomicBoolean(); // closing again does nothing, as JDBC has it
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                if (closed.compareAndSet(false, true)) {
                  giveBack(connection);
                }
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void giveBack(Connection connection) throws SQLException {
    if (!connection.isClosed()) {
      idle.addFirst(connection);
    }
  }

  @Override
  public void close() throws SQLException {
    for (var connection = idle.poll(); connection != null; connection = idle.poll()) {
      connection.close();
    }
  }
}
