package org.meterledger.archive;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.meterledger.driver.Finding;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;
import org.meterledger.server.Node;

/** The statements of one transaction besides those for its rows, each sent once for all. */
final class DeliveryStatements {

  /** Lines that the portal itself writes about what it noticed while reading a meter. */
  static final ObisCode PORTAL_LOGBOOK = ObisCode.of("0-0:99.98.128");

  private final Connection connection;
  private final Node node;
  private final Instant now;

  DeliveryStatements(Connection connection, Node node, Instant now) {
    this.connection = connection;
    this.node = node;
    this.now = now;
  }

  void write(List<Delivery> deliveries, List<Brought> stored, RowStore rows) throws SQLException {
    new CompletenessStatements(connection).write(deliveries, rows);
    profiles(deliveries);
    cursors(deliveries);
    logbook(deliveries, stored, rows);
    refused(deliveries);
    registers(deliveries);
    settings(deliveries);
    settingsParts(deliveries);
    new SessionStatements(connection, node).write(deliveries, stored, now);
  }

  private void profiles(List<Delivery> deliveries) throws SQLException {
    try (var batch =
        new Batch(
            connection,
            """
            update load_profile set capture_period = coalesce(?, capture_period),
                                    first_at = least(first_at, ?) where id = ?""")) {
      for (var delivery : deliveries) {
        for (var rows : delivery.rows()) {
          var first = rows.oldest();
          var known = rows.profile().firstAt();
          if (rows.capturePeriod() != null
              || first != null && (known == null || first.isBefore(known))) {
            batch.add(seconds(rows.capturePeriod()), first, rows.profile().id());
          }
        }
      }
    }
  }

  private static Integer seconds(Duration duration) {
    return duration == null ? null : (int) duration.toSeconds();
  }

  private void cursors(List<Delivery> deliveries) throws SQLException {
    try (var batch =
        new ArrayBatch(
            connection,
            """
            insert into archive_cursor (meter_id, source, epoch, index, at)
            select * from unnest(?, ?, ?, ?, ?)
            on conflict (meter_id, source) do update
              set epoch = excluded.epoch, index = excluded.index, at = excluded.at""",
            2,
            "integer",
            "text",
            "integer",
            "bigint",
            "timestamptz")) {
      for (var delivery : deliveries) {
        for (var progress : delivery.progress()) {
          Cursor cursor = progress.cursor();
          batch.add(
              delivery.meterId(),
              progress.source().toString(),
              cursor.epoch(),
              cursor.index(),
              cursor.at());
        }
      }
    }
  }

  private void logbook(List<Delivery> deliveries, List<Brought> stored, RowStore rows)
      throws SQLException {
    try (var batch =
        new ArrayBatch(
            connection,
            """
            insert into logbook_entry (meter_id, logbook, at, sequence, code, detail, noted_at)
            select * from unnest(?, ?, ?, ?, ?, ?, ?) on conflict do nothing""",
            7,
            "integer",
            "text",
            "timestamptz",
            "bigint",
            "integer",
            "json",
            "timestamptz")) {
      for (int i = 0; i < deliveries.size(); i++) {
        var delivery = deliveries.get(i);
        for (LoggedEvent event : delivery.events()) {
          batch.add(
              delivery.meterId(),
              event.logbook().toString(),
              event.at(),
              event.sequence(),
              event.code(),
              json(event.detail()),
              now);
        }
        int line = 0;
        for (Finding finding : findings(delivery, stored.get(i), rows)) {
          batch.add(
              delivery.meterId(),
              PORTAL_LOGBOOK.toString(),
              delivery.receivedAt(),
              (long) line++,
              finding.kind().code(),
              json(finding.detail()),
              now);
        }
      }
    }
  }

  private static List<Finding> findings(Delivery delivery, Brought stored, RowStore rows) {
    var all = new ArrayList<>(delivery.findings());
    all.addAll(stored.findings());
    for (var profile : delivery.rows()) {
      for (var row : rows.outcome(profile.profile().id()).superseded()) {
        all.add(
            new Finding(
                Finding.Kind.ROW_SUPERSEDED,
                Map.of(
                    "index",
                    String.valueOf(Cursor.index(row.sequence())),
                    "periodEnd",
                    row.periodEnd().toString())));
      }
    }
    return all;
  }

  private void refused(List<Delivery> deliveries) throws SQLException {
    try (var batch =
        new Batch(
            connection,
            """
            insert into refused_row
              (meter_id, source, sequence, reason, field, raw, refused_at)
            values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing""")) {
      for (var delivery : deliveries) {
        for (var refused : delivery.refused()) {
          batch.add(
              delivery.meterId(),
              refused.source().toString(),
              refused.row().sequence(),
              refused.row().reason(),
              refused.row().field(),
              refused.row().raw().replace("\0", ""),
              now);
        }
      }
    }
  }

  private void registers(List<Delivery> deliveries) throws SQLException {
    try (var batch =
        new ArrayBatch(
            connection,
            """
            insert into present_register
              (meter_id, obis, position, value, unit, occurred_at, read_at)
            select * from unnest(?, ?, ?, ?, ?, ?, ?)
            on conflict (meter_id, obis) do update
              set position = greatest(present_register.position, excluded.position),
                  value = excluded.value, unit = excluded.unit,
                  occurred_at = excluded.occurred_at, read_at = excluded.read_at""",
            2,
            "integer",
            "text",
            "smallint",
            "numeric",
            "text",
            "timestamptz",
            "timestamptz")) {
      for (var delivery : deliveries) {
        int position = 0;
        for (var value : delivery.registers()) {
          batch.add(
              delivery.meterId(),
              value.obis().toString(),
              position++,
              value.quantity().value(),
              value.quantity().unit().symbol(),
              value.occurredAt(),
              delivery.receivedAt());
        }
      }
    }
  }

  private void settings(List<Delivery> deliveries) throws SQLException {
    try (var batch =
        new Batch(
            connection,
            """
            insert into meter_settings (meter_id, read_at, settings) values (?, ?, ?::json)
            on conflict (meter_id) do update
              set read_at = excluded.read_at, settings = excluded.settings""")) {
      for (var delivery : deliveries) {
        if (delivery.settings() != null) {
          batch.add(delivery.meterId(), delivery.receivedAt(), json(delivery.settings()));
        }
      }
    }
  }

  private void settingsParts(List<Delivery> deliveries) throws SQLException {
    try (var batch =
        new Batch(
            connection,
            """
            insert into meter_settings_part
              (meter_id, part, read_at, settings, choices, operation_id)
            values (?, ?, ?, ?::json, ?::json, ?)
            on conflict (meter_id, part) do update
              set read_at = excluded.read_at, settings = excluded.settings,
                  choices = excluded.choices, operation_id = excluded.operation_id""")) {
      for (var delivery : deliveries) {
        var ends = delivery.operations();
        for (var told : delivery.settingsParts().entrySet()) {
          var choices = Json.createObjectBuilder();
          told.getValue().choices().forEach((field, names) -> choices.add(field, object(names)));
          batch.add(
              delivery.meterId(),
              told.getKey(),
              delivery.receivedAt(),
              told.getValue().values().toString(),
              choices.build().toString(),
              ends.isEmpty() ? null : ends.get(0).id());
        }
      }
    }
  }

  private static JsonObjectBuilder object(Map<String, String> texts) {
    var object = Json.createObjectBuilder();
    texts.forEach(object::add);
    return object;
  }

  private static String json(Map<String, String> detail) {
    return object(detail).build().toString();
  }
}
