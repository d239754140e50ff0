package org.meterledger.archive;

import jakarta.json.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
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

  private static final long SLOT_SECONDS = 300;

  private final Connection connection;
  private final Node node;

  SessionStatements(Connection connection, Node node) {
    this.connection = connection;
    this.node = node;
  }

  void write(List<Delivery> deliveries, List<Brought> stored, Instant now) throws SQLException {
    if (deliveries.stream().anyMatch(SessionStatements::ends)) {
      try (var statement = connection.createStatement()) {
        statement.execute(BY_KEY);
      }
    }
    attempts(deliveries, stored);
    operations(deliveries, stored);
    tasks(deliveries);
    resting(deliveries);
    leases(deliveries);
    contacts(deliveries);
    counts(deliveries, stored, now);
  }

  private static boolean ends(Delivery delivery) {
    return delivery.contact() != null
        || !delivery.attempts().isEmpty()
        || !delivery.operations().isEmpty();
  }

  private void attempts(List<Delivery> deliveries, List<Brought> stored) throws SQLException {
    try (var insert =
        new ArrayBatch(
            connection,
            """
            insert into reading_attempt
              (meter_id, kind, started_at, ended_at, node, result, fault, detail,
               received, stored, superseded, refused, operation_id, answer)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing""",
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
            "integer",
            "bigint",
            "text")) {
      for (int i = 0; i < deliveries.size(); i++) {
        for (var attempt : deliveries.get(i).attempts()) {
          var total = total(attempt.before(), stored.get(i));
          insert.add(
              deliveries.get(i).meterId(),
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
              attempt.refused(),
              attempt.operationId(),
              attempt.answer());
        }
      }
    }
  }

  private static Stored total(Stored before, Brought last) {
    return before == null ? Stored.NOTHING : before.plus(last.of(before.of()));
  }

  /** Five minutes are fine enough to see faults come and go. */
  private static Instant slot(Instant at) {
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), SLOT_SECONDS) * SLOT_SECONDS);
  }

  private void counts(List<Delivery> deliveries, List<Brought> stored, Instant now)
      throws SQLException {
    record Key(String kind, String result, String fault) {}
    var order = Comparator.comparing(Key::kind).thenComparing(Key::result);
    var attempts = new TreeMap<Key, long[]>(order.thenComparing(Key::fault));
    for (int i = 0; i < deliveries.size(); i++) {
      for (var attempt : deliveries.get(i).attempts()) {
        var fault = attempt.fault() == null ? "" : attempt.fault();
        var sum =
            attempts.computeIfAbsent(
                new Key(attempt.kind(), attempt.result().name(), fault), k -> new long[2]);
        sum[0]++;
        sum[1] += total(attempt.before(), stored.get(i)).stored();
      }
    }
    try (var batch =
        new ArrayBatch(
            connection,
            """
            insert into reading_count (at, node, kind, result, fault, attempts, rows)
            select * from unnest(?, ?, ?, ?, ?, ?, ?)
            on conflict (at, node, kind, result, fault) do update
              set attempts = reading_count.attempts + excluded.attempts,
                  rows = reading_count.rows + excluded.rows""",
            5,
            "timestamptz",
            "text",
            "text",
            "text",
            "text",
            "bigint",
            "bigint")) {
      attempts.forEach(
          (key, sum) ->
              batch.add(
                  slot(now), node.name(), key.kind(), key.result(), key.fault(), sum[0], sum[1]));
    }
  }

  private void operations(List<Delivery> deliveries, List<Brought> stored) throws SQLException {
    try (var batch =
        new ArrayBatch(
            connection,
            """
            update operation o
               set state = told.state, ended_at = told.ended_at,
                   -- who was not begun, for the meter could not be reached, was tried all the same
                   attempts = o.attempts
                     + (o.state = 'CLAIMED' and told.state in ('WAITING', 'FAILED'))::int,
                   due_at = coalesce(told.due_at, o.due_at), result = told.result,
                   fault = told.fault, detail = told.detail
              from unnest(?, ?, ?, ?, ?, ?, ?, ?)
                as told (id, state, ended_at, due_at, result, fault, detail, node)
             where o.id = told.id and o.node = told.node
               and o.state in ('CLAIMED', 'RUNNING')""",
            1,
            "bigint",
            "text",
            "timestamptz",
            "timestamptz",
            "json",
            "text",
            "text",
            "text")) {
      for (int i = 0; i < deliveries.size(); i++) {
        for (var end : deliveries.get(i).operations()) {
          batch.add(
              end.id(),
              end.state(),
              end.endedAt(),
              end.dueAt(),
              result(end, stored.get(i)),
              end.fault(),
              end.detail(),
              node.name());
        }
      }
    }
  }

  private static String result(Delivery.OperationEnd end, Brought last) {
    if (end.result() == null || end.before() == null) {
      return end.result() == null ? null : end.result().toString();
    }
    var total = total(end.before(), last);
    return Json.createObjectBuilder(end.result())
        .add("stored", total.stored())
        .add("superseded", total.superseded())
        .build()
        .toString();
  }

  private void tasks(List<Delivery> deliveries) throws SQLException {
    try (var batch =
        new ArrayBatch(
            connection,
            """
            update reading_task t
               set due_at = told.due_at, late_at = coalesce(told.late_at, t.late_at),
                   failures = case when told.late_at is null then t.failures + 1 else 0 end,
                   at_period_end = told.at_period_end
              from unnest(?, ?, ?, ?, ?)
                as told (meter_id, plan_id, due_at, late_at, at_period_end)
             where t.meter_id = told.meter_id and t.plan_id = told.plan_id""",
            2,
            "integer",
            "integer",
            "timestamptz",
            "timestamptz",
            "boolean")) {
      for (var delivery : deliveries) {
        for (var end : delivery.tasks()) {
          batch.add(delivery.meterId(), end.planId(), end.dueAt(), end.lateAt(), end.atPeriodEnd());
        }
      }
    }
  }

  /**
   * While a meter rests none of its tasks is due; when it answers again, what became late meanwhile
   * is due at once.
   */
  private void resting(List<Delivery> deliveries) throws SQLException {
    try (var begin =
            new ArrayBatch(
                connection,
                """
                update reading_task t set due_at = told.until
                  from unnest(?, ?) as told (meter_id, until)
                 where t.meter_id = told.meter_id and t.due_at < told.until""",
                1,
                "integer",
                "timestamptz");
        var end =
            new ArrayBatch(
                connection,
                """
                update reading_task t set due_at = told.at
                  from unnest(?, ?) as told (meter_id, at)
                  join meter_contact c on c.meter_id = told.meter_id
                 where c.resting_until is not null and t.meter_id = told.meter_id
                   and t.late_at <= told.at and t.due_at > told.at""",
                1,
                "integer",
                "timestamptz")) {
      for (var delivery : deliveries) {
        var contact = delivery.contact();
        if (contact != null && contact.restingUntil() != null) {
          begin.add(delivery.meterId(), contact.restingUntil());
        } else if (contact != null && contact.answered()) {
          end.add(delivery.meterId(), contact.at());
        }
      }
    }
  }

  /** What a session brings before its end counts as soon as it is stored. */
  private void leases(List<Delivery> deliveries) throws SQLException {
    try (var batch =
        new Batch(
            connection,
            """
            update meter_contact
               set leased_until = ?, last_reading_at = greatest(last_reading_at, ?::timestamptz)
             where meter_id = ? and leased_by = ?""")) {
      for (var delivery : deliveries) {
        if (delivery.leasedUntil() != null) {
          batch.add(delivery.leasedUntil(), newest(delivery), delivery.meterId(), node.name());
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
                   failures = case when told.answered then 0 else c.failures + 1 end,
                   resting_until = told.resting,
                   clock_drift_ms = coalesce(told.drift, c.clock_drift_ms),
                   firmware = coalesce(told.firmware, c.firmware),
                   keeps_load_profile = coalesce(told.keeps, c.keeps_load_profile)
              from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                as told (meter_id, at, answered, newest, fault, detail, drift, firmware, node,
                         resting, keeps)
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
            "text",
            "timestamptz",
            "boolean")) {
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
              node.name(),
              end.restingUntil(),
              keepsLoadProfile(delivery));
        }
      }
    }
  }

  /** Null where the meter was not asked, or gave no answer that tells. */
  private static Boolean keepsLoadProfile(Delivery delivery) {
    return delivery.attempts().stream()
        .filter(each -> each.operationId() == null && each.kind().equals("LOAD_PROFILE"))
        .findFirst()
        .map(
            each ->
                switch (each.result()) {
                  case COMPLETE, PARTIAL -> Boolean.TRUE;
                  case NOT_KEPT -> Boolean.FALSE;
                  case FAILED -> null;
                })
        .orElse(null);
  }

  private static Instant newest(Delivery delivery) {
    return delivery.rows().stream()
        .filter(rows -> !ProfileCatalog.isPresentValues(rows.profile().obis()))
        .flatMap(rows -> rows.rows().stream())
        .map(ProfileRow::periodEnd)
        .max(Instant::compareTo)
        .orElse(null);
  }
}
