package org.meterledger.notice;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
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

  private final Database database;

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

  /** In the transaction of this connection. */
  public static void tell(Connection connection, String topic, String key) throws SQLException {
    var notice = new Notice(topic, key);
    try (var statement =
        Database.prepare(connection, "select pg_notify(?, ?)", CHANNEL, notice.payload())) {
      statement.execute();
    }
  }
}
