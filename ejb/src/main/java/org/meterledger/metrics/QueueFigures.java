package org.meterledger.metrics;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.meterledger.server.Database;
import org.meterledger.server.DatabaseException;

/**
 * How much waits in the tables that all nodes share, asked of the database at most every ten
 * seconds. Every node tells the same.
 */
@ApplicationScoped
class QueueFigures {

  private static final Logger LOGGER = System.getLogger(QueueFigures.class.getName());
  private static final Duration KEPT = Duration.ofSeconds(10);

  private static final String OPERATIONS =
      """
      select state, count(*) as operations from operation
       where state in ('AWAITING_APPROVAL', 'QUEUED', 'CLAIMED', 'RUNNING', 'WAITING')
       group by state""";

  private static final String OLDEST_READING =
      "select due_at from reading_task order by due_at limit 1";

  private static final String OLDEST_OPERATION =
      "select min(due_at) as due_at from operation where state in ('QUEUED', 'WAITING')";

  private final Database database;
  private final Clock clock;
  private Figures figures;
  private Instant askAgain = Instant.MIN;

  /** For the client proxy only. */
  protected QueueFigures() {
    this(null, null);
  }

  @Inject
  QueueFigures(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  private record Figures(
      Map<String, Long> operations, double readingLateness, double operationLateness) {}

  /** Operations in a state; not a number while the database is away. */
  double operations(String state) {
    var now = figures();
    return now == null ? Double.NaN : now.operations().getOrDefault(state, 0L);
  }

  /** Seconds that the most overdue reading waits; 0 when none does. */
  double readingLateness() {
    var now = figures();
    return now == null ? Double.NaN : now.readingLateness();
  }

  /** Seconds that the most overdue operation waits; 0 when none does. */
  double operationLateness() {
    var now = figures();
    return now == null ? Double.NaN : now.operationLateness();
  }

  private synchronized Figures figures() {
    var now = clock.instant();
    if (!now.isBefore(askAgain)) {
      askAgain = now.plus(KEPT);
      try {
        figures = ask(now);
      } catch (DatabaseException e) {
        LOGGER.log(Level.DEBUG, "No figures of the queues: {0}", e.getMessage());
        figures = null;
      }
    }
    return figures;
  }

  private Figures ask(Instant now) {
    Map<String, Long> operations = new HashMap<>();
    database.query(
        OPERATIONS, row -> operations.put(row.getString("state"), row.getLong("operations")));
    return new Figures(operations, lateness(OLDEST_READING, now), lateness(OLDEST_OPERATION, now));
  }

  private double lateness(String sql, Instant now) {
    return database.query(sql, row -> Database.instant(row, "due_at")).stream()
        .filter(due -> due != null && due.isBefore(now))
        .mapToDouble(due -> Duration.between(due, now).toMillis() / 1000.0)
        .findFirst()
        .orElse(0);
  }
}
