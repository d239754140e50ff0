package org.meterledger.meter;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.meterledger.access.MeterScope;
import org.meterledger.server.Database;

/** The list of meters; filters and sorting run in SQL, since it may have a million rows. */
@ApplicationScoped
public class MeterList {

  private static final int MOST_ROWS = 1_000;

  private static final String CONDITION =
      """
      case when m.state = 'PAUSED' then 'PAUSED'
           when c.resting_until is not null then 'RESTING'
           when c.fault is not null then 'FAULT'
           when c.last_attempt_at is null then 'NEW'
           when d.meter_id is not null or not c.keeps_load_profile then 'OK'
           when c.last_reading_at is null or c.last_reading_at < ?::timestamptz - interval '1 second'
                * 3 * greatest(coalesce(t.every_s, 86400), coalesce(l.capture_period, 900)) then 'OVERDUE'
           else 'OK' end""";

  private static final String SELECT =
      "select m.id, m.serial_number, m.alias, m.model, coalesce(m.address, g.name) as address, p.code, m.time_zone,"
          + " m.watched, c.last_contact_at, c.last_reading_at, c.fault, c.fault_detail,"
          + " c.clock_drift_ms, c.firmware, c.resting_until, m.clock_limit_s, "
          + CONDITION
          + " as condition";

  private static final String FROM =
      """
       from meter m
       left join meter_contact c on c.meter_id = m.id
       left join lateral (
         select min(p.every_s) as every_s from reading_task r join reading_plan p on p.id = r.plan_id
          where r.meter_id = m.id and 'LOAD_PROFILE' = any (p.kinds)) t on true
       left join load_profile l on l.meter_id = m.id and l.obis = '1-0:99.1.0*255'
       left join installation i on i.meter_id = m.id and i.removed_at is null
       left join metering_point p on p.id = i.metering_point_id
       left join gateway g on g.id = m.gateway_id and m.address is null
       left join gateway_access d on d.meter_id = m.id -- a gateway records no load profiles
      where m.state <> 'REMOVED'""";

  private final Database database;
  private final Clock clock;

  /** For the client proxy only. */
  protected MeterList() {
    this(null, null);
  }

  @Inject
  public MeterList(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * A page of the list.
   *
   * @param first number of the first row, from 0
   * @param max rows at most, 1..1000
   */
  public List<MeterRow> rows(
      MeterScope sight,
      MeterFilter filter,
      MeterOrder order,
      boolean ascending,
      int first,
      int max) {
    int most = Math.min(max, MOST_ROWS);
    var groups = groupsAlone(sight, filter);
    if (order == MeterOrder.SERIAL_NUMBER && groups.isPresent()) {
      return rows(groups.get(), ascending, first, most);
    }
    var parameters = new ArrayList<Object>();
    parameters.add(clock.instant());
    String where = sight.and("m.id", parameters) + where(filter, parameters);
    parameters.add(most);
    parameters.add(first);
    String direction = ascending ? "" : " desc nulls last";
    return database.query(
        SELECT
            + FROM
            + where
            + " order by "
            + order.expression()
            + direction
            + ", m.serial_number limit ? offset ?",
        MeterList::row,
        parameters.toArray());
  }

  /** The groups, where being in one of them is all that is asked of a meter. */
  private static Optional<Set<Integer>> groupsAlone(MeterScope sight, MeterFilter filter) {
    var within = new ArrayList<>(sight.within());
    if (filter.groupId() != null) {
      within.add(Set.of(filter.groupId()));
    }
    return sight.hidden().isEmpty() && within.size() == 1 && filter.asksGroupOnly()
        ? Optional.of(within.get(0))
        : Optional.empty();
  }

  /** Merges the members in their order: neither all of them nor all meters are walked through. */
  private List<MeterRow> rows(Set<Integer> groups, boolean ascending, int first, int max) {
    String order = " order by serial_number" + (ascending ? "" : " desc");
    return database.query(
        SELECT
            + FROM
            + " and m.id in (select meter_id from (select distinct v.serial_number, v.meter_id"
            + " from unnest(?::integer[]) g cross join lateral (select serial_number, meter_id"
            + " from meter_group_member where group_id = g and not leaving"
            + order
            + " limit ?) v) w"
            + order
            + " limit ? offset ?)"
            + order.replace("serial", "m.serial"),
        MeterList::row,
        clock.instant(),
        groups.toArray(Integer[]::new),
        (long) first + max,
        max,
        first);
  }

  Optional<MeterRow> row(MeterScope sight, String serialNumber) {
    var parameters = new ArrayList<Object>(List.of(clock.instant(), serialNumber));
    return database.first(
        SELECT + FROM + " and m.serial_number = ?" + sight.and("m.id", parameters),
        MeterList::row,
        parameters.toArray());
  }

  public long count(MeterScope sight, MeterFilter filter) {
    var parameters = new ArrayList<Object>();
    String where = sight.and("m.id", parameters) + where(filter, parameters);
    return database
        .first("select count(*)" + FROM + where, row -> row.getLong(1), parameters.toArray())
        .orElseThrow();
  }

  /** How many meters are in which condition; conditions without meters are there with 0. */
  Map<MeterRow.Condition, Long> conditions(MeterScope sight) {
    var counts = new TreeMap<MeterRow.Condition, Long>();
    for (var condition : MeterRow.Condition.values()) {
      counts.put(condition, 0L);
    }
    var parameters = new ArrayList<Object>(List.of(clock.instant()));
    database.query(
        "select "
            + CONDITION
            + " as condition, count(*)"
            + FROM
            + sight.and("m.id", parameters)
            + " group by 1",
        row -> counts.put(MeterRow.Condition.valueOf(row.getString(1)), row.getLong(2)),
        parameters.toArray());
    return counts;
  }

  boolean occupied(int meteringPointId) {
    return database
        .first(
            "select 1 from installation where metering_point_id = ? and removed_at is null",
            row -> 1,
            meteringPointId)
        .isPresent();
  }

  private String where(MeterFilter filter, List<Object> parameters) {
    var where = new StringBuilder();
    if (filter.text() != null && !filter.text().isBlank()) {
      where.append(
          // both sides by the database, which may know other small letters than Java
          " and (lower(m.serial_number) like lower(?) or lower(m.alias) like lower(?)"
              + " or lower(p.code) like lower(?) or m.address like lower(?))");
      String begins = escape(filter.text().strip()) + "%";
      parameters.addAll(List.of(begins, begins, begins, "%" + begins));
    }
    if (filter.model() != null) {
      where.append(" and m.model = ?");
      parameters.add(filter.model());
    }
    if (filter.condition() != null) {
      where.append(" and ").append(CONDITION).append(" = ?");
      parameters.add(clock.instant());
      parameters.add(filter.condition().name());
    }
    place(filter, where, parameters);
    return where.toString();
  }

  private static void place(MeterFilter filter, StringBuilder where, List<Object> parameters) {
    if (filter.groupId() != null) {
      where.append(
          " and m.id in (select meter_id from meter_group_member"
              + " where group_id = ? and not leaving)");
      parameters.add(filter.groupId());
    }
    if (filter.location() != null) {
      where.append(
          " and m.location_id in (select below.id from location top"
              + " join location below on below.path like top.path || '%' where top.full_name = ?)");
      parameters.add(filter.location());
    }
    if (filter.gateway() != null) {
      where.append(" and m.gateway_id = (select id from gateway where name = ?)");
      parameters.add(filter.gateway());
    }
    if (filter.label() != null) {
      where.append(" and m.id in (select meter_id from meter_label where label = ?)");
      parameters.add(filter.label());
    }
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  private static MeterRow row(ResultSet row) throws SQLException {
    Long drift = Database.number(row, "clock_drift_ms");
    return new MeterRow(
        row.getInt("id"),
        row.getString("serial_number"),
        row.getString("alias"),
        row.getString("model"),
        row.getString("address"),
        row.getString("code"),
        row.getString("time_zone"),
        MeterRow.Condition.valueOf(row.getString("condition")),
        row.getBoolean("watched"),
        Database.instant(row, "last_contact_at"),
        Database.instant(row, "last_reading_at"),
        Database.instant(row, "resting_until"),
        row.getString("fault"),
        row.getString("fault_detail"),
        drift == null ? null : Duration.ofMillis(drift),
        Duration.ofSeconds(row.getInt("clock_limit_s")),
        row.getString("firmware"));
  }
}
