package org.meterledger.webhook;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.meterledger.access.Permission;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.meter.MeterSecrets;
import org.meterledger.server.ChangedMeanwhile;
import org.meterledger.server.Database;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;

/** The webhooks and the log of what they were told. */
@Stateless
@RolesAllowed(Permission.Names.MANAGE_WEBHOOKS)
public class Webhooks {

  private static final String WEBHOOKS =
      """
      select w.*, g.name as group_name,
             (select count(*) from webhook_delivery q
               where q.webhook_id = w.id and q.state = 'QUEUED') as queued,
             d.id as d_id, d.message_id as d_message_id, d.event as d_event,
             d.serial_number as d_serial_number, d.state as d_state, d.attempts as d_attempts,
             d.created_at as d_created_at, d.tried_at as d_tried_at, d.due_at as d_due_at,
             d.status as d_status, d.fault as d_fault
        from webhook w
        left join meter_group g on g.id = w.group_id
        left join lateral (
          select d.*, m.serial_number from webhook_delivery d left join meter m on m.id = d.meter_id
           where d.webhook_id = w.id order by d.id desc limit 1) d on true""";

  private static final String DELIVERIES =
      """
      select d.id as d_id, d.message_id as d_message_id, d.event as d_event,
             m.serial_number as d_serial_number, d.state as d_state, d.attempts as d_attempts,
             d.created_at as d_created_at, d.tried_at as d_tried_at, d.due_at as d_due_at,
             d.status as d_status, d.fault as d_fault
        from webhook_delivery d left join meter m on m.id = d.meter_id
       where d.webhook_id = ?""";

  private final Database database;
  private final Clock clock;
  private final AddressRules addresses;
  private final MeterSecrets secrets;
  private final Audit audit;

  /** For the container only. */
  public Webhooks() {
    this(null, null, null, null, null);
  }

  @Inject
  public Webhooks(
      Database database, Clock clock, AddressRules addresses, MeterSecrets secrets, Audit audit) {
    this.database = database;
    this.clock = clock;
    this.addresses = addresses;
    this.secrets = secrets;
    this.audit = audit;
  }

  /**
   * A new webhook.
   *
   * @param secret that signs; it is told here and never again
   */
  public record Added(Webhook webhook, String secret) {}

  /** By name. */
  public List<Webhook> all() {
    return database.query(WEBHOOKS + " order by w.name", Webhooks::webhook);
  }

  /**
   * @throws NotThere when there is none
   */
  public Webhook get(int id) {
    return database
        .first(WEBHOOKS + " where w.id = ?", Webhooks::webhook, id)
        .orElseThrow(() -> new NotThere("webhook " + id));
  }

  /** What a form or the API shows of a webhook; its secret is not in it. */
  public WebhookDetails details(Webhook webhook) {
    var details = new WebhookDetails();
    details.setName(webhook.name());
    details.setUrl(webhook.url());
    details.setEvents(new TreeSet<>(webhook.events()));
    details.setGroupId(webhook.groupId());
    details.setEnabled(webhook.enabled());
    return details;
  }

  /**
   * @throws InvalidInput when the name is taken, the address leads where none may, the group is not
   *     known or the secret is none
   */
  public Added add(WebhookDetails details) {
    check(details, 0);
    var secret =
        details.getSecret() == null
            ? SigningSecret.random()
            : SigningSecret.of(details.getSecret());
    int id =
        database
            .first(
                """
                insert into webhook
                    (name, url, events, group_id, secret, enabled, version, created_at)
                  values (?, ?, string_to_array(?, ','), ?, ?, ?, 0, ?) returning id""",
                row -> row.getInt(1),
                details.getName(),
                details.getUrl(),
                joined(details.getEvents()),
                details.getGroupId(),
                secrets.encrypt(secret.text()),
                details.isEnabled(),
                clock.instant())
            .orElseThrow();
    audit.done(AuditAction.WEBHOOK_ADD, details.getName(), null, details(get(id)));
    return new Added(get(id), secret.text());
  }

  /**
   * What is queued already goes to the new address, signed with the new secret.
   *
   * @param version the caller has seen
   * @throws ChangedMeanwhile when the webhook has another version by now
   * @throws InvalidInput as {@link #add}
   */
  public Webhook change(int id, int version, WebhookDetails details) {
    var webhook = get(id);
    check(details, id);
    byte[] secret =
        details.getSecret() == null
            ? null
            : secrets.encrypt(SigningSecret.of(details.getSecret()).text());
    int changed =
        database.update(
            """
            update webhook set name = ?, url = ?, events = string_to_array(?, ','), group_id = ?,
                   secret = coalesce(?, secret), enabled = ?, version = version + 1
             where id = ? and version = ?""",
            details.getName(),
            details.getUrl(),
            joined(details.getEvents()),
            details.getGroupId(),
            secret,
            details.isEnabled(),
            id,
            version);
    if (changed == 0) {
      throw new ChangedMeanwhile("Webhook " + webhook.name());
    }
    var now = details(get(id));
    now.setSecret(secret == null ? null : Audit.HIDDEN);
    audit.done(AuditAction.WEBHOOK_CHANGE, webhook.name(), details(webhook), now);
    return get(id);
  }

  /**
   * With all that was not told yet.
   *
   * @throws NotThere when there is none
   */
  public void remove(int id) {
    var webhook = get(id);
    database.update("delete from webhook where id = ?", id);
    audit.done(AuditAction.WEBHOOK_REMOVE, webhook.name(), details(webhook), null);
  }

  /**
   * The log, newest first.
   *
   * @param state null for all
   * @param first number of the first row, from 0
   * @param max rows at most
   */
  public List<WebhookDelivery> deliveries(int id, WebhookDelivery.State state, int first, int max) {
    String name = state == null ? null : state.name();
    return database.query(
        DELIVERIES + " and (?::text is null or d.state = ?) order by d.id desc limit ? offset ?",
        Webhooks::delivery,
        id,
        name,
        name,
        max,
        first);
  }

  /**
   * @param state null for all
   */
  public long count(int id, WebhookDelivery.State state) {
    String name = state == null ? null : state.name();
    return database
        .first(
            "select count(*) from webhook_delivery"
                + " where webhook_id = ? and (?::text is null or state = ?)",
            row -> row.getLong(1),
            id,
            name,
            name)
        .orElseThrow();
  }

  /**
   * Queues a message of type PING, which goes the way of all others.
   *
   * @throws NotThere when there is no such webhook
   * @throws InvalidInput when it is disabled
   */
  public WebhookDelivery test(int id) {
    var webhook = get(id);
    if (!webhook.enabled()) {
      throw new InvalidInput("enabled", "disabled", "Webhook " + webhook.name() + " is disabled");
    }
    var now = clock.instant();
    var body =
        Json.createObjectBuilder()
            .add("type", "PING")
            .add("at", now.toString())
            .add("webhook", webhook.name())
            .build();
    database.with(
        connection -> {
          DeliveryQueue.add(connection, id, "PING", null, body.toString(), now);
          return null;
        });
    audit.done(AuditAction.WEBHOOK_TEST, webhook.name(), null, null);
    return database
        .first(
            DELIVERIES + " and d.event = 'PING' order by d.id desc limit 1", Webhooks::delivery, id)
        .orElseThrow();
  }

  /**
   * Has a delivery made again now, and tried for another 24 hours; its message id stays. One that
   * is under way is left alone.
   *
   * @throws NotThere when there is no such delivery
   */
  public WebhookDelivery retry(int id, long deliveryId) {
    var webhook = get(id);
    var now = clock.instant();
    database.update(
        """
        update webhook_delivery
           set state = 'QUEUED', due_at = ?, expires_at = ?, failures = 0, claimed_by = null
         where id = ? and webhook_id = ? and (claimed_by is null or due_at <= ?)""",
        now,
        now.plus(NextTry.PATIENCE),
        deliveryId,
        id,
        now);
    audit.done(AuditAction.WEBHOOK_RETRY, webhook.name(), null, Map.of("delivery", deliveryId));
    return database
        .first(DELIVERIES + " and d.id = ?", Webhooks::delivery, id, deliveryId)
        .orElseThrow(() -> new NotThere("delivery " + deliveryId + " of webhook " + id));
  }

  private void check(WebhookDetails details, int exceptId) {
    if (details.getEvents().isEmpty()) {
      throw new InvalidInput("events", "required", "At least one event is needed");
    }
    try {
      addresses.check(details.getUrl());
    } catch (AddressRefused e) {
      throw new InvalidInput("url", e.rule(), e.getMessage());
    }
    if (!secrets.available()) {
      throw new InvalidInput(
          "secret", "masterKey", "Webhooks need " + MeterSecrets.MASTER_KEY + " to be set");
    }
    if (database
        .first(
            "select 1 from webhook where name = ? and id <> ?",
            row -> 1,
            details.getName(),
            exceptId)
        .isPresent()) {
      throw new InvalidInput("name", "unique", "The name " + details.getName() + " is taken");
    }
    if (details.getGroupId() != null
        && database
            .first("select 1 from meter_group where id = ?", row -> 1, details.getGroupId())
            .isEmpty()) {
      throw new InvalidInput("groupId", "unknown", "No group " + details.getGroupId());
    }
  }

  private static String joined(SortedSet<WebhookEvent> events) {
    return String.join(",", events.stream().map(Enum::name).toList());
  }

  private static Webhook webhook(ResultSet row) throws SQLException {
    var events =
        Stream.of((String[]) row.getArray("events").getArray())
            .map(WebhookEvent::valueOf)
            .sorted()
            .toList();
    Long group = Database.number(row, "group_id");
    return new Webhook(
        row.getInt("id"),
        row.getString("name"),
        row.getString("url"),
        events,
        group == null ? null : group.intValue(),
        row.getString("group_name"),
        row.getBoolean("enabled"),
        row.getInt("version"),
        Database.instant(row, "created_at"),
        row.getLong("queued"),
        Database.number(row, "d_id") == null ? null : delivery(row));
  }

  private static WebhookDelivery delivery(ResultSet row) throws SQLException {
    var state = WebhookDelivery.State.valueOf(row.getString("d_state"));
    Long status = Database.number(row, "d_status");
    return new WebhookDelivery(
        row.getLong("d_id"),
        row.getObject("d_message_id", UUID.class),
        row.getString("d_event"),
        row.getString("d_serial_number"),
        state,
        row.getInt("d_attempts"),
        Database.instant(row, "d_created_at"),
        Database.instant(row, "d_tried_at"),
        state == WebhookDelivery.State.QUEUED ? Database.instant(row, "d_due_at") : null,
        status == null ? null : status.intValue(),
        row.getString("d_fault"));
  }
}
