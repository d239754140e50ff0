package org.meterledger.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.meterledger.server.Database;
import org.meterledger.server.DatabaseException;
import org.meterledger.server.DatabaseOutage;

/**
 * Keeps up to date how complete the archive is, and where it has gaps. What was stored is noted
 * with it; here the days it touches are counted anew, and the groups get the differences. One
 * transaction of all nodes counts at a time, which an advisory lock sees to, so nobody else waits
 * for it and it waits for nobody: completeness_day, completeness_group_day and
 * meter_group_member.counted are written here alone.
 */
@ApplicationScoped
public class CompletenessCount {

  private static final Logger LOGGER = System.getLogger(CompletenessCount.class.getName());

  private static final int MOST_CHANGES = 5_000;
  private static final int MOST_MEMBERS = 20_000;
  private static final int MOST_PROFILES = 20_000;

  /** Shorter than the time between two ticks. */
  private static final Duration LONGEST = Duration.ofSeconds(4);

  private final Database database;
  private final Partitions partitions;
  private final Clock clock;
  private final int mostChanges;
  private final DatabaseOutage outage;

  /** Up to this day every profile has its days, unless {@link #emptyDays} is under way. */
  private LocalDate filled = LocalDate.MIN;

  private EmptyDays emptyDays;

  /** For the client proxy only. */
  protected CompletenessCount() {
    this(null, null, null);
  }

  @Inject
  public CompletenessCount(Database database, Partitions partitions, Clock clock) {
    this(database, partitions, clock, MOST_CHANGES);
  }

  CompletenessCount(Database database, Partitions partitions, Clock clock, int mostChanges) {
    this.database = database;
    this.partitions = partitions;
    this.clock = clock;
    this.mostChanges = mostChanges;
    this.outage = new DatabaseOutage(LOGGER, clock);
  }

  /** Makes days from {@code first} to {@code last}, for the profiles after that one. */
  private record EmptyDays(LocalDate first, LocalDate last, int afterProfile) {}

  /**
   * What one transaction has done.
   *
   * @param months of the days counted
   * @param emptyDays what is left to make; null for nothing
   */
  private record Round(boolean more, List<LocalDate> months, EmptyDays emptyDays) {}

  /**
   * Counts for some seconds at most; does nothing while another node counts.
   *
   * @return whether there is more to count
   * @throws DatabaseException when a statement fails; nothing of its transaction is lost
   */
  public synchronized boolean tick() {
    try {
      boolean more = count();
      outage.over();
      return more;
    } catch (DatabaseException e) {
      if (!e.passing()) {
        throw e;
      }
      if (e.away()) {
        outage.noticed("completeness is not counted", e);
      }
      return false;
    }
  }

  private boolean count() {
    var now = clock.instant();
    long end = System.nanoTime() + LONGEST.toNanos();
    var tomorrow = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1);
    partitions.ensure(
        Partitions.Table.COMPLETENESS_DAY, Set.of(start(tomorrow), start(tomorrow.plusMonths(1))));
    if (tomorrow.isAfter(filled) && emptyDays == null) {
      emptyDays = new EmptyDays(firstEmptyDay(tomorrow), tomorrow, 0);
    }
    while (true) {
      var round = database.inTransaction(connection -> round(connection, now));
      if (round == null) {
        return false;
      }
      if (emptyDays != null && round.emptyDays() == null) {
        filled = emptyDays.last();
      }
      emptyDays = round.emptyDays();
      // meanwhile they lie in the default partition
      partitions.ensure(
          Partitions.Table.COMPLETENESS_DAY,
          round.months().stream().map(CompletenessCount::start).collect(Collectors.toSet()));
      if (!round.more() || System.nanoTime() > end) {
        return round.more();
      }
    }
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Null while another node counts. */
  private Round round(Connection connection, Instant now) throws SQLException {
    var statements = new CountStatements(connection, now);
    if (!statements.lock()) {
      return null;
    }
    int members = statements.members(MOST_MEMBERS);
    var left = emptyDays;
    if (left != null) {
      var last =
          statements.emptyDays(left.first(), left.last(), left.afterProfile(), MOST_PROFILES);
      left = last == null ? null : new EmptyDays(left.first(), left.last(), last);
    }
    int changes = statements.changes(mostChanges);
    return new Round(
        members == MOST_MEMBERS || changes == mostChanges || left != null,
        statements.count(),
        left);
  }

  /** Yesterday, unless no node has counted for longer than that. */
  private LocalDate firstEmptyDay(LocalDate tomorrow) {
    return database
        .first(
            """
            select least(max(day), ?::date) from completeness_group_day
             where group_id = ? and day < ?""",
            row -> row.getObject(1, LocalDate.class),
            tomorrow.minusDays(2),
            Completeness.ALL_METERS,
            tomorrow)
        .orElseThrow();
  }
}
