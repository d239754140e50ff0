package org.meterledger.secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.meter.MeterSecrets;
import org.meterledger.meter.UnreadableSecret;
import org.meterledger.server.Database;

/**
 * All secrets that are stored encrypted: counts them by the id of their master key, and re-encrypts
 * them under the one that encrypts now. A batch is a transaction, so whoever breaks off leaves each
 * secret whole under the one key or the other, and going on later is the same as beginning.
 */
@ApplicationScoped
public class StoredSecrets {

  static final int BATCH = 1_000;

  private final Database database;
  private final MeterSecrets secrets;
  private final Audit audit;

  /** For the client proxy only. */
  protected StoredSecrets() {
    this(null, null, null);
  }

  @Inject
  public StoredSecrets(Database database, MeterSecrets secrets, Audit audit) {
    this.database = database;
    this.secrets = secrets;
    this.audit = audit;
  }

  /** One that no master key opens, and why; nothing of the secret. */
  public record Unreadable(SecretColumn column, int id, String reason) {}

  /**
   * What became of a batch.
   *
   * @param last the highest id in it; null where there was nothing left
   */
  record Batch(Integer last, int reencrypted, List<Unreadable> unreadable) {}

  private record Row(int id, byte[] secret) {}

  /** How many are stored under which master key, by its id. */
  public SortedMap<Integer, Long> counts(SecretColumn column) {
    var counts = new TreeMap<Integer, Long>();
    database.query(
        column.sql(
            "select get_byte(%2$s, 0), count(*) from %1$s where %2$s is not null group by 1"),
        row -> counts.put(row.getInt(1), row.getLong(2)));
    return counts;
  }

  /** How many cannot be read for want of which key; a sentence for each. */
  List<String> complaints() {
    var complaints = new ArrayList<String>();
    for (var column : SecretColumn.values()) {
      counts(column)
          .forEach(
              (key, count) -> {
                if (!secrets.keys().ids().contains(key)) {
                  complaints.add(
                      "%d of %s cannot be read: the master key %d is not in %s"
                          .formatted(count, column, key, MeterSecrets.MASTER_KEY));
                }
              });
    }
    return complaints;
  }

  /**
   * Re-encrypts the next ones that are under another key.
   *
   * @param after only of higher ids
   * @param waiting for what somebody else is changing; else that is left out
   */
  Batch reencrypt(SecretColumn column, int after, boolean waiting) {
    return database.inTransaction(
        connection -> {
          var rows = rows(connection, column, after, waiting);
          var unreadable = new ArrayList<Unreadable>();
          var before = new TreeMap<String, Integer>();
          try (var update =
              connection.prepareStatement(column.sql("update %1$s set %2$s = ? where %3$s = ?"))) {
            for (var row : rows) {
              try {
                update.setBytes(1, secrets.encryptAnew(row.secret()));
              } catch (UnreadableSecret e) {
                unreadable.add(new Unreadable(column, row.id(), e.getMessage()));
                continue;
              }
              update.setInt(2, row.id());
              update.addBatch();
              before.merge(String.valueOf(MeterSecrets.keyId(row.secret())), 1, Integer::sum);
            }
            update.executeBatch();
          }
          int reencrypted = rows.size() - unreadable.size();
          if (reencrypted > 0) {
            audit.done(
                connection,
                AuditAction.SECRETS_ROTATE,
                column.toString(),
                Map.of("underMasterKey", before),
                Map.of(
                    "underMasterKey",
                    Map.of(String.valueOf(secrets.keys().current()), reencrypted)));
          }
          return new Batch(
              rows.isEmpty() ? null : rows.get(rows.size() - 1).id(), reencrypted, unreadable);
        });
  }

  private List<Row> rows(Connection connection, SecretColumn column, int after, boolean waiting)
      throws SQLException {
    String sql =
        column.sql(
            """
            select %3$s, %2$s from %1$s
             where %2$s is not null and get_byte(%2$s, 0) <> ? and %3$s > ?
             order by %3$s limit ? for update""");
    try (var statement =
            Database.prepare(
                connection,
                waiting ? sql : sql + " skip locked",
                secrets.keys().current(),
                after,
                BATCH);
        var found = statement.executeQuery()) {
      var rows = new ArrayList<Row>();
      while (found.next()) {
        rows.add(new Row(found.getInt(1), found.getBytes(2)));
      }
      return rows;
    }
  }

  /** Some could not be re-encrypted. */
  void failed(SecretColumn column) {
    audit.failed(AuditAction.SECRETS_ROTATE, column.toString());
  }
}
