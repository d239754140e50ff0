package org.meterledger.charging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.meterledger.server.Database;

/** Queries of archived records, of whoever sees the meter. */
@ApplicationScoped
public class ChargingRecords {

  private static final String COLUMNS =
      """
      select sha256, text, made_at, pagination, progressive, rolled_over, received_at
        from charging_record""";

  /** Records of one second come in the order of their numbers: {@code T9} before {@code T10}. */
  private static final String OLDEST_FIRST =
      " order by made_at, progressive, length(pagination), pagination, received_at, sha256";

  private static final int FETCH = 1_000;

  private final Database database;

  /** For the client proxy only. */
  protected ChargingRecords() {
    this(null);
  }

  @Inject
  public ChargingRecords(Database database) {
    this.database = database;
  }

  /** When the newest record before a time was made; empty where there is none that tells it. */
  public Optional<Instant> newestBefore(int meterId, Instant end) {
    return madeBehind(meterId, end, 0);
  }

  /**
   * When the record was made that comes after so many newer ones; empty where there are no more.
   *
   * @param end they were made before
   * @param newer from 0
   */
  public Optional<Instant> madeBehind(int meterId, Instant end, int newer) {
    return database.first(
        """
        select made_at from charging_record
         where meter_id = ? and made_at < ? and made_at > ? order by made_at desc limit 1 offset ?""",
        row -> Database.instant(row, "made_at"),
        meterId,
        end,
        Instant.EPOCH,
        newer);
  }

  public Optional<ArchivedRecord> find(int meterId, RecordDigest digest) {
    return database.first(
        COLUMNS + " where meter_id = ? and sha256 = ?",
        ChargingRecords::record,
        meterId,
        digest.bytes());
  }

  /**
   * Made within a span, oldest first.
   *
   * @param from null from the first, with those that tell no time
   * @param to made before; null to the last
   */
  public List<ArchivedRecord> made(int meterId, Instant from, Instant to) {
    var all = new ArrayList<ArchivedRecord>();
    each(meterId, from, to, all::add);
    return all;
  }

  /** A part of them, in the same order. */
  public List<ArchivedRecord> made(int meterId, Instant from, Instant to, int first, int max) {
    var parameters = new ArrayList<Object>();
    var where = within(meterId, from, to, parameters);
    parameters.add(max);
    parameters.add(first);
    return database.query(
        COLUMNS + where + OLDEST_FIRST + " limit ? offset ?",
        ChargingRecords::record,
        parameters.toArray());
  }

  /** How many were made within a span, as in {@link #made(int, Instant, Instant)}. */
  public long count(int meterId, Instant from, Instant to) {
    var parameters = new ArrayList<Object>();
    var where = within(meterId, from, to, parameters);
    return database
        .first(
            "select count(*) from charging_record" + where,
            row -> row.getLong(1),
            parameters.toArray())
        .orElseThrow();
  }

  /** The same one at a time; exports of any size. */
  public void each(int meterId, Instant from, Instant to, Consumer<ArchivedRecord> consumer) {
    var parameters = new ArrayList<Object>();
    var where = within(meterId, from, to, parameters);
    database.inTransaction(
        connection -> {
          try (var statement =
              Database.prepare(connection, COLUMNS + where + OLDEST_FIRST, parameters.toArray())) {
            statement.setFetchSize(FETCH); // with auto-commit off the driver then uses a cursor
            var rows = statement.executeQuery();
            while (rows.next()) {
              consumer.accept(record(rows));
            }
          }
          return null;
        });
  }

  private static String within(int meterId, Instant from, Instant to, List<Object> parameters) {
    var where = new StringBuilder(" where meter_id = ?");
    parameters.add(meterId);
    if (from != null) {
      where.append(" and made_at >= ?");
      parameters.add(from);
    }
    if (to != null) {
      where.append(" and made_at < ?");
      parameters.add(to);
    }
    return where.toString();
  }

  private static ArchivedRecord record(ResultSet row) throws SQLException {
    return new ArchivedRecord(
        new RecordDigest(HexFormat.of().formatHex(row.getBytes("sha256"))),
        row.getBytes("text"),
        Database.instant(row, "made_at"),
        row.getString("pagination"),
        Database.number(row, "progressive"),
        row.getObject("rolled_over", Boolean.class),
        Database.instant(row, "received_at"));
  }
}
