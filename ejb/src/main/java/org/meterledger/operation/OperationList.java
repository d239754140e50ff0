package org.meterledger.operation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterledger.access.MeterScope;
import org.meterledger.server.Database;

/** Looks into the queue and at what has ended, of the meters that are seen; newest first. */
@ApplicationScoped
public class OperationList {

  private static final int MOST_ROWS = 1_000;
  private static final String LIVE =
      "('AWAITING_APPROVAL', 'QUEUED', 'CLAIMED', 'RUNNING', 'WAITING')";

  private static final String SELECT =
      """
      select o.*, m.serial_number, m.time_zone, a.approved, a.decided_by, a.decided_at, a.reason
        from operation o join meter m on m.id = o.meter_id
        left join operation_approval a on a.id = o.approval_id""";

  private final Database database;

  /** For the client proxy only. */
  protected OperationList() {
    this(null);
  }

  @Inject
  public OperationList(Database database) {
    this.database = database;
  }

  public Optional<MeterOperation> find(MeterScope sight, long id) {
    var parameters = new ArrayList<Object>(List.of(id));
    return database.first(
        SELECT + " where o.id = ?" + sight.and("o.meter_id", parameters),
        OperationList::operation,
        parameters.toArray());
  }

  /** The steps of a bundle, in their order. */
  public List<MeterOperation> bundle(MeterScope sight, long bundleId) {
    var parameters = new ArrayList<Object>(List.of(bundleId));
    return database.query(
        SELECT
            + " where o.bundle_id = ?"
            + sight.and("o.meter_id", parameters)
            + " order by o.step",
        OperationList::operation,
        parameters.toArray());
  }

  /**
   * A page of the list.
   *
   * @param first number of the first row, from 0
   * @param max rows at most, 1..1000
   */
  public List<MeterOperation> rows(MeterScope sight, OperationFilter filter, int first, int max) {
    var parameters = new ArrayList<Object>();
    String where = where(sight, filter, parameters);
    parameters.add(Math.min(max, MOST_ROWS));
    parameters.add(first);
    return database.query(
        SELECT + where + " order by o.id desc limit ? offset ?",
        OperationList::operation,
        parameters.toArray());
  }

  public long count(MeterScope sight, OperationFilter filter) {
    var parameters = new ArrayList<Object>();
    String where = where(sight, filter, parameters);
    String meter = filter.serialNumber() == null ? "" : " join meter m on m.id = o.meter_id";
    return database
        .first(
            "select count(*) from operation o" + meter + where,
            row -> row.getLong(1),
            parameters.toArray())
        .orElseThrow();
  }

  /** How many that have not ended are in which state; states without are there with 0. */
  public Map<OperationState, Long> live(MeterScope sight) {
    var counts = new EnumMap<OperationState, Long>(OperationState.class);
    for (var state : OperationState.values()) {
      if (!state.ended()) {
        counts.put(state, 0L);
      }
    }
    var parameters = new ArrayList<Object>();
    database.query(
        "select state, count(*) from operation where state in "
            + LIVE
            + sight.and("meter_id", parameters)
            + " group by state",
        row -> counts.put(OperationState.valueOf(row.getString(1)), row.getLong(2)),
        parameters.toArray());
    return counts;
  }

  /** How many of those requested at or after a time have come to nothing: failed or expired. */
  public Map<OperationState, Long> unsuccessful(MeterScope sight, Instant requested) {
    var counts = new EnumMap<OperationState, Long>(OperationState.class);
    counts.put(OperationState.FAILED, 0L);
    counts.put(OperationState.EXPIRED, 0L);
    var parameters = new ArrayList<Object>(List.of(NewOperations.firstId(requested)));
    database.query(
        "select state, count(*) from operation where id >= ? and state in ('FAILED', 'EXPIRED')"
            + sight.and("meter_id", parameters)
            + " group by state",
        row -> counts.put(OperationState.valueOf(row.getString(1)), row.getLong(2)),
        parameters.toArray());
    return counts;
  }

  /** As {@link #groups}. */
  public Optional<GroupProgress> group(MeterScope sight, long id) {
    return groups(sight, " and g.id = ?", id).stream().findFirst();
  }

  /** Requests to many meters, newest first, as far as they went to meters that are seen. */
  public List<GroupProgress> groups(MeterScope sight, int first, int max) {
    return groups(sight, " order by g.id desc limit ? offset ?", Math.min(max, MOST_ROWS), first);
  }

  private List<GroupProgress> groups(MeterScope sight, String which, Object... wanted) {
    var parameters = new ArrayList<Object>();
    String seen = sight.and("o.meter_id", parameters);
    String any = "";
    if (!sight.everything()) {
      any =
          " and exists (select 1 from operation o where o.group_id = g.id"
              + sight.and("o.meter_id", parameters)
              + ")";
    }
    parameters.addAll(List.of(wanted));
    return database.query(
        "select g.*, a.id as approval_id, a.approved, a.decided_by, a.decided_at, a.reason,"
            + " (select json_object_agg(state, n)::text"
            + " from (select state, count(*) as n from operation o where o.group_id = g.id"
            + seen
            + " group by state) counted) as states from operation_group g"
            + " left join operation_approval a on a.id = g.id where true"
            + any
            + which,
        row -> progress(sight, row),
        parameters.toArray());
  }

  private static GroupProgress progress(MeterScope sight, ResultSet row) throws SQLException {
    var states = new EnumMap<OperationState, Long>(OperationState.class);
    if (row.getString("states") != null) {
      var counted = OperationQueue.json(row.getString("states"));
      counted
          .keySet()
          .forEach(
              state ->
                  states.put(
                      OperationState.valueOf(state),
                      counted.getJsonNumber(state).longValueExact()));
    }
    Long group = Database.number(row, "group_id");
    return new GroupProgress(
        row.getLong("id"),
        row.getString("kind"),
        row.getString("parameters"),
        approval(row),
        group == null ? null : group.intValue(),
        row.getString("requested_by"),
        Database.instant(row, "requested_at"),
        sight.everything()
            ? row.getInt("meters")
            : states.values().stream().mapToInt(Long::intValue).sum(),
        states);
  }

  private static String where(MeterScope sight, OperationFilter filter, List<Object> parameters) {
    var rules = new ArrayList<String>();
    rule(filter.serialNumber(), "m.serial_number = ?", rules, parameters);
    rule(filter.kind(), "o.kind = ?", rules, parameters);
    rule(filter.state() == null ? null : filter.state().name(), "o.state = ?", rules, parameters);
    rule(filter.groupId(), "o.group_id = ?", rules, parameters);
    rule(filter.bundleId(), "o.bundle_id = ?", rules, parameters);
    if (filter.live() != null) {
      rules.add("o.state " + (filter.live() ? "in " : "not in ") + LIVE);
    }
    rules.add("true" + sight.and("o.meter_id", parameters));
    return " where " + String.join(" and ", rules);
  }

  private static void rule(Object wanted, String sql, List<String> rules, List<Object> parameters) {
    if (wanted != null) {
      rules.add(sql);
      parameters.add(wanted);
    }
  }

  /** Null where none is needed. */
  private static Approval approval(ResultSet row) throws SQLException {
    Long id = Database.number(row, "approval_id");
    return id == null
        ? null
        : new Approval(
            id,
            (Boolean) row.getObject("approved"),
            row.getString("decided_by"),
            Database.instant(row, "decided_at"),
            row.getString("reason"));
  }

  static MeterOperation operation(ResultSet row) throws SQLException {
    return new MeterOperation(
        row.getLong("id"),
        row.getString("serial_number"),
        row.getString("time_zone"),
        Database.number(row, "group_id"),
        Database.number(row, "bundle_id"),
        approval(row),
        row.getInt("step"),
        row.getString("kind"),
        row.getString("parameters"),
        row.getInt("priority"),
        Database.instant(row, "not_before"),
        Database.instant(row, "expires_at"),
        Database.instant(row, "due_at"),
        row.getBoolean("bypass_retry"),
        row.getBoolean("stop_on_failure"),
        row.getString("correlation_id"),
        row.getString("requested_by"),
        Database.instant(row, "requested_at"),
        OperationState.valueOf(row.getString("state")),
        row.getInt("attempts"),
        row.getString("node"),
        Database.instant(row, "started_at"),
        Database.instant(row, "ended_at"),
        row.getString("result"),
        row.getString("fault"),
        row.getString("detail"));
  }
}
