package org.meterledger.notice;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.meterledger.server.Database;

/**
 * Tells every node. A notice leaves with the commit of the transaction it belongs to, the same one
 * only once, and not at all when that is rolled back.
 *
 * <p>Transactions that tell something commit one after the other, since PostgreSQL keeps notices in
 * the order of commits: many changes tell once together, not each.
 */
@ApplicationScoped
public class Notices {

  static final String CHANNEL = "meterledger";

  private static final int MOST_WAITING = 1_000;

  private final Database database;
  private final Set<Notice> waiting = new LinkedHashSet<>();

  /** For the client proxy only. */
  protected Notices() {
    this(null);
  }

  @Inject
  public Notices(Database database) {
    this.database = database;
  }

  /**
   * In the server's transaction where there is one, else at once.
   *
   * @throws IllegalArgumentException as {@link Notice} does
   */
  public void tell(String topic, String key) {
    database.with(
        connection -> {
          tell(connection, topic, key);
          return null;
        });
  }

  /**
   * For what happens all the time: told within a second, however often it was said until then. It
   * belongs to no transaction, so call it after the commit.
   *
   * @throws IllegalArgumentException as {@link Notice} does
   */
  public void soon(String topic, String key) {
    var notice = new Notice(topic, key);
    synchronized (waiting) {
      if (waiting.size() >= MOST_WAITING) {
        waiting.clear();
        waiting.add(Notice.all());
      }
      waiting.add(notice);
    }
  }

  /** What was said by {@link #soon}; it is now the caller's. */
  List<Notice> take() {
    synchronized (waiting) {
      var taken = List.copyOf(waiting);
      waiting.clear();
      return taken;
    }
  }

  /** In the transaction of this connection. */
  public static void tell(Connection connection, String topic, String key) throws SQLException {
    var notice = new Notice(topic, key);
    try (var statement =
        Database.prepare(connection, "select pg_notify(?, ?)", CHANNEL, notice.payload())) {
      statement.execute();
    }
  }
}
