package org.meterledger.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import org.meterledger.server.Database;

/** How much of what the meters should have recorded has been archived, by UTC day. */
@ApplicationScoped
public class Completeness {

  private final Database database;

  /** For the client proxy only. */
  protected Completeness() {
    this(null);
  }

  @Inject
  public Completeness(Database database) {
    this.database = database;
  }

  /**
   * One day over all meters.
   *
   * @param rows archived
   * @param expected by the capture periods of the profiles that had begun by then; of a whole day
   */
  public record Day(LocalDate day, long rows, long expected) {}

  /** Each day from {@code first} to {@code last}, both included. */
  public List<Day> days(LocalDate first, LocalDate last) {
    return database.query(
        """
        select d.day::date as day, coalesce(a.rows, 0) as rows,
               (select coalesce(sum(86400 / p.capture_period), 0) from load_profile p
                 where p.capture_period is not null and p.obis <> ?
                   and p.first_at < d.day at time zone 'UTC') as expected
          from generate_series(?::timestamp, ?::timestamp, interval '1 day') as d (day)
          left join (select day, sum(rows) as rows from archive_day group by day) a
               on a.day = d.day::date
         order by 1""",
        row ->
            new Day(
                row.getObject("day", LocalDate.class),
                row.getLong("rows"),
                row.getLong("expected")),
        ProfileCatalog.PRESENT_VALUES.toString(),
        first,
        last);
  }
}
