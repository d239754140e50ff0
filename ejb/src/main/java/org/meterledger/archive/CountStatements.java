package org.meterledger.archive;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.server.Database;

/** The statements of one transaction that counts. Each works on all that the transaction took. */
final class CountStatements {

  private static final String SCRATCH =
      """
      create temp table if not exists touched (
        profile_id integer, first_end timestamptz, last_end timestamptz,
        previous timestamptz, next timestamptz) on commit delete rows;
      create temp table if not exists touched_day (profile_id integer, day date)
        on commit delete rows;
      create temp table if not exists taken_member (
        group_id integer, meter_id integer, sign integer) on commit delete rows""";

  /** Of that transaction, so that it ends with it whatever happens. */
  private static final String LOCK = "select pg_try_advisory_xact_lock(" + 0x4d4c_434f_554eL + ")";

  private static final String TAKE_CHANGES =
      """
      with taken as (
        delete from load_profile_change where id in (
          select id from load_profile_change order by id limit ?) returning *),
      put as (
        insert into touched (profile_id, first_end, last_end)
        select distinct profile_id, first_end, last_end from taken)
      select count(*) from taken""";

  /**
   * Neighbours are mostly near: few rows and few partitions are looked through for these, and all
   * only where there is none. Rows of a clock that is days ahead wait for their time, since nobody
   * can say yet what is missing before them.
   */
  private static final String NEIGHBOURS =
      """
      update touched t
         set last_end = n.last_end,
             previous = coalesce(
               (select max(period_end) from load_profile_entry e
                 where e.profile_id = t.profile_id and %1$s
                   and period_end < t.first_end
                   and period_end >= t.first_end - make_interval(secs => 2 * n.capture_period)),
               (select max(period_end) from load_profile_entry e
                 where e.profile_id = t.profile_id and %1$s
                   and period_end < t.first_end and period_end >= t.first_end - interval '2 days'),
               (select max(period_end) from load_profile_entry e
                 where e.profile_id = t.profile_id and %1$s
                   and period_end < t.first_end and period_end >= n.first_at)),
             next = coalesce(
               (select min(period_end) from load_profile_entry e
                 where e.profile_id = t.profile_id and %1$s
                   and period_end > n.last_end and period_end <= n.last_end + interval '2 days'
                   and period_end <= n.horizon),
               (select min(period_end) from load_profile_entry e
                 where e.profile_id = t.profile_id and %1$s
                   and period_end > n.last_end and period_end <= n.horizon))
        from (select c.profile_id, c.first_end, c.last_end as told_end, p.first_at, p.capture_period,
                     h.horizon,
                     case when c.last_end < 'infinity' then c.last_end
                          else greatest(c.first_end, (
                            select max(period_end) from load_profile_entry e
                             where e.profile_id = c.profile_id and %1$s
                               and period_end >= c.first_end and period_end <= h.horizon))
                          end as last_end
                from touched c join load_profile p on p.id = c.profile_id
               cross join (select ?::timestamptz as horizon) h) n
       where (n.profile_id, n.first_end, n.told_end) = (t.profile_id, t.first_end, t.last_end)"""
          .formatted(DeliveredRows.CLOCK_SET);

  /**
   * The days of the rows, and those around them on which nothing came: back to the row before, on
   * to the next row, or to tomorrow while the meter is read. A profile's days have no holes, so
   * that one day tells whether there are more.
   */
  private static final String TOUCH_DAYS =
      """
      insert into touched_day (profile_id, day)
      select t.profile_id, d.day::date
        from touched t
        join load_profile p on p.id = t.profile_id
        join meter m on m.id = p.meter_id
       cross join lateral (
               select local_day(t.first_end, m.time_zone) as first,
                      local_day(t.last_end, m.time_zone) as last,
                      local_day(t.previous, m.time_zone) as previous,
                      local_day(t.next, m.time_zone) as next) l
       cross join lateral (
               select case when l.previous is null or l.previous = l.first
                             or exists (select from completeness_day c
                                         where c.profile_id = t.profile_id
                                           and c.day = l.first - 1)
                           then l.first else l.previous end as begins,
                      case when l.next is null and m.state = 'ACTIVE' then ?::date
                           when l.next is null then l.last
                           when l.next = l.last
                             or exists (select from completeness_day c
                                         where c.profile_id = t.profile_id
                                           and c.day = l.last + 1)
                           then l.last else l.next end as ends) r
       cross join lateral generate_series(
               r.begins::timestamp, least(r.ends, ?::date)::timestamp, interval '1 day') as d (day)
       where p.first_at is not null""";

  private static final String NEXT_PROFILES =
      """
      select max(id) from (
        select id from load_profile where id > ? order by id limit ?) part""";

  /** Days on which nothing has come so far are days as well. */
  private static final String TOUCH_EMPTY_DAYS =
      """
      insert into touched_day (profile_id, day)
      select p.id, d.day::date
        from load_profile p join meter m on m.id = p.meter_id
       cross join lateral generate_series(
               greatest(?::date, local_day(p.first_at, m.time_zone))::timestamp,
               ?::timestamp, interval '1 day') as d (day)
       where p.id > ? and p.id <= ? and m.state = 'ACTIVE' and p.first_at is not null
         and p.obis not like ?
         and not exists (select from completeness_day c
                          where c.profile_id = p.id and c.day = d.day::date)""";

  /** What the groups hold is the sum of what their members hold: they get the differences. */
  private static final String COUNT =
      """
      with touched_profile as materialized (
        select p.id, p.meter_id, p.first_at, m.time_zone
          from load_profile p join meter m on m.id = p.meter_id
         where p.id in (select profile_id from touched_day)
           and exists (select from load_profile_period r where r.profile_id = p.id)),
      period as (
        select r.profile_id, r.capture_period,
               case when lag(r.since) over w is null then '-infinity'
                    else r.since - make_interval(secs => r.capture_period) end as begins,
               coalesce(lead(r.since - make_interval(secs => r.capture_period)) over w,
                        'infinity') as ends
          from load_profile_period r
         where r.profile_id in (select id from touched_profile)
        window w as (partition by r.profile_id order by r.since)),
      day as (
        select p.id, p.meter_id, p.first_at, t.day,
               local_day_start(t.day, p.time_zone) as begins,
               local_day_start(t.day + 1, p.time_zone) as ends
          from (select distinct profile_id, day from touched_day) t
          join touched_profile p on p.id = t.profile_id),
      expected as (
        select d.id, d.day,
               sum(greatest(0, round(extract(epoch from
                 least(d.ends, r.ends)
                 - greatest(d.begins, r.begins,
                            d.first_at - make_interval(secs => r.capture_period)))
                 / r.capture_period)))::integer as intervals
          from day d join period r on r.profile_id = d.id
         group by d.id, d.day),
      counted as materialized (
        select d.id, d.meter_id, d.day, s.stored, greatest(s.stored, e.intervals) as expected
          from day d join expected e using (id, day)
         cross join lateral (
                 select count(distinct period_end)::integer as stored
                   from load_profile_entry r
                  where r.profile_id = d.id and %s
                    and r.period_end > d.begins and r.period_end <= d.ends) s),
      difference as (
        select c.id, c.meter_id, c.day, c.expected - coalesce(o.expected, 0) as expected,
               c.stored - coalesce(o.stored, 0) as stored
          from counted c left join completeness_day o on o.profile_id = c.id and o.day = c.day
         where (c.expected, c.stored) <> (coalesce(o.expected, 0), coalesce(o.stored, 0))),
      written as (
        insert into completeness_day as o (day, profile_id, expected, stored)
        select c.day, c.id, c.expected, c.stored from counted c join difference d using (id, day)
        on conflict (profile_id, day) do update
          set expected = excluded.expected, stored = excluded.stored)
      insert into completeness_group_day as o (group_id, day, expected, stored)
      select m.group_id, d.day, sum(d.expected), sum(d.stored)
        from difference d join meter_group_member m on m.meter_id = d.meter_id and m.counted
       group by m.group_id, d.day
      on conflict (group_id, day) do update
        set expected = o.expected + excluded.expected, stored = o.stored + excluded.stored"""
          .formatted(DeliveredRows.CLOCK_SET);

  private static final String MONTHS =
      "select distinct date_trunc('month', day)::date from touched_day";

  /**
   * The gaps of what was touched, as they are now. What is left of a gap that was known keeps what
   * is known of it. Where the meter's running number goes on by one there never was anything; an
   * index that counts seconds never does that.
   */
  private static final String GAPS =
      """
      with range as materialized (
        select distinct t.profile_id,
               least(coalesce(t.previous, t.first_end), g.after) as first_end,
               greatest(coalesce(t.next, t.last_end), g.before) as last_end
          from touched t
          left join lateral (
                 select min(g.after) as after, max(g.before) as before from load_profile_gap g
                  where g.profile_id = t.profile_id
                    and g.before > coalesce(t.previous, t.first_end)
                    and g.after < coalesce(t.next, t.last_end)) g on true
         where exists (select from load_profile_period r where r.profile_id = t.profile_id)),
      hole as materialized (
        select distinct on (r.profile_id, e.after) r.profile_id, e.after, e.before,
               round(extract(epoch from e.before - e.after) / p.capture_period) - 1 as missing,
               exists (select from unnest(e.sequences_after) as s (sequence)
                        where s.sequence + 1 = any (e.sequences)) as followed
          from range r
         cross join lateral (
                 select period_end as before, lag(period_end) over w as after,
                        sequences, lag(sequences) over w as sequences_after
                   from (select period_end, array_agg(sequence) as sequences
                           from load_profile_entry e
                          where e.profile_id = r.profile_id and %s
                            and period_end between r.first_end and r.last_end
                            and period_end <= ?
                          group by period_end) ends
                 window w as (order by period_end)) e
         cross join lateral (
                 select q.capture_period from load_profile_period q
                  where q.profile_id = r.profile_id
                  order by q.since <= e.before desc,
                           case when q.since <= e.before then q.since end desc, q.since
                  limit 1) p
         where extract(epoch from e.before - e.after) > 1.5 * p.capture_period
         order by r.profile_id, e.after),
      gone as (
        delete from load_profile_gap g using range r
         where g.profile_id = r.profile_id and g.after >= r.first_end and g.after < r.last_end
           and not exists (select from hole h
                            where h.profile_id = g.profile_id and h.after = g.after))
      insert into load_profile_gap as g
        (profile_id, after, before, missing, found_at, asked, ask_at, permanent)
      select h.profile_id, h.after, h.before, h.missing,
             coalesce(o.found_at, n.now), coalesce(o.asked, 0), coalesce(o.ask_at, n.now),
             coalesce(o.permanent, case when h.followed then 'NOT_RECORDED' end)
        from hole h
       cross join (select ?::timestamptz as now) n
        left join lateral (
               select * from load_profile_gap k
                where k.profile_id = h.profile_id and k.after <= h.after and k.before >= h.before
                limit 1) o on true
      on conflict (profile_id, after) do update
        set before = excluded.before, missing = excluded.missing,
            permanent = coalesce(g.permanent, excluded.permanent)
        where (g.before, g.missing) <> (excluded.before, excluded.missing)"""
          .formatted(DeliveredRows.CLOCK_SET);

  private static final String TAKE_MEMBERS =
      """
      with taken as (
        select group_id, meter_id, case when not leaving then 1 when counted then -1 else 0 end
          from meter_group_member where not counted or leaving
         limit ? for update skip locked),
      put as (insert into taken_member select * from taken)
      select count(*) from taken""";

  private static final String ADD_MEMBERS =
      """
      insert into completeness_group_day as o (group_id, day, expected, stored)
      select t.group_id, d.day, sum(t.sign * d.expected), sum(t.sign * d.stored)
        from taken_member t
        join load_profile p on p.meter_id = t.meter_id
        join completeness_day d on d.profile_id = p.id
       where t.sign <> 0
       group by t.group_id, d.day
      on conflict (group_id, day) do update
        set expected = o.expected + excluded.expected, stored = o.stored + excluded.stored""";

  private static final String MEMBERS_COUNTED =
      """
      update meter_group_member m set counted = true from taken_member t
       where t.sign = 1 and m.group_id = t.group_id and m.meter_id = t.meter_id""";

  private static final String MEMBERS_GONE =
      """
      delete from meter_group_member m using taken_member t
       where t.sign < 1 and m.group_id = t.group_id and m.meter_id = t.meter_id""";

  private final Connection connection;
  private final Instant now;

  CountStatements(Connection connection, Instant now) {
    this.connection = connection;
    this.now = now;
  }

  /** Whether this transaction is the one that counts; another may be. */
  boolean lock() throws SQLException {
    if (!(boolean) first(LOCK)) {
      return false;
    }
    try (var statement = connection.createStatement()) {
      statement.execute(SCRATCH);
    }
    return true;
  }

  /**
   * Takes members that come or go into the groups' counts.
   *
   * @return how many
   */
  int members(int atMost) throws SQLException {
    int taken = number(TAKE_MEMBERS, atMost);
    if (taken > 0) {
      analyze("taken_member");
      update(ADD_MEMBERS);
      update(MEMBERS_COUNTED);
      update(MEMBERS_GONE);
    }
    return taken;
  }

  /**
   * Touches the days of the next profiles on which nothing has come.
   *
   * @return the last of these profiles, null when there was none left
   */
  Integer emptyDays(LocalDate first, LocalDate lastDay, int afterProfile, int profiles)
      throws SQLException {
    var last = (Integer) first(NEXT_PROFILES, afterProfile, profiles);
    if (last != null) {
      update(TOUCH_EMPTY_DAYS, first, lastDay, afterProfile, last, ProfileCatalog.PRESENT_VALUES);
    }
    return last;
  }

  /**
   * Touches what lies around changed rows, and tells of the gaps there.
   *
   * @return how many changes
   */
  int changes(int atMost) throws SQLException {
    int taken = number(TAKE_CHANGES, atMost);
    if (taken > 0) {
      analyze("touched");
      update(NEIGHBOURS, horizon());
      update(TOUCH_DAYS, tomorrow(), tomorrow());
      update(GAPS, horizon(), now);
    }
    return taken;
  }

  /**
   * Counts the days that were touched.
   *
   * @return the months they are of, by their first days
   */
  List<LocalDate> count() throws SQLException {
    var months = new ArrayList<LocalDate>();
    try (var statement = connection.prepareStatement(MONTHS);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        months.add(rows.getObject(1, LocalDate.class));
      }
    }
    if (!months.isEmpty()) {
      analyze("touched_day");
      update(COUNT);
    }
    return months;
  }

  /** By UTC; in the east it is tomorrow already. */
  private LocalDate tomorrow() {
    return LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1);
  }

  private Instant horizon() {
    return tomorrow().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Else the planner would take such a table for a large one or an empty one. */
  private void analyze(String table) throws SQLException {
    update("analyze " + table);
  }

  private void update(String sql, Object... parameters) throws SQLException {
    try (var statement = Database.prepare(connection, sql, parameters)) {
      statement.executeUpdate();
    }
  }

  private int number(String sql, Object... parameters) throws SQLException {
    return ((Number) first(sql, parameters)).intValue();
  }

  private Object first(String sql, Object... parameters) throws SQLException {
    try (var statement = Database.prepare(connection, sql, parameters);
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getObject(1);
    }
  }
}
