package org.meterledger.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Unit;
import org.meterledger.server.Database;
import org.meterledger.server.DatabaseException;

/** Queries of archived load profiles. */
@ApplicationScoped
public class LoadProfiles {

  private static final Duration LOOK_BACK = Duration.ofHours(2);
  private static final Duration UNKNOWN_PERIOD = Duration.ofMinutes(15);

  /** Widths that people read easily; a bucket is one of these or whole days. */
  private static final List<Duration> ROUND_WIDTHS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofDays(1));

  private static final String VERSIONS =
      """
      with told as (
        select * from load_profile_superseded
         where profile_id = ? and period_end > ? and period_end <= ?)
      select period_end, sequence, status, values, superseded_at from told
      union all
      select e.period_end, e.sequence, e.status, e.values, null
        from load_profile_entry e
        join (select distinct profile_id, period_end, sequence from told) t
             using (profile_id, period_end, sequence)
       order by period_end, sequence, superseded_at""";

  private static final int FETCH = 1_000;

  private final Database database;
  private final ProfileCatalog catalog;

  /** For the client proxy only. */
  protected LoadProfiles() {
    this(null, null);
  }

  @Inject
  public LoadProfiles(Database database, ProfileCatalog catalog) {
    this.database = database;
    this.catalog = catalog;
  }

  /** The load profiles of a meter, by OBIS code; present values that were archived are none. */
  public List<ProfileCatalog.Profile> of(int meterId) {
    return catalog.of(meterId).stream()
        .filter(profile -> !ProfileCatalog.isPresentValues(profile.obis()))
        .toList();
  }

  /**
   * @param obis null for the meter's first profile
   */
  public Optional<ProfileCatalog.Profile> find(int meterId, ObisCode obis) {
    return (obis == null ? of(meterId) : catalog.of(meterId))
        .stream().filter(profile -> obis == null || profile.obis().equals(obis)).findFirst();
  }

  /**
   * Thins a profile to at most about {@code points} buckets, with minimum, mean and maximum of
   * each.
   *
   * @param points 1..10000, about the pixels to fill
   */
  public Series series(RowsQuery query, int points) {
    var period = Optional.ofNullable(query.profile().capturePeriod()).orElse(UNKNOWN_PERIOD);
    var bucket = bucket(query, points, period);
    var sql = new SeriesSql(query, bucket);
    var from = query.interval().from();
    var found =
        database.query(
            sql.sql(),
            sql::point,
            query.profile().id(),
            from.minus(LOOK_BACK).minus(period),
            query.interval().to(),
            from,
            from);
    var channels = new ArrayList<Series.SeriesChannel>();
    var difference = new Difference(query);
    for (int i = 0; i < query.channels().size(); i++) {
      Unit unit = difference.unit(i);
      channels.add(new Series.SeriesChannel(query.channels().get(i).channel().obis(), unit));
    }
    return new Series(bucket, bucket.compareTo(period) > 0, channels, found);
  }

  private static Duration bucket(RowsQuery query, int points, Duration period) {
    var span = Duration.between(query.interval().from(), query.interval().to());
    var least = span.dividedBy(points);
    if (least.compareTo(period) <= 0) {
      return period;
    }
    return ROUND_WIDTHS.stream()
        .filter(width -> width.compareTo(least) >= 0 && width.compareTo(period) >= 0)
        .min(Comparator.naturalOrder())
        .orElseGet(() -> Duration.ofDays(least.toDays() + 1));
  }

  /**
   * All versions of the rows that a meter told otherwise later, oldest period and oldest version
   * first, one at a time. Values are told as read, whatever the query says.
   */
  public void versions(RowsQuery query, Consumer<RowVersion> consumer) {
    database.inTransaction(
        connection -> {
          try (var statement =
              Database.prepare(
                  connection,
                  VERSIONS,
                  query.profile().id(),
                  query.interval().from(),
                  query.interval().to())) {
            statement.setFetchSize(FETCH); // with auto-commit off the driver then uses a cursor
            var rows = statement.executeQuery();
            while (rows.next()) {
              consumer.accept(version(query, rows));
            }
          }
          return null;
        });
  }

  private static RowVersion version(RowsQuery query, ResultSet row) throws SQLException {
    var raw = (Long[]) row.getArray("values").getArray();
    return new RowVersion(
        Database.instant(row, "period_end"),
        row.getLong("sequence"),
        row.getInt("status") & query.profile().flagBits(),
        query.channels().stream().map(channel -> sum(channel, raw)).toArray(Long[]::new),
        Database.instant(row, "superseded_at"));
  }

  private static Long sum(ProfileCatalog.ArchivedChannel channel, Long[] raw) {
    long sum = 0;
    for (int term : channel.terms()) {
      if (raw[term] == null) {
        return null;
      }
      sum += raw[term];
    }
    return sum;
  }

  /** The rows, to be read one by one and closed; not inside a transaction of the server. */
  public IntervalRows rows(RowsQuery query) {
    try {
      var connection = database.open();
      try {
        return new IntervalRows(connection, query);
      } catch (RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }
}
