package org.meterledger.operation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.meterledger.meter.MeterSecrets;
import org.meterledger.meter.UnreadableSecret;
import org.meterledger.notice.Notices;
import org.meterledger.server.Database;
import org.meterledger.server.Node;

/** The queue from the side of who does the work. */
@ApplicationScoped
public class OperationQueue {

  /** A session takes no more at once; the rest is due again when it has ended. */
  private static final int MOST_IN_A_SESSION = 200;

  /** Of the notices that something was asked, has begun or has ended. */
  static final String TOPIC = "operations";

  private static final String COLUMNS =
      """
      id, meter_id, bundle_id, step, kind, parameters, expires_at, bypass_retry,
      stop_on_failure, correlation_id, attempts""";

  /** What is urgent first; the steps of a bundle stay together and in their order. */
  private static final String CLAIM =
      """
      with due as (
        select id from operation
         where meter_id = any (?) and state in ('QUEUED', 'WAITING')
           and due_at <= ? and expires_at > ?
           and (bundle_id is null or not exists (
                select 1 from operation b
                 where b.bundle_id = operation.bundle_id and b.step < operation.step
                   and b.state in ('QUEUED', 'WAITING', 'CLAIMED', 'RUNNING')
                   and (b.due_at > ? or b.state in ('CLAIMED', 'RUNNING'))))
         order by priority desc, coalesce(bundle_id, id), step limit ? for update),
      taken as (
        update operation o set state = 'CLAIMED', node = ? from due where o.id = due.id
        returning o.*)
      select"""
          + " "
          + COLUMNS
          + " from taken order by priority desc, coalesce(bundle_id, id), step";

  private final Database database;
  private final Node node;
  private final Notices notices;
  private final OperationSecrets secrets;

  /** For the client proxy only. */
  protected OperationQueue() {
    this(null, null, null, (OperationSecrets) null);
  }

  /** Outside a server, where the environment has the master key. */
  public OperationQueue(Database database, Node node, Notices notices) {
    this(database, node, notices, new OperationSecrets(database, new MeterSecrets()));
  }

  @Inject
  public OperationQueue(Database database, Node node, Notices notices, OperationSecrets secrets) {
    this.secrets = secrets;
    this.database = database;
    this.node = node;
    this.notices = notices;
  }

  /** What is due for meters whose lease the caller has just taken in the same transaction. */
  public List<QueuedOperation> claim(
      Connection connection, Collection<Integer> meterIds, Instant now) throws SQLException {
    try (var statement = connection.prepareStatement(CLAIM)) {
      statement.setArray(1, connection.createArrayOf("integer", meterIds.toArray()));
      for (int parameter = 2; parameter <= 4; parameter++) {
        statement.setTimestamp(parameter, Timestamp.from(now));
      }
      statement.setInt(5, MOST_IN_A_SESSION * meterIds.size());
      statement.setString(6, node.name());
      try (var rows = statement.executeQuery()) {
        var claimed = new ArrayList<QueuedOperation>();
        while (rows.next()) {
          claimed.add(queued(rows));
        }
        return claimed;
      }
    }
  }

  /** The meter is being asked now. */
  public void begin(QueuedOperation operation, Instant now) {
    database.update(
        """
        update operation set state = 'RUNNING', started_at = ?, attempts = attempts + 1
         where id = ? and node = ? and state = 'CLAIMED'""",
        now,
        operation.id(),
        node.name());
    notices.soon(TOPIC, "");
  }

  /**
   * What was given along with it, secrets and all: only for who does it now.
   *
   * @throws UnreadableSecret when a secret cannot be read here
   */
  public JsonObject parameters(QueuedOperation operation) {
    return secrets.parameters(operation);
  }

  /** Gives back what was claimed and not begun. */
  public void release(Collection<Integer> meterIds) {
    database.with(
        connection -> {
          try (var statement =
              Database.prepare(
                  connection,
                  """
                  update operation set state = case when attempts = 0 then 'QUEUED'
                                                    else 'WAITING' end, node = null
                   where meter_id = any (?) and state = 'CLAIMED' and node = ?""",
                  connection.createArrayOf("integer", meterIds.toArray()),
                  node.name())) {
            return statement.executeUpdate();
          }
        });
  }

  /**
   * Ends what has expired, and takes back what was left by nodes whose lease has run out. What
   * cannot be repeated unseen ends with fault UNCONFIRMED: nobody knows whether the meter did it.
   *
   * @param repeatable kinds that may be sent again
   * @return how many changed
   */
  public int sweep(Instant now, Collection<String> repeatable) {
    int changed = expire(now) + takeBack(now, repeatable);
    secrets.forget();
    if (changed > 0) {
      notices.soon(TOPIC, "");
    }
    return changed;
  }

  private int expire(Instant now) {
    return database.update(
        """
        update operation set state = 'EXPIRED', ended_at = ?,
               fault = coalesce(fault, 'EXPIRED'),
               detail = case when state = 'AWAITING_APPROVAL' then
                          'Nobody approved or rejected it in its time' else detail end
         where state in ('AWAITING_APPROVAL', 'QUEUED', 'WAITING') and expires_at <= ?""",
        now,
        now);
  }

  private int takeBack(Instant now, Collection<String> repeatable) {
    return database.with(
        connection -> {
          var kinds = connection.createArrayOf("text", repeatable.toArray());
          try (var statement =
              Database.prepare(
                  connection,
                  """
                  update operation o
                     set state = case when o.state = 'CLAIMED' or o.kind = any (?) then
                                        case when o.attempts = 0 then 'QUEUED' else 'WAITING' end
                                      else 'FAILED' end,
                         ended_at = case when o.state = 'CLAIMED' or o.kind = any (?) then null
                                         else ?::timestamptz end,
                         fault = case when o.state = 'CLAIMED' then o.fault else 'UNCONFIRMED' end,
                         detail = case when o.state = 'CLAIMED' then o.detail else
                           'Node ' || o.node || ' was lost while the meter was being asked' end,
                         node = null
                    from meter_contact c
                   where o.state in ('CLAIMED', 'RUNNING') and c.meter_id = o.meter_id
                     and (c.leased_until <= ? or c.leased_by is distinct from o.node)""",
                  kinds,
                  kinds,
                  now,
                  now)) {
            return statement.executeUpdate();
          }
        });
  }

  private static QueuedOperation queued(ResultSet row) throws SQLException {
    return new QueuedOperation(
        row.getLong("id"),
        row.getInt("meter_id"),
        Database.number(row, "bundle_id"),
        row.getInt("step"),
        row.getString("kind"),
        json(row.getString("parameters")),
        Database.instant(row, "expires_at"),
        row.getBoolean("bypass_retry"),
        row.getBoolean("stop_on_failure"),
        row.getString("correlation_id"),
        row.getInt("attempts"));
  }

  static JsonObject json(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
