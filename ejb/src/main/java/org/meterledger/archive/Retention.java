package org.meterledger.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.meterledger.audit.AuditSeals;
import org.meterledger.server.Database;

/**
 * How long data is kept: what meters gave for ever unless told otherwise, attempts and operations a
 * year. The audit trail stays too, or a year at least.
 */
@ApplicationScoped
public class Retention {

  private static final Logger LOGGER = System.getLogger(Retention.class.getName());

  private static final String ARCHIVE_MONTHS = "METERLEDGER_KEEP_MONTHS";
  private static final String ATTEMPT_MONTHS = "METERLEDGER_KEEP_ATTEMPTS_MONTHS";
  private static final String OPERATION_MONTHS = "METERLEDGER_KEEP_OPERATIONS_MONTHS";
  private static final int DEFAULT_MONTHS = 13;
  private static final int FOR_EVER = 0;

  /** No operation lives longer, so that none is dropped that is still waited for. */
  private static final int LEAST_OPERATION_MONTHS = 4;

  /** So long a sender may repeat a request under the same key. */
  private static final Duration REQUEST_KEPT = Duration.ofDays(7);

  private final Database database;
  private final Partitions partitions;
  private final Clock clock;
  private final int archiveMonths;
  private final int attemptMonths;
  private final int operationMonths;

  /** For the client proxy only. */
  protected Retention() {
    this(null, null, null, FOR_EVER, FOR_EVER, FOR_EVER);
  }

  @Inject
  Retention(Database database, Partitions partitions, Clock clock) {
    this(
        database,
        partitions,
        clock,
        setting(ARCHIVE_MONTHS, FOR_EVER),
        setting(ATTEMPT_MONTHS, DEFAULT_MONTHS),
        setting(OPERATION_MONTHS, DEFAULT_MONTHS));
  }

  Retention(
      Database database,
      Partitions partitions,
      Clock clock,
      int archiveMonths,
      int attemptMonths,
      int operationMonths) {
    this.database = database;
    this.partitions = partitions;
    this.clock = clock;
    this.archiveMonths = archiveMonths;
    this.attemptMonths = attemptMonths;
    this.operationMonths =
        operationMonths == FOR_EVER ? FOR_EVER : Math.max(operationMonths, LEAST_OPERATION_MONTHS);
  }

  private static int setting(String name, int otherwise) {
    var text = System.getenv(name);
    return text == null ? otherwise : Integer.parseInt(text);
  }

  /** Makes the partitions that will be needed next, and drops those that are too old by now. */
  void apply() {
    partitions.makeAhead(clock.instant());
    drop(Partitions.Table.LOAD_PROFILE_ENTRY, archiveMonths);
    drop(Partitions.Table.BILLING_SNAPSHOT, archiveMonths);
    drop(Partitions.Table.CHARGING_RECORD, archiveMonths);
    drop(Partitions.Table.LOGBOOK_ENTRY, archiveMonths);
    drop(Partitions.Table.COMPLETENESS_DAY, archiveMonths);
    drop(Partitions.Table.READING_ATTEMPT, attemptMonths);
    drop(Partitions.Table.READING_COUNT, attemptMonths);
    drop(Partitions.Table.WEBHOOK_DELIVERY, attemptMonths);
    drop(Partitions.Table.OPERATION, operationMonths);
    drop(Partitions.Table.AUDIT_ENTRY, AuditSeals.keptMonths(System.getenv()));
    database.update(
        "delete from operation_request where requested_at < ?",
        clock.instant().minus(REQUEST_KEPT));
    if (archiveMonths != FOR_EVER) {
      forgetCounts(first(archiveMonths).withDayOfMonth(1));
    }
  }

  /**
   * Of what has no partitions there is little: a row a day and group, the gaps, and what snapshots
   * said before.
   */
  private void forgetCounts(LocalDate before) {
    database.update("delete from completeness_group_day where day < ?", before);
    database.update(
        "delete from load_profile_gap where before < ?",
        before.atStartOfDay(ZoneOffset.UTC).toInstant());
    database.update(
        "delete from billing_snapshot_superseded where closed_at < ?",
        before.atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  private void drop(Partitions.Table table, int months) {
    if (months != FOR_EVER) {
      var dropped = partitions.dropBefore(table, first(months));
      if (!dropped.isEmpty()) {
        LOGGER.log(Level.INFO, "Dropped after {0} months: {1}", months, dropped);
      }
    }
  }

  private LocalDate first(int months) {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusMonths(months);
  }
}
