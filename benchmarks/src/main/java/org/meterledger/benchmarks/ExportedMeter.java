package org.meterledger.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.meterledger.server.Database;
import org.postgresql.PGConnection;

/** A meter that a running server knows for a while, and a token to ask for it. */
final class ExportedMeter implements AutoCloseable {

  private static final String TOKEN =
      """
      insert into api_token (account_id, label, token_hash, created_at, expires_at)
      select id, ?, ?, ?, ? from account where enabled order by role, id limit 1""";

  /** In the order of their foreign keys. */
  private static final List<String> REMOVE =
      List.of(
          "delete from load_profile_entry where profile_id in"
              + " (select id from load_profile where meter_id = ?)",
          "delete from load_profile_channel where profile_id in"
              + " (select id from load_profile where meter_id = ?)",
          "delete from load_profile where meter_id = ?",
          "delete from archive_cursor where meter_id = ?",
          "delete from reading_task where meter_id = ?",
          "delete from reading_attempt where meter_id = ?",
          "delete from meter_contact where meter_id = ?",
          "delete from meter where id = ?");

  private static final int HTTP_OK = 200;
  private static final int BUFFER = 1 << 16;

  private final Database database;
  private final String url;
  private final int channels;
  private final String name = "export-" + UUID.randomUUID();
  private final ArchivedMeters meters;
  private final HttpClient http = HttpClient.newHttpClient();
  private Duration period;

  ExportedMeter(Database database, String url, int channels) throws Exception {
    this.database = database;
    this.url = url;
    this.channels = channels;
    this.meters = ArchivedMeters.register(database, name, 1, channels).described();
    var now = Clock.systemUTC().instant();
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
    if (database.update(TOKEN, name, hash, now, now.plus(Duration.ofHours(6))) == 0) {
      throw new IllegalArgumentException("The server has no account yet");
    }
  }

  void fill(int rows, Duration within) throws Exception {
    period = Duration.ofMillis(within.toMillis() / (rows + 1));
    try (var archive = new RunningArchive(database, 1)) {
      var profile = meters.profiles().get(0);
      archive.store( // makes the partition to be filled
          List.of(new Sessions.MeterRow(profile, meters.row(profile, end(1), 1))),
          Sessions.MeterRow::withCursor);
    }
    meters.fill(ArchivedMeters.MONTH, period, 2, rows + 1);
    database.update("vacuum (analyze) load_profile_entry");
  }

  private Instant end(int row) {
    return ArchivedMeters.MONTH.plus(period.multipliedBy(row));
  }

  double exportSeconds(int rows, String values) throws Exception {
    return Measure.seconds(() -> export(rows, values, () -> {}));
  }

  /**
   * @param halfway done when half the rows are read
   */
  void export(int rows, String values, Measure.Work halfway) throws Exception {
    var request =
        HttpRequest.newBuilder(
                URI.create(
                    "%s/api/v1/meters/%s-1/load-profile?from=%s&to=%s&values=%s"
                        .formatted(url, name, ArchivedMeters.MONTH, end(rows), values)))
            .header("Accept", "text/csv")
            .header("Authorization", "Bearer " + name)
            .build();
    var response = http.send(request, BodyHandlers.ofInputStream());
    try (var body = response.body()) {
      if (response.statusCode() != HTTP_OK) {
        throw new IOException(
            response.statusCode() + " " + new String(body.readAllBytes(), StandardCharsets.UTF_8));
      }
      check(lines(body, rows / 2, halfway), rows + 1);
    }
  }

  private static int lines(InputStream in, int half, Measure.Work halfway) throws Exception {
    int lines = 0;
    byte[] buffer = new byte[BUFFER];
    boolean before = true;
    for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
      for (int i = 0; i < length; i++) {
        if (buffer[i] == '\n') {
          lines++;
        }
      }
      if (before && lines >= half) {
        halfway.run();
        before = false;
      }
    }
    return lines;
  }

  private static void check(int lines, int expected) throws IOException {
    if (lines != expected) {
      throw new IOException(lines + " lines, not " + expected);
    }
  }

  /** The same columns in the same order, printed by the database itself. */
  double copySeconds(int rows) throws Exception {
    String columns =
        IntStream.rangeClosed(1, channels)
            .mapToObj(i -> "values[" + i + "]")
            .collect(Collectors.joining(", "));
    String sql =
        """
        copy (select period_end, sequence, status, %s from load_profile_entry
               where profile_id = %d and period_end > '%s' and period_end <= '%s'
               order by period_end, occurrence) to stdout (format csv)"""
            .formatted(columns, meters.profiles().get(0).id(), ArchivedMeters.MONTH, end(rows));
    return Measure.seconds(
        () ->
            check(
                database.with(
                    connection -> {
                      var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
                      int lines = 0;
                      while (copy.readFromCopy() != null) {
                        lines++;
                      }
                      return lines;
                    }),
                rows));
  }

  @Override
  public void close() throws SQLException {
    int meterId = meters.profiles().get(0).meterId();
    REMOVE.forEach(sql -> database.update(sql, meterId));
    database.update("delete from api_token where label = ?", name);
  }
}
