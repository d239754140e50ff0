package org.meterledger.archive;

import jakarta.json.Json;
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
import org.meterledger.metering.ProfileRow;
import org.meterledger.server.Node;

/** The statements of one transaction, each sent once as a batch. */
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

  void write(List<Delivery> deliveries, List<Stored> stored, RowStore rows) throws SQLException {
    profiles(deliveries);
    days(rows);
    cursors(deliveries);
    logbook(deliveries, rows);
    refused(deliveries);
    registers(deliveries);
    settings(deliveries);
    attempts(deliveries, stored);
    leases(deliveries);
    contacts(deliveries);
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

  private void days(RowStore rows) throws SQLException {
    try (var batch =
        new Batch(
            connection,
            """
            insert into archive_day (day, node, rows) values (?, ?, ?)
            on conflict (day, node) do update set rows = archive_day.rows + excluded.rows""")) {
      for (var day : rows.days().entrySet()) {
        batch.add(day.getKey(), node.name(), (long) day.getValue());
      }
    }
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

  private void logbook(List<Delivery> deliveries, RowStore rows) throws SQLException {
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
      for (var delivery : deliveries) {
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
        for (Finding finding : findings(delivery, rows)) {
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

  private static List<Finding> findings(Delivery delivery, RowStore rows) {
    var all = new ArrayList<>(delivery.findings());
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
              set position = excluded.position, value = excluded.value, unit = excluded.unit,
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

  private void attempts(List<Delivery> deliveries, List<Stored> stored) throws SQLException {
    try (var insert =
            new ArrayBatch(
                connection,
                """
                insert into reading_attempt
                  (meter_id, kind, started_at, ended_at, node, result, fault, detail,
                   received, stored, superseded, refused)
                select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""",
                3,
                "integer",
                "text",
                "timestamptz",
                "timestamptz",
                "text",
                "text",
                "text",
                "text",
                "integer",
                "integer",
                "integer",
                "integer");
        var next =
            new ArrayBatch(
                connection,
                """
                update reading_task t
                   set due_at = told.due_at,
                       failures = case when told.complete then 0 else t.failures + 1 end
                  from unnest(?, ?, ?, ?) as told (meter_id, kind, due_at, complete)
                 where t.meter_id = told.meter_id and t.kind = told.kind""",
                2,
                "integer",
                "text",
                "timestamptz",
                "boolean")) {
      for (int i = 0; i < deliveries.size(); i++) {
        for (var attempt : deliveries.get(i).attempts()) {
          int meterId = deliveries.get(i).meterId();
          var total =
              attempt.before() == null ? Stored.NOTHING : attempt.before().plus(stored.get(i));
          insert.add(
              meterId,
              attempt.kind(),
              attempt.startedAt(),
              attempt.endedAt(),
              node.name(),
              attempt.result().name(),
              attempt.fault(),
              attempt.detail(),
              attempt.received(),
              total.stored(),
              total.superseded(),
              attempt.refused());
          next.add(
              meterId,
              attempt.kind(),
              attempt.nextDueAt(),
              attempt.result() == Delivery.Attempt.Result.COMPLETE);
        }
      }
    }
  }

  private void leases(List<Delivery> deliveries) throws SQLException {
    try (var batch =
        new Batch(
            connection,
            "update meter_contact set leased_until = ? where meter_id = ? and leased_by = ?")) {
      for (var delivery : deliveries) {
        if (delivery.leasedUntil() != null) {
          batch.add(delivery.leasedUntil(), delivery.meterId(), node.name());
        }
      }
    }
  }

  private void contacts(List<Delivery> deliveries) throws SQLException {
    try (var batch =
        new ArrayBatch(
            connection,
            """
            update meter_contact c
               set leased_by = null, leased_until = told.at, last_attempt_at = told.at,
                   last_contact_at = case when told.answered then told.at
                                          else c.last_contact_at end,
                   last_reading_at = greatest(c.last_reading_at, told.newest),
                   fault = told.fault, fault_detail = told.detail,
                   failures = case when told.fault is null then 0 else c.failures + 1 end,
                   clock_drift_ms = coalesce(told.drift, c.clock_drift_ms),
                   firmware = coalesce(told.firmware, c.firmware)
              from unnest(?, ?, ?, ?, ?, ?, ?, ?)
                as told (meter_id, at, answered, newest, fault, detail, drift, firmware)
             where c.meter_id = told.meter_id""",
            1,
            "integer",
            "timestamptz",
            "boolean",
            "timestamptz",
            "text",
            "text",
            "bigint",
            "text")) {
      for (var delivery : deliveries) {
        var end = delivery.contact();
        if (end != null) {
          batch.add(
              delivery.meterId(),
              end.at(),
              end.answered(),
              newest(delivery),
              end.fault(),
              end.detail(),
              end.clockDrift() == null ? null : end.clockDrift().toMillis(),
              end.firmware());
        }
      }
    }
  }

  private static Instant newest(Delivery delivery) {
    return delivery.rows().stream()
        .filter(rows -> !rows.profile().obis().equals(ProfileCatalog.PRESENT_VALUES))
        .flatMap(rows -> rows.rows().stream())
        .map(ProfileRow::periodEnd)
        .max(Instant::compareTo)
        .orElse(null);
  }

  private static String json(Map<String, String> detail) {
    var object = Json.createObjectBuilder();
    detail.forEach(object::add);
    return object.build().toString();
  }
}
