package org.meterledger.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.meterledger.metering.ProfileRow;
import org.meterledger.server.Database;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Stores rows of many profiles in one transaction, each interval once.
 *
 * <p>Nearly always every row is new: one COPY into the archive itself. Only when that meets a key
 * that is there already are the rows, in another transaction, looked at one by one: the same row
 * again is nothing, another index at the same period end is a further occurrence, and the same
 * index with other values supersedes what was there, which is kept.
 */
final class RowStore {

  /** What became of the rows of one profile. */
  record Outcome(int stored, List<Superseded> superseded) {}

  record Superseded(Instant periodEnd, long sequence) {}

  /** Between these period ends, both included, there are other rows of a profile than before. */
  record Change(Instant firstEnd, Instant lastEnd) {
    private Change and(Change other) {
      return new Change(
          firstEnd.isBefore(other.firstEnd) ? firstEnd : other.firstEnd,
          lastEnd.isAfter(other.lastEnd) ? lastEnd : other.lastEnd);
    }
  }

  private static final String STAGING =
      """
      create temp table if not exists load_profile_staging (
        ordinal integer, profile_id integer, period_end timestamptz, sequence bigint,
        status smallint, values bigint[]) on commit delete rows;
      create temp table if not exists load_profile_fate (
        profile_id integer, period_end timestamptz, sequence bigint,
        status smallint, values bigint[], fate text) on commit delete rows""";

  private static final String COPY_TO_STAGING =
      """
      copy load_profile_staging (period_end, sequence, profile_id, ordinal, status, values)
      from stdin (format binary)""";

  private static final String COPY_TO_ARCHIVE =
      """
      copy load_profile_entry (period_end, sequence, profile_id, occurrence, status, values)
      from stdin (format binary)""";

  /** Within one delivery the last word of the meter counts; what it said before is kept too. */
  private static final String TOLD_TWICE =
      """
      insert into load_profile_superseded
        (profile_id, period_end, sequence, status, values, superseded_at)
      select a.profile_id, a.period_end, a.sequence, a.status, a.values, ?
        from load_profile_staging a join load_profile_staging b
             using (profile_id, period_end, sequence)
       where a.ordinal < b.ordinal and (a.status, a.values) is distinct from (b.status, b.values)""";

  /**
   * A row of an older epoch that is the same but for its index was renumbered by the meter, not
   * recorded again.
   */
  private static final String FATE =
      """
      insert into load_profile_fate (profile_id, period_end, sequence, status, values, fate)
      select s.profile_id, s.period_end, s.sequence, s.status, s.values,
             case when same.sequence is null and renumbered.sequence is null then 'NEW'
                  when same.sequence is null then 'SAME'
                  when (same.status, same.values) is distinct from (s.status, s.values)
                  then 'CHANGED' else 'SAME' end
        from (select distinct on (profile_id, period_end, sequence) *
                from load_profile_staging
               order by profile_id, period_end, sequence, ordinal desc) s
        left join load_profile_entry same using (profile_id, period_end, sequence)
        left join lateral (
               select e.sequence from load_profile_entry e
                where e.profile_id = s.profile_id and e.period_end = s.period_end
                  and e.sequence >> 40 < s.sequence >> 40
                  and e.status = s.status and e.values = s.values limit 1) renumbered on true""";

  private static final String KEEP_SUPERSEDED =
      """
      insert into load_profile_superseded
        (profile_id, period_end, sequence, status, values, superseded_at)
      select e.profile_id, e.period_end, e.sequence, e.status, e.values, ?
        from load_profile_entry e join load_profile_fate f using (profile_id, period_end, sequence)
       where f.fate = 'CHANGED'""";

  private static final String SUPERSEDE =
      """
      update load_profile_entry e set status = f.status, values = f.values
        from load_profile_fate f
       where f.fate = 'CHANGED' and e.profile_id = f.profile_id and e.period_end = f.period_end
         and e.sequence = f.sequence""";

  /** Rows that share their period end with a new one take part in the new numbering. */
  private static final String COLLECT_NEIGHBOURS =
      """
      insert into load_profile_fate (profile_id, period_end, sequence, status, values, fate)
      select e.profile_id, e.period_end, e.sequence, e.status, e.values, 'NEIGHBOUR'
        from load_profile_entry e
       where (e.profile_id, e.period_end) in
             (select profile_id, period_end from load_profile_fate where fate = 'NEW')""";

  private static final String REMOVE_NEIGHBOURS =
      """
      delete from load_profile_entry e using load_profile_fate f
       where f.fate = 'NEIGHBOUR' and e.profile_id = f.profile_id
         and e.period_end = f.period_end and e.sequence = f.sequence""";

  private static final String INSERT_NUMBERED =
      """
      insert into load_profile_entry (period_end, sequence, profile_id, occurrence, status, values)
      select period_end, sequence, profile_id,
             row_number() over (partition by profile_id, period_end order by sequence) - 1,
             status, values
        from load_profile_fate where fate in ('NEW', 'NEIGHBOUR')""";

  private static final String OUTCOME =
      """
      select profile_id, period_end, sequence, status, fate
        from load_profile_fate where fate in ('NEW', 'CHANGED')""";

  private static final int COPY_BUFFER = 1 << 16;

  private final Connection connection;
  private final Map<Integer, Outcome> outcomes = new HashMap<>();
  private final Map<Integer, Change> changes = new HashMap<>();

  RowStore(Connection connection) {
    this.connection = connection;
  }

  /** What became of a profile's rows; nothing for a profile that brought none. */
  Outcome outcome(int profileId) {
    return outcomes.getOrDefault(profileId, new Outcome(0, List.of()));
  }

  /** Where load profiles have rows that are new or changed, by profile; by clocks that were set. */
  Map<Integer, Change> changes() {
    return changes;
  }

  /**
   * As if no row were there.
   *
   * @throws SQLException a unique violation, which ends the transaction, where one is
   */
  void storeNew(List<DeliveredRows> deliveries) throws SQLException {
    if (!deliveries.isEmpty()) {
      copy(COPY_TO_ARCHIVE, deliveries, (writer, ordinal) -> writer.int2(0));
      deliveries.forEach(this::allNew);
    }
  }

  /** Whether rows are there or not. */
  void store(List<DeliveredRows> deliveries, Instant now) throws SQLException {
    if (deliveries.isEmpty()) {
      return;
    }
    try (var statement = connection.createStatement()) {
      statement.execute(STAGING);
    }
    copy(COPY_TO_STAGING, deliveries, BinaryCopy.Writer::int4);
    execute(TOLD_TWICE, now);
    execute(FATE);
    execute(KEEP_SUPERSEDED, now);
    execute(SUPERSEDE);
    readOutcome(deliveries);
    execute(COLLECT_NEIGHBOURS);
    execute(REMOVE_NEIGHBOURS);
    execute(INSERT_NUMBERED);
  }

  /** Writes the fourth column, in which archive and staging differ. */
  private interface FourthColumn {
    BinaryCopy.Writer write(BinaryCopy.Writer writer, int ordinal) throws IOException;
  }

  private void copy(String sql, List<DeliveredRows> deliveries, FourthColumn fourth)
      throws SQLException {
    var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      copy(copy, deliveries, fourth);
    } catch (SQLException | RuntimeException e) {
      giveUp(copy, e);
      throw e;
    }
  }

  /** Where the connection broke, the driver would wait for its copy to end before it rolls back. */
  private static void giveUp(CopyIn copy, Exception cause) {
    try {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static void copy(CopyIn copy, List<DeliveredRows> deliveries, FourthColumn fourth)
      throws SQLException {
    int ordinal = 0;
    try (var out = new PGCopyOutputStream(copy, COPY_BUFFER)) {
      var writer = new BinaryCopy.Writer(out);
      for (var delivery : deliveries) {
        for (ProfileRow row : delivery.rows()) {
          writer
              .tuple(6)
              .timestamp(row.periodEnd())
              .int8(row.sequence())
              .int4(delivery.profile().id());
          fourth
              .write(writer, ordinal++)
              .int2(row.meterStatus() << 8 | row.flags())
              .int8Array(row.values(), row.present());
        }
      }
      writer.finish();
    } catch (IOException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw cause;
      }
      throw new UncheckedIOException(e);
    }
  }

  private void allNew(DeliveredRows delivery) {
    outcomes.merge(
        delivery.profile().id(), new Outcome(delivery.rows().size(), List.of()), RowStore::plus);
    if (isLoadProfile(delivery)) {
      int profileId = delivery.profile().id();
      delivery.rows().stream()
          .filter(row -> !DeliveredRows.clockNeverSet(row))
          .forEach(row -> changed(profileId, row.periodEnd()));
    }
  }

  private void readOutcome(List<DeliveredRows> deliveries) throws SQLException {
    var loadProfiles =
        deliveries.stream()
            .filter(RowStore::isLoadProfile)
            .map(d -> d.profile().id())
            .collect(Collectors.toSet());
    try (var statement = connection.prepareStatement(OUTCOME);
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        int profileId = rows.getInt("profile_id");
        var at = Database.instant(rows, "period_end");
        boolean fresh = "NEW".equals(rows.getString("fate"));
        var changed =
            fresh ? List.<Superseded>of() : List.of(new Superseded(at, rows.getLong("sequence")));
        outcomes.merge(profileId, new Outcome(fresh ? 1 : 0, changed), RowStore::plus);
        if (loadProfiles.contains(profileId)
            && !(fresh && DeliveredRows.clockNeverSet(rows.getInt("status"), at))) {
          changed(profileId, at);
        }
      }
    }
  }

  private static boolean isLoadProfile(DeliveredRows delivery) {
    return !ProfileCatalog.isPresentValues(delivery.profile().obis());
  }

  private void changed(int profileId, Instant periodEnd) {
    changes.merge(profileId, new Change(periodEnd, periodEnd), Change::and);
  }

  private static Outcome plus(Outcome a, Outcome b) {
    var superseded = new ArrayList<>(a.superseded());
    superseded.addAll(b.superseded());
    return new Outcome(a.stored() + b.stored(), superseded);
  }

  private int execute(String sql, Object... parameters) throws SQLException {
    try (var statement = Database.prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    }
  }
}
