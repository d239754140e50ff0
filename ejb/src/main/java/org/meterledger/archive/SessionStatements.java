package org.meterledger.archive;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.meterledger.metering.ProfileRow;
import org.meterledger.server.Node;

/** What a session with a meter leaves behind: its attempts, when they are due again, its lease. */
final class SessionStatements {

  /**
   * A thousand meters are reason enough for the planner to read all tasks and contacts there are;
   * their keys find them sooner.
   */
  private static final String BY_KEY =
      "set local enable_hashjoin = off; set local enable_mergejoin = off";

  private final Connection connection;
  private final Node node;

  SessionStatements(Connection connection, Node node) {
    this.connection = connection;
    this.node = node;
  }

  void write(List<Delivery> deliveries, List<Stored> stored) throws SQLException {
    if (deliveries.stream().anyMatch(d -> d.contact() != null || !d.attempts().isEmpty())) {
      try (var statement = connection.createStatement()) {
        statement.execute(BY_KEY);
      }
    }
    attempts(deliveries, stored);
    leases(deliveries);
    contacts(deliveries);
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

  /** A lease that ran out meanwhile may be another node's by now; that one stays. */
  private void contacts(List<Delivery> deliveries) throws SQLException {
    try (var batch =
        new ArrayBatch(
            connection,
            """
            update meter_contact c
               set leased_by = nullif(c.leased_by, told.node),
                   leased_until = case when c.leased_by = told.node then told.at
                                       else c.leased_until end,
                   last_attempt_at = told.at,
                   last_contact_at = case when told.answered then told.at
                                          else c.last_contact_at end,
                   last_reading_at = greatest(c.last_reading_at, told.newest),
                   fault = told.fault, fault_detail = told.detail,
                   failures = case when told.fault is null then 0 else c.failures + 1 end,
                   clock_drift_ms = coalesce(told.drift, c.clock_drift_ms),
                   firmware = coalesce(told.firmware, c.firmware)
              from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
                as told (meter_id, at, answered, newest, fault, detail, drift, firmware, node)
             where c.meter_id = told.meter_id""",
            1,
            "integer",
            "timestamptz",
            "boolean",
            "timestamptz",
            "text",
            "text",
            "bigint",
            "text",
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
              end.firmware(),
              node.name());
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
}
