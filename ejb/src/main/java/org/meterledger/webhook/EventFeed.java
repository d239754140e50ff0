package org.meterledger.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.meterledger.logbook.Meanings;
import org.meterledger.metering.ObisCode;
import org.meterledger.server.Database;

/**
 * Makes deliveries of what the triggers have noted. Taking away and queueing share a transaction,
 * so whichever node does it, and wherever it dies, each event is queued once.
 */
@ApplicationScoped
public class EventFeed {

  /** Noted events that are taken at once. */
  static final int BLOCK = 500;

  private static final Logger LOGGER = System.getLogger(EventFeed.class.getName());

  /** An array, as the limit must hold however the outer statement is planned. */
  private static final String TAKE =
      """
      with taken as (
        delete from webhook_event where id = any (array(
          select id from webhook_event order by id limit ? for update skip locked))
        returning *)
      select t.*, m.serial_number, m.model, w.id as told, o.id as ended, o.kind, o.state, o.result,
             o.fault, o.detail as fault_detail, o.correlation_id, o.group_id, o.bundle_id, o.step,
             o.attempts, o.requested_by, o.requested_at, o.ended_at
        from taken t
        join meter m on m.id = t.meter_id
        left join webhook w on w.id = t.webhook_id
        left join operation o on o.id = t.operation_id
       order by t.id""";

  private final Database database;
  private final Meanings meanings;
  private final Clock clock;

  /** For the client proxy only. */
  protected EventFeed() {
    this(null, null, null);
  }

  @Inject
  public EventFeed(Database database, Meanings meanings, Clock clock) {
    this.database = database;
    this.meanings = meanings;
    this.clock = clock;
  }

  /**
   * Queues a block of events.
   *
   * @return how many were taken, alarms or not; as many as {@link #BLOCK} when there may be more
   */
  int queue() {
    return database.inTransaction(
        connection -> {
          try (var statement = Database.prepare(connection, TAKE, BLOCK);
              var rows = statement.executeQuery()) {
            int taken = 0;
            while (rows.next()) {
              taken++;
              queue(connection, rows);
            }
            return taken;
          }
        });
  }

  /** Who was told may be gone by now, and most lines are no alarms. */
  private void queue(Connection connection, ResultSet row) throws SQLException {
    if (Database.number(row, "told") == null) {
      return;
    }
    var event =
        row.getString("logbook") == null ? WebhookEvent.OPERATION_ENDED : WebhookEvent.ALARM;
    var body = event == WebhookEvent.ALARM ? alarm(row) : operation(row);
    if (body.isPresent()) {
      DeliveryQueue.add(
          connection,
          row.getInt("webhook_id"),
          event.name(),
          row.getInt("meter_id"),
          body.get().toString(),
          clock.instant());
    }
  }

  /** Under the names that the API has for it, and as there: what is not known is left out. */
  private static Optional<JsonObject> operation(ResultSet row) throws SQLException {
    if (Database.number(row, "ended") == null) {
      return Optional.empty(); // dropped with its month before it could be told
    }
    var operation =
        Json.createObjectBuilder()
            .add("id", row.getString("operation_id"))
            .add("meter", row.getString("serial_number"));
    text(operation, "group", row.getString("group_id"));
    text(operation, "bundle", row.getString("bundle_id"));
    operation
        .add("step", row.getInt("step"))
        .add("kind", row.getString("kind"))
        .add("correlationId", row.getString("correlation_id"))
        .add("requestedBy", row.getString("requested_by"))
        .add("requestedAt", Database.instant(row, "requested_at").toString())
        .add("state", row.getString("state"))
        .add("attempts", row.getInt("attempts"))
        .add("endedAt", Database.instant(row, "ended_at").toString());
    if (row.getString("result") != null) {
      operation.add("result", json(row.getString("result")));
    }
    text(operation, "fault", row.getString("fault"));
    text(operation, "detail", row.getString("fault_detail"));
    return Optional.of(
        body(WebhookEvent.OPERATION_ENDED, Database.instant(row, "ended_at"), row)
            .add("operation", operation)
            .build());
  }

  private Optional<JsonObject> alarm(ResultSet row) throws SQLException {
    var logbook = ObisCode.of(row.getString("logbook"));
    int code = row.getInt("code");
    Optional<String> words;
    try {
      words = meanings.alarm(row.getString("model"), logbook, code, Locale.ENGLISH);
    } catch (IllegalArgumentException e) { // one such meter must not hold up all others
      LOGGER.log(
          Level.ERROR,
          "No webhook is told of meter {0}: {1}",
          row.getInt("meter_id"),
          e.toString());
      return Optional.empty();
    }
    if (words.isEmpty()) {
      return Optional.empty();
    }
    var at = Database.instant(row, "at");
    return Optional.of(
        body(WebhookEvent.ALARM, at, row)
            .add(
                "alarm",
                Json.createObjectBuilder()
                    .add("meter", row.getString("serial_number"))
                    .add("logbook", logbook.toString())
                    .add("at", at.toString())
                    .add("sequence", row.getLong("sequence"))
                    .add("code", code)
                    .add("severity", "ALARM")
                    .add("meaning", words.get())
                    .add("detail", json(row.getString("detail")))
                    .add("notedAt", Database.instant(row, "noted_at").toString()))
            .build());
  }

  private static JsonObjectBuilder body(WebhookEvent type, Instant at, ResultSet row)
      throws SQLException {
    return Json.createObjectBuilder()
        .add("type", type.name())
        .add("at", at.toString())
        .add("meter", row.getString("serial_number"));
  }

  private static void text(JsonObjectBuilder json, String name, String value) {
    if (value != null) {
      json.add(name, value);
    }
  }

  private static JsonValue json(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readValue();
    }
  }
}
