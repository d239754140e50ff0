package org.meterledger.benchmarks;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the time of transactions goes, by statement. COPY is what no statement accounts for. */
final class StatementTimes {

  private static final String REST = "copy of rows, with encoding";
  private static final int WORDS = 3;

  private final Map<String, Long> nanos = new LinkedHashMap<>();
  private long total;

  Connection observed(Connection connection) {
    long start = System.nanoTime();
    return proxy(
        Connection.class,
        connection,
        (method, arguments) -> {
          switch (method.getName()) {
            case "prepareStatement":
              String sql = (String) arguments[0];
              return statement(
                  PreparedStatement.class, (Statement) call(connection, method, arguments), sql);
            case "createStatement":
              return statement(
                  Statement.class, (Statement) call(connection, method, arguments), null);
            case "commit", "setSavepoint", "releaseSavepoint":
              return timed(method.getName(), connection, method, arguments);
            case "close":
              total(System.nanoTime() - start);
              return call(connection, method, arguments);
            default:
              return call(connection, method, arguments);
          }
        });
  }

  private <S extends Statement> S statement(Class<S> type, Statement statement, String sql) {
    return proxy(
        type,
        statement,
        (method, arguments) ->
            method.getName().startsWith("execute")
                ? timed(
                    label(sql == null ? (String) arguments[0] : sql), statement, method, arguments)
                : call(statement, method, arguments));
  }

  private Object timed(String label, Object target, Method method, Object[] arguments)
      throws Throwable {
    long start = System.nanoTime();
    try {
      return call(target, method, arguments);
    } finally {
      add(label, System.nanoTime() - start);
    }
  }

  private synchronized void add(String label, long more) {
    nanos.merge(label, more, Long::sum);
  }

  private synchronized void total(long more) {
    total += more;
  }

  /** Each statement's part of all time that connections were lent, the largest first. */
  synchronized Map<String, Double> shares() {
    var all = new LinkedHashMap<>(nanos);
    all.put(REST, total - nanos.values().stream().mapToLong(Long::longValue).sum());
    var shares = new LinkedHashMap<String, Double>();
    all.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(e -> shares.put(e.getKey(), e.getValue() / (double) total));
    return shares;
  }

  private static String label(String sql) {
    var words = sql.strip().split("\\s+", WORDS + 1);
    return String.join(" ", java.util.Arrays.copyOf(words, Math.min(WORDS, words.length)));
  }

  /** What a proxy does instead. */
  @FunctionalInterface
  private interface Calls {
    Object call(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Object target, Calls calls) {
    InvocationHandler handler = (proxy, method, arguments) -> calls.call(method, arguments);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
