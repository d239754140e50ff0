package org.meterledger.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.meterledger.server.Database;

/**
 * Time partitions, made ahead of the rows that need them. Rows that no partition fits lie in the
 * default one, so nothing is refused for want of a partition; when theirs is made, they move. Both
 * is done by functions of the database, so that the portal need not own its tables.
 */
@ApplicationScoped
public class Partitions {

  /** The tables that are cut by time. */
  enum Table {
    LOAD_PROFILE_ENTRY("load_profile_entry", null),
    /** A row a period and meter, mostly a month. */
    BILLING_SNAPSHOT("billing_snapshot", Width.MONTH),
    /** A few rows for each session of charging. */
    CHARGING_RECORD("charging_record", Width.MONTH),
    READING_ATTEMPT("reading_attempt", null),
    LOGBOOK_ENTRY("logbook_entry", null),
    /** A row a day and profile: a month of them is little. */
    COMPLETENESS_DAY("completeness_day", Width.MONTH),
    READING_COUNT("reading_count", null),
    /** Cut by its id, which begins with the second of the request. */
    OPERATION("operation", null),
    WEBHOOK_DELIVERY("webhook_delivery", null),
    AUDIT_ENTRY("audit_entry", Width.MONTH);

    private final String table;
    private final Width width;

    /**
     * @param width null for that of the installation
     */
    Table(String table, Width width) {
      this.table = table;
      this.width = width;
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
  }

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
      database.query(
          "select make_partition(?, ?, ?)", row -> true, table.table, start, width == Width.DAY);
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
    var dropped =
        database.query("select drop_partitions(?, ?)", row -> row.getString(1), table.table, day);
    known.remove(table);
    return dropped;
  }
}
