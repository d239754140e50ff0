package org.meterledger.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.meterledger.server.Database;

/**
 * How much of what meters should have recorded is archived, by day. A day is that of the meter's
 * time zone, whole: 92 quarters of an hour in spring, 100 in autumn. {@link CompletenessCount} is
 * some seconds behind the archive.
 *
 * <p>Of a day that is not over, only what is due by now is expected: the part of the day that has
 * passed, by the meter's time zone for one meter, by UTC for a group, whose meters may be anywhere.
 */
@ApplicationScoped
public class Completeness {

  /** The group of all meters that are not removed. */
  public static final int ALL_METERS = 1;

  /** An interval of a quarter of an hour is read up to five minutes after its end. */
  private static final Duration UNTIL_READ = Duration.ofMinutes(20);

  private final Database database;
  private final Clock clock;

  /** For the client proxy only. */
  protected Completeness() {
    this(null, null);
  }

  @Inject
  public Completeness(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * One day of a meter or a group.
   *
   * @param stored intervals that are archived
   * @param expected intervals that should be by now, by the capture periods; never less than stored
   */
  public record Day(LocalDate day, long stored, long expected) {
    public long missing() {
      return expected - stored;
    }
  }

  /**
   * One day of one meter of a group.
   *
   * @param alias null where it has none
   */
  public record MeterDay(String serialNumber, String alias, long stored, long expected) {
    public long missing() {
      return expected - stored;
    }
  }

  /** Each day from {@code first} to {@code last}, both included, over all members of a group. */
  public List<Day> days(int groupId, LocalDate first, LocalDate last) {
    return database.query(
        """
        select d.day::date as day, coalesce(c.stored, 0) as stored,
               coalesce(c.expected, 0) as expected
          from generate_series(?::timestamp, ?::timestamp, interval '1 day') as d (day)
          left join completeness_group_day c on c.group_id = ? and c.day = d.day::date
         order by 1""",
        row -> soFar(row, ZoneOffset.UTC),
        first,
        last,
        groupId);
  }

  /** Each day from {@code first} to {@code last}, both included, over the profiles of a meter. */
  public List<Day> daysOfMeter(int meterId, ZoneId zone, LocalDate first, LocalDate last) {
    return database.query(
        """
        select d.day::date as day, coalesce(sum(c.stored), 0) as stored,
               coalesce(sum(c.expected), 0) as expected
          from generate_series(?::timestamp, ?::timestamp, interval '1 day') as d (day)
          left join (completeness_day c
                     join load_profile p on p.id = c.profile_id and p.meter_id = ?)
               on c.day = d.day::date
         group by 1 order by 1""",
        row -> soFar(row, zone),
        first,
        last,
        meterId);
  }

  private Day soFar(ResultSet row, ZoneId zone) throws SQLException {
    var day = row.getObject("day", LocalDate.class);
    long stored = row.getLong("stored");
    long whole = row.getLong("expected");
    var share = share(day, zone);
    return new Day(day, stored, Math.max(stored, whole * share.passed() / share.whole()));
  }

  /** Seconds of a day that have passed, of so many. */
  private record Share(long passed, long whole) {}

  private Share share(LocalDate day, ZoneId zone) {
    var begin = day.atStartOfDay(zone).toInstant();
    long whole =
        Duration.between(begin, day.plusDays(1).atStartOfDay(zone).toInstant()).toSeconds();
    var now = clock.instant();
    long passed = Duration.between(begin, now).toSeconds();
    if (passed >= whole) {
      return new Share(whole, whole); // what lacks of a day that is over lacks
    }
    return new Share(Math.max(0, passed - UNTIL_READ.toSeconds()), whole);
  }

  /**
   * The meters of a group that lack something of a day, those that lack most first.
   *
   * @param first number of the first one wanted, from 0
   */
  public List<MeterDay> incomplete(int groupId, LocalDate day, int first, int max) {
    var share = share(day, ZoneOffset.UTC);
    return database.query(
        """
        select m.serial_number, m.alias, c.stored, c.expected
          from (%s) c join meter m on m.id = c.meter_id
         order by c.expected - c.stored desc, m.serial_number limit ? offset ?"""
            .formatted(INCOMPLETE),
        row ->
            new MeterDay(
                row.getString("serial_number"),
                row.getString("alias"),
                row.getLong("stored"),
                row.getLong("expected")),
        share.passed(),
        share.whole(),
        day,
        groupId,
        max,
        first);
  }

  /** How many meters of a group lack something of a day. */
  public long countIncomplete(int groupId, LocalDate day) {
    var share = share(day, ZoneOffset.UTC);
    return database
        .first(
            "select count(*) from (%s) c".formatted(INCOMPLETE),
            row -> row.getLong(1),
            share.passed(),
            share.whole(),
            day,
            groupId)
        .orElseThrow();
  }

  private static final String INCOMPLETE =
      """
      select * from (
        select p.meter_id, sum(d.stored) as stored,
               greatest(sum(d.stored), sum(d.expected) * ?::bigint / ?::bigint) as expected
          from meter_group_member g
          join load_profile p on p.meter_id = g.meter_id
          join completeness_day d on d.profile_id = p.id and d.day = ?
         where g.group_id = ? and not g.leaving
         group by p.meter_id) of_meter
       where stored < expected""";
}
