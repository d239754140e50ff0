package org.meterledger.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.meterledger.server.Database;
import org.meterledger.server.Node;

/** The queue of deliveries from the side of who makes them. */
@ApplicationScoped
public class DeliveryQueue {

  /** Longer than an attempt takes; when a node dies, another tries again after that. */
  private static final Duration LEASE = Duration.ofSeconds(60);

  private static final String CLAIM =
      """
      with due as (
        select id, created_at from webhook_delivery
         where webhook_id = ? and state = 'QUEUED' and due_at <= ?
         order by due_at limit 1 for update skip locked)
      update webhook_delivery d
         set claimed_by = ?, due_at = ?, attempts = d.attempts + 1
        from due where d.id = due.id and d.created_at = due.created_at
      returning d.*""";

  /** Only by who still has it: attempts tell whether another has taken it since. */
  private static final String OWN =
      " where id = ? and created_at = ? and state = 'QUEUED' and claimed_by = ? and attempts = ?";

  private final Database database;
  private final Node node;

  /** For the client proxy only. */
  protected DeliveryQueue() {
    this(null, null);
  }

  @Inject
  public DeliveryQueue(Database database, Node node) {
    this.database = database;
    this.node = node;
  }

  /** A delivery that this node is to make. */
  record Claimed(
      long id,
      Instant createdAt,
      UUID messageId,
      String body,
      int attempts,
      int failures,
      Instant expiresAt) {}

  /**
   * A webhook that has something to be sent.
   *
   * @param secret encrypted
   * @param due deliveries, at most as many as were asked for
   */
  record Target(int id, String name, String url, byte[] secret, int due) {}

  /** In the transaction of this connection. */
  static void add(
      Connection connection, int webhookId, String event, Integer meterId, String body, Instant now)
      throws SQLException {
    try (var statement =
        Database.prepare(
            connection,
            """
            insert into webhook_delivery
                (id, webhook_id, message_id, event, meter_id, body, state, created_at, due_at,
                 expires_at)
              values (nextval('webhook_delivery_number'), ?, ?, ?, ?, ?, 'QUEUED', ?, ?, ?)""",
            webhookId,
            UUID.randomUUID(),
            event,
            meterId,
            body,
            now,
            now,
            now.plus(NextTry.PATIENCE))) {
      statement.executeUpdate();
    }
  }

  /** Webhooks that are enabled and have something due. */
  List<Target> due(Instant now, int atMost) {
    return database.query(
        """
        select w.*, d.due from webhook w cross join lateral (
               select count(*) as due from (
                 select from webhook_delivery d
                  where d.webhook_id = w.id and d.state = 'QUEUED' and d.due_at <= ? limit ?) few) d
         where w.enabled and d.due > 0 order by w.id""",
        DeliveryQueue::target,
        now,
        atMost);
  }

  /** As it is now; empty when it is disabled or gone. */
  Optional<Target> target(int webhookId) {
    return database.first(
        "select *, 1 as due from webhook where id = ? and enabled",
        DeliveryQueue::target,
        webhookId);
  }

  /** Claims what has waited longest, of one webhook. */
  Optional<Claimed> claim(int webhookId, Instant now) {
    return database.first(
        CLAIM,
        row ->
            new Claimed(
                row.getLong("id"),
                Database.instant(row, "created_at"),
                row.getObject("message_id", UUID.class),
                row.getString("body"),
                row.getInt("attempts"),
                row.getInt("failures"),
                Database.instant(row, "expires_at")),
        webhookId,
        now,
        node.name(),
        now.plus(LEASE));
  }

  /** The receiver has taken it. */
  void delivered(Claimed delivery, int status, Instant now) {
    database.update(
        """
        update webhook_delivery
           set state = 'DELIVERED', claimed_by = null, tried_at = ?, status = ?, fault = null,
               failures = 0"""
            + OWN,
        now,
        status,
        delivery.id(),
        delivery.createdAt(),
        node.name(),
        delivery.attempts());
  }

  /**
   * The receiver has not taken it.
   *
   * @param nextTry null to give it up
   */
  void failed(Claimed delivery, Posting.Outcome outcome, Instant nextTry, Instant now) {
    database.update(
        """
        update webhook_delivery
           set state = case when ?::timestamptz is null then 'FAILED' else 'QUEUED' end,
               due_at = coalesce(?::timestamptz, due_at), claimed_by = null, tried_at = ?,
               status = ?::integer, fault = ?, failures = failures + 1"""
            + OWN,
        nextTry,
        nextTry,
        now,
        outcome.status(),
        outcome.fault(),
        delivery.id(),
        delivery.createdAt(),
        node.name(),
        delivery.attempts());
  }

  /**
   * Gives up what could not even be tried in time: too much waits, or the webhook is disabled.
   *
   * @return how many
   */
  int expire(Instant now) {
    return database.update(
        """
        update webhook_delivery
           set state = 'FAILED', claimed_by = null,
               fault = coalesce(fault, 'Not tried in time')
         where state = 'QUEUED' and expires_at <= ? and due_at <= ?""",
        now,
        now);
  }

  private static Target target(ResultSet row) throws SQLException {
    return new Target(
        row.getInt("id"),
        row.getString("name"),
        row.getString("url"),
        row.getBytes("secret"),
        row.getInt("due"));
  }
}
