package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
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
   * @param result COMPLETE, PARTIAL or FAILED
   * @param fault kind of the fault; null when complete
   * @param detail the fault as a sentence; null when complete
   * @param received rows, lines or registers that the meter gave
   * @param stored load-profile rows that were new
   */
  public record ReadingAttempt(
      TaskKind kind,
      Instant startedAt,
      Instant endedAt,
      String node,
      String result,
      String fault,
      String detail,
      int received,
      int stored,
      int superseded,
      int refused)
      implements Serializable {
    public Duration duration() {
      return Duration.between(startedAt, endedAt);
    }
  }

  /** How many attempts of the last hour ended how. */
  public record Summary(long complete, long partial, long failed, long rows) {}

  /** Newest first. */
  public List<ReadingAttempt> of(int meterId, int first, int max) {
    return database.query(
        """
        select * from reading_attempt where meter_id = ?
         order by started_at desc, kind limit ? offset ?""",
        row ->
            new ReadingAttempt(
                TaskKind.valueOf(row.getString("kind")),
                Database.instant(row, "started_at"),
                Database.instant(row, "ended_at"),
                row.getString("node"),
                row.getString("result"),
                row.getString("fault"),
                row.getString("detail"),
                row.getInt("received"),
                row.getInt("stored"),
                row.getInt("superseded"),
                row.getInt("refused")),
        meterId,
        max,
        first);
  }

  public long count(int meterId) {
    return database
        .first(
            "select count(*) from reading_attempt where meter_id = ?",
            row -> row.getLong(1),
            meterId)
        .orElseThrow();
  }

  /** Over all meters, within the last {@code span}. */
  public Summary summary(Duration span) {
    return database
        .first(
            """
            select count(*) filter (where result = 'COMPLETE') as complete,
                   count(*) filter (where result = 'PARTIAL') as partial,
                   count(*) filter (where result = 'FAILED') as failed,
                   coalesce(sum(stored), 0) as rows
              from reading_attempt where started_at > ?""",
            row ->
                new Summary(
                    row.getLong("complete"),
                    row.getLong("partial"),
                    row.getLong("failed"),
                    row.getLong("rows")),
            clock.instant().minus(span))
        .orElseThrow();
  }
}
