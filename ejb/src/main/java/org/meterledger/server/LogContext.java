package org.meterledger.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jboss.logging.MDC;

/**
 * Names in every log line of this thread what it is about, until it is closed: {@code try (var
 * context = LogContext.meter(serial).correlation(id)) …}. Close it on the thread that made it.
 */
public final class LogContext implements AutoCloseable {

  private static final String METER = "meter";
  private static final String CORRELATION = "correlation";

  private final Deque<Before> before = new ArrayDeque<>();

  private LogContext() {}

  private record Before(String key, Object value) {}

  /** For a thread of its own, which was given the names of the one that made it. */
  public static void forget() {
    MDC.remove(METER);
    MDC.remove(CORRELATION);
  }

  /**
   * @param serialNumber of the meter
   */
  public static LogContext meter(String serialNumber) {
    return new LogContext().with(METER, serialNumber);
  }

  /**
   * @param id as {@link #correlation}
   */
  public static LogContext request(String id) {
    return new LogContext().correlation(id);
  }

  /**
   * @param id ties the lines of one request, from whoever made it to its end; null for none
   */
  public LogContext correlation(String id) {
    return id == null ? this : with(CORRELATION, id);
  }

  private LogContext with(String key, String value) {
    before.push(new Before(key, MDC.get(key)));
    MDC.put(key, value);
    return this;
  }

  /** What was there before is there again. */
  @Override
  public void close() {
    for (var each : before) {
      if (each.value() == null) {
        MDC.remove(each.key());
      } else {
        MDC.put(each.key(), each.value());
      }
    }
    before.clear();
  }
}
