package org.meterledger.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.ProfileRow;
import org.meterledger.server.Database;

/** How far each profile and logbook has been archived. */
@ApplicationScoped
public class Cursors {

  /** Few partitions are looked through for what is mostly near. */
  private static final Duration LOOK_BACK = Duration.ofDays(2);

  private static final int BYTE = 0xff;

  private final Database database;

  /** For the client proxy only. */
  protected Cursors() {
    this(null);
  }

  @Inject
  public Cursors(Database database) {
    this.database = database;
  }

  /** {@link Cursor#START} where nothing is archived yet. */
  public Cursor of(int meterId, ObisCode source) {
    return database
        .first(
            "select epoch, index, at from archive_cursor where meter_id = ? and source = ?",
            row ->
                new Cursor(row.getInt("epoch"), row.getLong("index"), Database.instant(row, "at")),
            meterId,
            source.toString())
        .orElse(Cursor.START);
  }

  /**
   * Whether the last attempts to read on all brought nothing, for the meter gave answers that are
   * of no use.
   *
   * @param kinds of attempts that count
   * @param attempts how many it must have been
   */
  public boolean inVain(int meterId, List<String> kinds, int attempts) {
    return database
            .query(
                """
            select result <> 'COMPLETE' and received = 0
                   and fault in ('BUSY', 'PROTOCOL', 'INVALID_DATA') vain
              from reading_attempt where meter_id = ? and kind = any(?)
             order by started_at desc limit ?""",
                row -> row.getBoolean("vain"),
                meterId,
                kinds.toArray(new String[0]),
                attempts)
            .stream()
            .filter(vain -> vain)
            .count()
        == attempts;
  }

  /** The row of a profile that ends last, and not after {@code atMost}, as it was recorded last. */
  public Optional<ProfileRow> newest(ProfileCatalog.Profile profile, Instant atMost) {
    return newest(profile, atMost, atMost.minus(LOOK_BACK))
        .or(() -> newest(profile, atMost, Instant.EPOCH));
  }

  private Optional<ProfileRow> newest(
      ProfileCatalog.Profile profile, Instant atMost, Instant atLeast) {
    return database.first(
        """
        select period_end, sequence, status, values from load_profile_entry
         where profile_id = ? and period_end <= ? and period_end >= ?
         order by period_end desc, occurrence desc limit 1""",
        Cursors::row,
        profile.id(),
        atMost,
        atLeast);
  }

  private static ProfileRow row(ResultSet row) throws SQLException {
    var stored = (Long[]) row.getArray("values").getArray();
    long[] values = new long[stored.length];
    long present = 0;
    for (int i = 0; i < values.length; i++) {
      if (stored[i] != null) {
        values[i] = stored[i];
        present |= 1L << i;
      }
    }
    int status = row.getInt("status");
    return new ProfileRow(
        Database.instant(row, "period_end"),
        row.getLong("sequence"),
        status & BYTE,
        status >> Byte.SIZE & BYTE,
        values,
        present);
  }
}
