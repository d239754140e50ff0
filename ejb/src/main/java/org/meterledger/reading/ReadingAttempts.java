package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.meterledger.server.Database;

/** What was tried, and how it ended. */
@ApplicationScoped
public class ReadingAttempts {

  private final Database database;
  private final Clock clock;

  /** For the client proxy only. */
  protected ReadingAttempts() {
    this(null, null);
  }

  @Inject
  public ReadingAttempts(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * One attempt.
   *
   * @param kind name of a {@link TaskKind} or of a kind of operation
   * @param operationId null where it was read as planned
   * @param result COMPLETE, PARTIAL, FAILED or NOT_KEPT
   * @param fault kind of the fault; null when complete
   * @param detail the fault as a sentence; null when complete
   * @param answer what the device answered where that was the fault; for those who support it
   * @param received rows, lines, registers or ends of periods that the meter gave
   * @param stored rows of load profiles, or ends of periods, that were new
   */
  public record ReadingAttempt(
      String kind,
      Long operationId,
      Instant startedAt,
      Instant endedAt,
      String node,
      String result,
      String fault,
      String detail,
      String answer,
      int received,
      int stored,
      int superseded,
      int refused)
      implements Serializable {
    public Duration duration() {
      return Duration.between(startedAt, endedAt);
    }
  }

  /** How many attempts ended how. */
  public record Summary(long complete, long partial, long failed, long rows) {}

  /**
   * Attempts of one kind that ended one way.
   *
   * @param fault its kind; empty where the reading was complete
   * @param rows of load profiles, and ends of periods, that were new
   */
  public record Count(
      Instant at, String kind, String result, String fault, long attempts, long rows)
      implements Serializable {}

  /** Newest first. */
  public List<ReadingAttempt> of(int meterId, int first, int max) {
    return database.query(
        """
        select * from reading_attempt where meter_id = ?
         order by started_at desc, kind limit ? offset ?""",
        ReadingAttempts::attempt,
        meterId,
        max,
        first);
  }

  /** Of an operation, the oldest first. */
  public List<ReadingAttempt> ofOperation(long operationId) {
    return database.query(
        "select * from reading_attempt where operation_id = ? order by started_at",
        ReadingAttempts::attempt,
        operationId);
  }

  private static ReadingAttempt attempt(ResultSet row) throws SQLException {
    return new ReadingAttempt(
        row.getString("kind"),
        Database.number(row, "operation_id"),
        Database.instant(row, "started_at"),
        Database.instant(row, "ended_at"),
        row.getString("node"),
        row.getString("result"),
        row.getString("fault"),
        row.getString("detail"),
        row.getString("answer"),
        row.getInt("received"),
        row.getInt("stored"),
        row.getInt("superseded"),
        row.getInt("refused"));
  }

  public long count(int meterId) {
    return database
        .first(
            "select count(*) from reading_attempt where meter_id = ?",
            row -> row.getLong(1),
            meterId)
        .orElseThrow();
  }

  /** Over all meters, within the last {@code span}, to five minutes. */
  public Summary summary(Duration span) {
    return database
        .first(
            """
            select coalesce(sum(attempts) filter (where result = 'COMPLETE'), 0) as complete,
                   coalesce(sum(attempts) filter (where result = 'PARTIAL'), 0) as partial,
                   coalesce(sum(attempts) filter (where result = 'FAILED'), 0) as failed,
                   coalesce(sum(rows), 0) as rows
              from reading_count where at > ?""",
            row ->
                new Summary(
                    row.getLong("complete"),
                    row.getLong("partial"),
                    row.getLong("failed"),
                    row.getLong("rows")),
            clock.instant().minus(span))
        .orElseThrow();
  }

  /**
   * How many attempts ended how, by time.
   *
   * @param from of the first step
   * @param step 5 min or a multiple
   */
  public List<Count> counts(Instant from, Duration step) {
    return database.query(
        """
        select to_timestamp(floor(extract(epoch from at) / ?) * ?) as slot, kind, result, fault,
               sum(attempts) as attempts, sum(rows) as rows
          from reading_count where at >= ? group by 1, 2, 3, 4 order by 1, 2, 3, 4""",
        row ->
            new Count(
                Database.instant(row, "slot"),
                row.getString("kind"),
                row.getString("result"),
                row.getString("fault"),
                row.getLong("attempts"),
                row.getLong("rows")),
        step.toSeconds(),
        step.toSeconds(),
        from);
  }
}
