package org.meterledger.archive;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Notes, in the transaction that stores rows, what {@link CompletenessCount} has to look at. It
 * only adds rows of its own, so that no writer waits for another or for who counts; but for the
 * answers to gaps, which are few.
 */
final class CompletenessStatements {

  private static final String CHANGES =
      """
      insert into load_profile_change (profile_id, first_end, last_end)
      select * from unnest(?, ?, ?)""";

  /** The day of what was the first row ever is to be counted as well: it was none of 24 hours. */
  private static final String FIRST_CHANGES =
      """
      insert into load_profile_change (profile_id, first_end, last_end)
      select t.profile_id, t.first_end,
             greatest(t.last_end, case when t.first_end < p.first_at then p.first_at end)
        from unnest(?, ?, ?) as t (profile_id, first_end, last_end)
        join load_profile p on p.id = t.profile_id""";

  /**
   * The first row of a delivery may have been the last one of the former period: only the row
   * before it tells. What changes from then on is counted anew, with the very first period all
   * there is.
   */
  private static final String PERIODS =
      """
      with told as (select * from unnest(?, ?, ?, ?)
                      as t (profile_id, first_end, second_end, capture_period)),
      begun as (
        select t.profile_id, t.capture_period,
               case when t.second_end is null or former.since is null or exists (
                           select from load_profile_entry e
                            where e.profile_id = t.profile_id
                              and e.period_end
                                  = t.first_end - make_interval(secs => t.capture_period))
                    then t.first_end else t.second_end end as since,
               coalesce(former.capture_period, 0) as former
          from told t
          left join lateral (
                 select p.since, p.capture_period from load_profile_period p
                  where p.profile_id = t.profile_id
                  order by p.since <= t.first_end desc,
                           case when p.since <= t.first_end then p.since end desc, p.since
                  limit 1) former on true),
      noted as (
        insert into load_profile_period (profile_id, since, capture_period)
        select profile_id, since, capture_period from begun where capture_period <> former
        on conflict (profile_id, since) do update set capture_period = excluded.capture_period
        returning profile_id, since)
      insert into load_profile_change (profile_id, first_end, last_end)
      select n.profile_id,
             case when exists (select from load_profile_period p
                                where p.profile_id = n.profile_id and p.since < n.since)
                  then n.since else least(n.since, l.first_at) end,
             coalesce((select min(p.since) from load_profile_period p
                        where p.profile_id = n.profile_id and p.since > n.since), 'infinity')
        from noted n join load_profile l on l.id = n.profile_id""";

  private static final String GAPS =
      """
      update load_profile_gap g
         set asked = g.asked + 1, ask_at = told.ask_at,
             permanent = coalesce(g.permanent, told.permanent)
        from unnest(?, ?, ?, ?) as told (profile_id, after, ask_at, permanent)
       where g.profile_id = told.profile_id and g.after = told.after""";

  private final Connection connection;

  CompletenessStatements(Connection connection) {
    this.connection = connection;
  }

  /** Before load_profile is told of rows that are older than all others. */
  void write(List<Delivery> deliveries, RowStore rows) throws SQLException {
    changes(deliveries, rows);
    periods(deliveries);
    gaps(deliveries);
  }

  private void changes(List<Delivery> deliveries, RowStore rows) throws SQLException {
    try (var plain = changes(CHANGES);
        var first = changes(FIRST_CHANGES)) {
      for (var delivery : deliveries) {
        for (var each : delivery.rows()) {
          var profile = each.profile();
          var change = rows.changes().get(profile.id());
          if (change != null) {
            boolean older =
                profile.firstAt() == null || change.firstEnd().isBefore(profile.firstAt());
            (older ? first : plain).add(profile.id(), change.firstEnd(), change.lastEnd());
          }
        }
      }
    }
  }

  private ArrayBatch changes(String sql) {
    return new ArrayBatch(connection, sql, 1, "integer", "timestamptz", "timestamptz");
  }

  private void periods(List<Delivery> deliveries) throws SQLException {
    try (var batch =
        new ArrayBatch(
            connection, PERIODS, 1, "integer", "timestamptz", "timestamptz", "integer")) {
      for (var delivery : deliveries) {
        for (var rows : delivery.rows()) {
          if (rows.capturePeriod() != null
              && !ProfileCatalog.isPresentValues(rows.profile().obis())) {
            List<Instant> ends = rows.captured();
            batch.add(
                rows.profile().id(),
                ends.get(0),
                ends.size() > 1 ? ends.get(1) : null,
                (int) rows.capturePeriod().toSeconds());
          }
        }
      }
    }
  }

  private void gaps(List<Delivery> deliveries) throws SQLException {
    try (var batch =
        new ArrayBatch(connection, GAPS, 2, "integer", "timestamptz", "timestamptz", "text")) {
      for (var delivery : deliveries) {
        for (var gap : delivery.gaps()) {
          batch.add(gap.profileId(), gap.after(), gap.askAgainAt(), gap.permanentReason());
        }
      }
    }
  }
}
