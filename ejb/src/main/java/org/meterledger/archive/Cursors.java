package org.meterledger.archive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.ObisCode;
import org.meterledger.server.Database;

/** How far each profile and logbook has been archived. */
@ApplicationScoped
public class Cursors {

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
}
