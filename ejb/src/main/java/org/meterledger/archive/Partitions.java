package org.meterledger.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.meterledger.server.Database;

/**
 * Time partitions, made ahead of the rows that need them. Rows that no partition fits lie in the
 * default one, so nothing is refused for want of a partition; when theirs is made, they move.
 */
@ApplicationScoped
public class Partitions {

  /** The tables that are cut by time, with the column that cuts them. */
  enum Table {
    LOAD_PROFILE_ENTRY("load_profile_entry", "unsynchronised", "period_end", null),
    READING_ATTEMPT("reading_attempt", "other", "started_at", null),
    LOGBOOK_ENTRY("logbook_entry", "other", "at", null),
    /** A row a day and profile: a month of them is little. */
    COMPLETENESS_DAY("completeness_day", "other", "day", Width.MONTH),
    READING_COUNT("reading_count", "other", "at", null),
    /** Cut by its id, which begins with the second of the request. */
    OPERATION("operation", "other", "id", null),
    WEBHOOK_DELIVERY("webhook_delivery", "other", "created_at", null),
    AUDIT_ENTRY("audit_entry", "other", "at", Width.MONTH);

    private final String table;
    private final String rest;
    private final String column;
    private final Width width;

    /**
     * @param width null for that of the installation
     */
    Table(String table, String rest, String column, Width width) {
      this.table = table;
      this.rest = table + "_" + rest;
      this.column = column;
      this.width = width;
    }

    /** The least value of the column on a day, as SQL has it. */
    String from(LocalDate day) {
      return this == OPERATION
          ? String.valueOf(ChronoUnit.SECONDS.between(OPERATION_EPOCH, day.atStartOfDay()) << 22)
          : "'" + day + " 00:00:00+00'";
    }
  }

  /** How wide a partition is: a month; a day above some 50 000 meters. */
  public enum Width {
    MONTH,
    DAY;

    LocalDate start(Instant at) {
      var day = LocalDate.ofInstant(at, ZoneOffset.UTC);
      return this == DAY ? day : day.withDayOfMonth(1);
    }

    LocalDate end(LocalDate start) {
      return this == DAY ? start.plusDays(1) : start.plusMonths(1);
    }

    String suffix(LocalDate start) {
      String month = "%04d_%02d".formatted(start.getYear(), start.getMonthValue());
      return this == DAY ? month + "_%02d".formatted(start.getDayOfMonth()) : month;
    }
  }

  /** One number for all nodes: making partitions is rare, so they may wait for each other. */
  private static final long LOCK = 0x4d4c_5041_5254L;

  /** As the comment on operation.id tells. */
  private static final LocalDateTime OPERATION_EPOCH = LocalDateTime.parse("2020-01-01T00:00:00");

  private final Database database;
  private final Width width;
  private final Map<Table, Set<LocalDate>> known = new ConcurrentHashMap<>();

  /** For the client proxy only. */
  protected Partitions() {
    this(null, Width.MONTH);
  }

  @Inject
  Partitions(Database database) {
    this(database, Width.valueOf(setting("METERLEDGER_PARTITION_WIDTH", "MONTH")));
  }

  public Partitions(Database database, Width width) {
    this.database = database;
    this.width = width;
  }

  private static String setting(String name, String otherwise) {
    return System.getenv().getOrDefault(name, otherwise).toUpperCase(java.util.Locale.ROOT);
  }

  /** Sees to it that there are partitions for these times; costs nothing where they are known. */
  void ensure(Table table, Set<Instant> times) {
    var width = width(table);
    var missing = times.stream().map(width::start).collect(Collectors.toCollection(TreeSet::new));
    Set<LocalDate> there = known.computeIfAbsent(table, t -> ConcurrentHashMap.newKeySet());
    missing.removeAll(there);
    for (LocalDate start : missing) {
      database.inTransaction(connection -> make(connection, table, start));
      there.add(start);
    }
  }

  private Width width(Table table) {
    return table.width == null ? width : table.width;
  }

  /** Makes the partitions that will be needed next, before anybody waits for them. */
  void makeAhead(Instant now) {
    for (var table : Table.values()) {
      var width = width(table);
      var next = width.end(width.start(now)).atStartOfDay(ZoneOffset.UTC).toInstant();
      ensure(table, Set.of(now, next));
    }
  }

  /**
   * Drops the partitions that lie wholly before a day; a partition goes in one piece, rows are
   * never deleted one by one.
   *
   * @return their names
   */
  List<String> dropBefore(Table table, LocalDate day) {
    var old =
        database.query(
            """
            select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
             where i.inhparent = ?::regclass and c.relname <> ? order by 1""",
            row -> row.getString(1),
            table.table,
            table.rest);
    old.removeIf(name -> end(table, name).isAfter(day));
    old.forEach(name -> database.update("drop table if exists " + name));
    known.remove(table);
    return old;
  }

  /** First day after a partition, by its name: {@code _2026_11} or {@code _2026_11_20}. */
  private static LocalDate end(Table table, String name) {
    var parts = name.substring(table.table.length() + 1).split("_");
    var month = LocalDate.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), 1);
    return parts.length == 2
        ? month.plusMonths(1)
        : month.withDayOfMonth(Integer.parseInt(parts[2])).plusDays(1);
  }

  private Void make(Connection connection, Table table, LocalDate start) throws SQLException {
    var width = width(table);
    String name = table.table + "_" + width.suffix(start);
    try (var statement = connection.createStatement()) {
      statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
      if (exists(connection, name)) {
        return null;
      }
      String from = table.from(start);
      String to = table.from(width.end(start));
      statement.execute("create table " + name + " (like " + table.table + " including all)");
      statement.execute(
          """
          with moved as (delete from %s where %s >= %s and %2$s < %s returning *)
          insert into %s select * from moved"""
              .formatted(table.rest, table.column, from, to, name));
      statement.execute(
          "alter table %s attach partition %s for values from (%s) to (%s)"
              .formatted(table.table, name, from, to));
    }
    return null;
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    try (var statement = Database.prepare(connection, "select to_regclass(?)", table);
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getString(1) != null;
    }
  }
}
