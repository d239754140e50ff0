package org.meterledger.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.RegisterValue;
import org.meterledger.metering.SnapshotKind;
import org.meterledger.metering.Unit;
import org.meterledger.server.Database;

/** Queries of archived previous values and demand. */
@ApplicationScoped
public class BillingSnapshots {

  private static final String COLUMNS =
      """
      s.meter_id, s.closed_at, s.occurrence, s.period, s.status, s.values, s.occurred_at, s.read_at,
      array(select r.obis || ' ' || r.unit
              from unnest(s.registers) with ordinality as u (id, place)
              join billing_register r using (id) order by u.place) as registers""";

  private static final String COUNTS = "select " + COLUMNS + ", null::timestamptz as superseded_at";

  private static final String VERSIONS =
      COUNTS
          + """

      , s.kind from billing_snapshot s
       where exists (select 1 from billing_snapshot_superseded o
                      where o.meter_id = s.meter_id and o.kind = s.kind
                        and o.closed_at = s.closed_at and o.occurrence = s.occurrence)
      union all
      select\s"""
          + COLUMNS
          + ", s.superseded_at, s.kind from billing_snapshot_superseded s";

  private static final int FETCH = 1_000;

  private final Database database;

  /** For the client proxy only. */
  protected BillingSnapshots() {
    this(null);
  }

  @Inject
  public BillingSnapshots(Database database) {
    this.database = database;
  }

  /**
   * Which snapshots are asked for.
   *
   * @param from closed then or later; null from the first
   * @param to closed before; null to the last
   * @param versions instead, all versions of those that the meter told otherwise later
   */
  public record Query(SnapshotKind kind, Instant from, Instant to, boolean versions) {}

  /** A meter whose snapshot it is. */
  public record OfMeter(String serialNumber, String timeZone, ArchivedSnapshot snapshot) {}

  /** The newest end of period that is not in the future by a clock that went ahead. */
  public Optional<Instant> newest(int meterId, SnapshotKind kind, Instant now) {
    return database.first(
        """
        select closed_at from billing_snapshot
         where meter_id = ? and kind = ? and closed_at <= ? order by closed_at desc limit 1""",
        row -> Database.instant(row, "closed_at"),
        meterId,
        kind.name(),
        now);
  }

  /** Newest first, what counts of each. */
  public List<ArchivedSnapshot> before(int meterId, SnapshotKind kind, Instant end, int max) {
    return database.query(
        COUNTS
            + """

         from billing_snapshot s where s.meter_id = ? and s.kind = ? and s.closed_at < ?
        order by s.closed_at desc, s.occurrence desc limit ?""",
        BillingSnapshots::snapshot,
        meterId,
        kind.name(),
        end,
        max);
  }

  /** Of one meter, oldest first and oldest version first, one at a time; exports of any size. */
  public void ofMeter(int meterId, Query query, Consumer<OfMeter> consumer) {
    stream("s.meter_id = ?", meterId, query, consumer);
  }

  /** The same of all members of a group, by serial number. */
  public void ofGroup(int groupId, Query query, Consumer<OfMeter> consumer) {
    stream(
        """
        s.meter_id in (select g.meter_id from meter_group_member g
                        where g.group_id = ? and not g.leaving)""",
        groupId,
        query,
        consumer);
  }

  private void stream(String which, int id, Query query, Consumer<OfMeter> consumer) {
    var parameters = new ArrayList<Object>(List.of(id, query.kind().name()));
    var where = new StringBuilder(" where " + which + " and s.kind = ?");
    if (query.from() != null) {
      where.append(" and s.closed_at >= ?");
      parameters.add(query.from());
    }
    if (query.to() != null) {
      where.append(" and s.closed_at < ?");
      parameters.add(query.to());
    }
    var told = query.versions() ? VERSIONS : COUNTS + ", s.kind from billing_snapshot s";
    var sql =
        "select s.*, m.serial_number, m.time_zone from ("
            + told
            + ") s join meter m on m.id = s.meter_id"
            + where
            + " order by m.serial_number, s.closed_at, s.occurrence, s.superseded_at";
    database.inTransaction(
        connection -> {
          try (var statement = Database.prepare(connection, sql, parameters.toArray())) {
            statement.setFetchSize(FETCH); // with auto-commit off the driver then uses a cursor
            var rows = statement.executeQuery();
            while (rows.next()) {
              consumer.accept(
                  new OfMeter(
                      rows.getString("serial_number"),
                      rows.getString("time_zone"),
                      snapshot(rows)));
            }
          }
          return null;
        });
  }

  private static ArchivedSnapshot snapshot(ResultSet row) throws SQLException {
    var period = row.getString("period");
    return new ArchivedSnapshot(
        Database.instant(row, "closed_at"),
        row.getInt("occurrence"),
        period == null ? null : Period.parse(period),
        row.getInt("status"),
        values(row),
        Database.instant(row, "read_at"),
        Database.instant(row, "superseded_at"));
  }

  private static List<RegisterValue> values(ResultSet row) throws SQLException {
    var registers = (String[]) row.getArray("registers").getArray();
    var values = (BigDecimal[]) row.getArray("values").getArray();
    var times = row.getArray("occurred_at");
    var occurred = times == null ? new Timestamp[values.length] : (Timestamp[]) times.getArray();
    var all = new ArrayList<RegisterValue>();
    for (int i = 0; i < values.length; i++) {
      int space = registers[i].indexOf(' ');
      all.add(
          new RegisterValue(
              ObisCode.of(registers[i].substring(0, space)),
              new Quantity(values[i], Unit.ofSymbol(registers[i].substring(space + 1))),
              occurred[i] == null ? null : occurred[i].toInstant()));
    }
    return List.copyOf(all);
  }
}
