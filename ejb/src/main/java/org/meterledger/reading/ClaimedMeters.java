package org.meterledger.reading;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.meterledger.operation.OperationQueue;
import org.meterledger.server.Database;

/** Reads of meters that were just leased what their sessions need to know. */
final class ClaimedMeters {

  private static final String METERS =
      """
      select m.id, m.network_id, m.serial_number, m.model, m.address, m.user_name, m.password,
             m.clock_limit_s, m.time_zone, c.clock_drift_ms, c.failures, g.address as gateway_address,
             g.user_name as gateway_user, g.password as gateway_password, g.certificate, g.old_tls,
             g.time_zone as gateway_zone
        from meter m join meter_contact c on c.meter_id = m.id
        left join gateway_access g on g.gateway_id = m.gateway_id and m.address is null
       where m.id = any (?)""";

  private static final String TASKS =
      """
      select t.meter_id, t.plan_id, t.failures, p.kinds, p.every_s, p.cron, p.time_zone,
             p.spread_s, p.deadline_s
        from reading_task t join reading_plan p on p.id = t.plan_id
       where t.meter_id = any (?) and t.due_at <= ? order by t.due_at""";

  private final OperationQueue operations;
  private final Map<TimingKey, PlanTiming> timings = new ConcurrentHashMap<>();

  ClaimedMeters(OperationQueue operations) {
    this.operations = operations;
  }

  private record TimingKey(Long everySeconds, String cron, String zone, long spreadSeconds) {}

  /**
   * In the transaction that has leased them.
   *
   * @param starts when the session of each may begin, in the order of urgency
   */
  List<DueMeter> read(Connection connection, Map<Integer, Instant> starts, Instant now)
      throws SQLException {
    var meters = new HashMap<Integer, DueMeter>();
    var ids = integers(connection, starts.keySet());
    try (var statement = Database.prepare(connection, METERS, ids);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        meters.put(rows.getInt("id"), meter(rows, starts.get(rows.getInt("id"))));
      }
    }
    for (var operation : operations.claim(connection, starts.keySet(), now)) {
      meters.get(operation.meterId()).operations().add(operation);
    }
    try (var statement = Database.prepare(connection, TASKS, ids, now);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        meters.get(rows.getInt("meter_id")).tasks().add(task(rows));
      }
    }
    return starts.keySet().stream().map(meters::get).toList();
  }

  private static DueMeter meter(ResultSet row, Instant startAt) throws SQLException {
    Long drift = Database.number(row, "clock_drift_ms");
    return new DueMeter(
        row.getInt("id"),
        row.getInt("network_id"),
        row.getString("serial_number"),
        row.getString("model"),
        row.getString("address"),
        row.getString("user_name"),
        row.getBytes("password"),
        gateway(row),
        startAt,
        row.getInt("failures"),
        Duration.ofSeconds(row.getInt("clock_limit_s")),
        drift == null ? null : Duration.ofMillis(drift),
        ZoneId.of(row.getString("time_zone")),
        new ArrayList<>(),
        new ArrayList<>());
  }

  private static DueMeter.ThroughGateway gateway(ResultSet row) throws SQLException {
    return row.getString("gateway_address") == null
        ? null
        : new DueMeter.ThroughGateway(
            row.getString("gateway_address"),
            row.getString("gateway_user"),
            row.getBytes("gateway_password"),
            row.getString("certificate"),
            row.getBoolean("old_tls"),
            ZoneId.of(row.getString("gateway_zone")));
  }

  private DueMeter.DueTask task(ResultSet row) throws SQLException {
    var kinds = EnumSet.noneOf(TaskKind.class);
    for (var kind : (String[]) row.getArray("kinds").getArray()) {
      kinds.add(TaskKind.valueOf(kind));
    }
    var key =
        new TimingKey(
            Database.number(row, "every_s"),
            row.getString("cron"),
            row.getString("time_zone"),
            row.getLong("spread_s"));
    return new DueMeter.DueTask(
        row.getInt("plan_id"),
        kinds,
        timings.computeIfAbsent(key, ClaimedMeters::timing),
        key.everySeconds() == null ? null : Duration.ofSeconds(key.everySeconds()),
        Duration.ofSeconds(row.getInt("deadline_s")),
        row.getInt("failures"),
        null);
  }

  private static PlanTiming timing(TimingKey key) {
    var spread = Duration.ofSeconds(key.spreadSeconds());
    return key.cron() == null
        ? PlanTiming.every(Duration.ofSeconds(key.everySeconds()), spread)
        : PlanTiming.cron(key.cron(), ZoneId.of(key.zone()), spread);
  }

  static Array integers(Connection connection, Collection<Integer> numbers) throws SQLException {
    return connection.createArrayOf("integer", numbers.toArray());
  }
}
