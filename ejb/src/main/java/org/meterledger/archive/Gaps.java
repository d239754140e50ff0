package org.meterledger.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.meterledger.metering.ObisCode;
import org.meterledger.server.Database;

/**
 * Intervals that are missing between archived ones. {@link CompletenessCount} finds them some
 * seconds after the rows around them came, and takes away what was filled.
 */
@ApplicationScoped
public class Gaps {

  private final Database database;

  /** For the client proxy only. */
  protected Gaps() {
    this(null);
  }

  @Inject
  public Gaps(Database database) {
    this.database = database;
  }

  /**
   * Missing intervals of one profile that lie side by side.
   *
   * @param after period end of the last row before them
   * @param before period end of the first row after them
   * @param missing intervals, at least one
   * @param foundAt when it was noticed first
   * @param asked how often the meter was asked for them since
   * @param askAt when to ask for them next
   * @param permanent a word for why they will never come, as {@code NOT_RECORDED} where the meter's
   *     own running number goes on as if nothing were missing; null while they may come
   */
  public record Gap(
      int profileId,
      ObisCode profile,
      Instant after,
      Instant before,
      int missing,
      Instant foundAt,
      int asked,
      Instant askAt,
      String permanent) {}

  /** How many gaps a meter has, and how many intervals are missing in them. */
  public record Counts(long open, long openIntervals, long permanent, long permanentIntervals) {}

  private static final String GAP =
      """
      select g.*, p.obis from load_profile_gap g join load_profile p on p.id = g.profile_id
       where p.meter_id = ?""";

  /** Gaps that a meter should be asked for by now, newest first. */
  public List<Gap> toAsk(int meterId, Instant now, int atMost) {
    return database.query(
        GAP + " and g.permanent is null and g.ask_at <= ? order by g.before desc limit ?",
        Gaps::gap,
        meterId,
        now,
        atMost);
  }

  /** Gaps that may still be filled, whenever a meter is to be asked for them; newest first. */
  public List<Gap> open(int meterId) {
    return database.query(
        GAP + " and g.permanent is null order by g.before desc", Gaps::gap, meterId);
  }

  /** All gaps of a meter, open and permanent ones, newest first. */
  public List<Gap> of(int meterId, int first, int max) {
    return database.query(
        GAP + " order by g.before desc, p.obis limit ? offset ?", Gaps::gap, meterId, max, first);
  }

  public Counts counts(int meterId) {
    return database
        .first(
            """
            select count(*) filter (where permanent is null),
                   coalesce(sum(missing) filter (where permanent is null), 0),
                   count(permanent),
                   coalesce(sum(missing) filter (where permanent is not null), 0)
              from load_profile_gap g join load_profile p on p.id = g.profile_id
             where p.meter_id = ?""",
            row -> new Counts(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
            meterId)
        .orElseThrow();
  }

  private static Gap gap(ResultSet row) throws SQLException {
    return new Gap(
        row.getInt("profile_id"),
        ObisCode.of(row.getString("obis")),
        Database.instant(row, "after"),
        Database.instant(row, "before"),
        row.getInt("missing"),
        Database.instant(row, "found_at"),
        row.getInt("asked"),
        Database.instant(row, "ask_at"),
        row.getString("permanent"));
  }
}
