package org.meterledger.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.meterledger.metering.Unit;
import org.meterledger.server.Database;
import org.meterledger.server.DatabaseException;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/**
 * The rows of a query, one after the other, in the order in which the meter recorded them. However
 * many they are, only two are in memory. Holds a connection until closed.
 */
public final class IntervalRows implements AutoCloseable {

  /** Far enough back to find the row before the first, also if the clock was set by an hour. */
  private static final Duration LOOK_BACK = Duration.ofHours(2);

  private final RowsQuery query;
  private final Connection connection;
  private final PGCopyInputStream stream;
  private final BinaryCopy.Reader reader;
  private final int columns;
  private final Difference difference;
  private final long[] result;
  private final boolean[] missing;
  private final long from;
  private Captured row;
  private Captured before;
  private boolean broken;

  IntervalRows(Connection connection, RowsQuery query) {
    this.query = query;
    this.connection = connection;
    this.difference = new Difference(query);
    this.columns = difference.columns();
    this.result = new long[query.channels().size()];
    this.missing = new boolean[query.channels().size()];
    this.row = new Captured(columns);
    this.before = new Captured(columns);
    this.from = BinaryCopy.micros(query.interval().from());
    try {
      stream = new PGCopyInputStream(connection.unwrap(PGConnection.class), copy());
      reader = new BinaryCopy.Reader(stream);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One row as it comes: raw values by column, of which some may be missing. */
  static final class Captured {
    final long[] values;
    final boolean[] missing;
    long periodEnd;
    long sequence = Long.MIN_VALUE;
    int status;

    Captured(int columns) {
      values = new long[columns];
      missing = new boolean[columns];
    }
  }

  private String copy() throws SQLException {
    var lookBack = LOOK_BACK;
    if (query.profile().capturePeriod() != null) {
      lookBack = lookBack.plus(query.profile().capturePeriod());
    }
    String where =
        " from load_profile_entry where profile_id = %d and period_end > '%s' and period_end <= '%s'"
            .formatted(
                query.profile().id(),
                query.interval().from().minus(lookBack),
                query.interval().to());
    String columnList =
        difference.positions().stream()
            .map(position -> "values[" + (position + 1) + "]")
            .collect(Collectors.joining(", "));
    // the key's order costs nothing; the meter's own differs only where a clock was set back
    String order = repeats(where) ? "sequence" : "period_end, occurrence";
    return "copy (select period_end, sequence, status, "
        + columnList
        + where
        + " order by "
        + order
        + ") to stdout (format binary)";
  }

  private boolean repeats(String where) throws SQLException {
    try (var statement =
            Database.prepare(
                connection, "select exists (select 1" + where + " and occurrence > 0)");
        var rows = statement.executeQuery()) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  /**
   * Goes to the next row.
   *
   * @return false when there is none
   */
  public boolean next() throws IOException {
    do {
      var spare = before;
      before = row;
      row = spare;
      try {
        if (!reader.next()) {
          drain();
          return false;
        }
        read(row);
      } catch (IOException e) {
        broken = true;
        throw e;
      }
    } while (row.periodEnd <= from);
    difference.compute(before, row, result, missing);
    return true;
  }

  /** What the server says after the last row; left unread, it would answer the next statement. */
  private void drain() throws IOException {
    while (stream.read() >= 0) {
      continue;
    }
  }

  private void read(Captured into) throws IOException {
    into.periodEnd = reader.number();
    into.sequence = reader.number();
    into.status = (int) reader.number();
    for (int i = 0; i < columns; i++) {
      into.values[i] = reader.number();
      into.missing[i] = reader.missing();
    }
  }

  /** END of the capture period. */
  public Instant periodEnd() {
    return BinaryCopy.instant(row.periodEnd);
  }

  /** The meter's running number of the row. */
  public long sequence() {
    return row.sequence;
  }

  /** Bits of {@code RowStatus}. */
  public int flags() {
    return row.status & query.profile().flagBits();
  }

  /** The status as the meter gave it, 0..255. */
  public int meterStatus() {
    return (row.status & ~query.profile().flagBits()) >> 8 & 0xff;
  }

  /** Whether the channel has no value here: not captured, or its difference cannot be known. */
  public boolean missing(int channel) {
    return missing[channel];
  }

  /** Raw value of the channel, meaningless where {@link #missing(int)}. */
  public long value(int channel) {
    return result[channel];
  }

  /** Decimal exponent of {@link #value(int)}. */
  public int scaler(int channel) {
    return difference.scaler(channel);
  }

  /** Unit of {@link #value(int)}. */
  public Unit unit(int channel) {
    return difference.unit(channel);
  }

  public RowsQuery query() {
    return query;
  }

  @Override
  public void close() {
    try (connection) {
      finish();
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  private void finish() throws SQLException {
    try {
      if (!broken) {
        drain(); // a cancel could come late and hit the next statement of the pooled connection
        stream.close();
      }
    } catch (IOException e) {
      broken = true;
      throw new UncheckedIOException(e);
    } finally {
      if (broken) {
        // the driver still holds it locked for the copy: whom the pool gave it to would wait for
        // ever
        ((Connection) connection.unwrap(PGConnection.class)).abort(Runnable::run);
      }
    }
  }
}
