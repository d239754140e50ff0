package org.meterledger.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.meterledger.schema.SchemaMigration;
import org.meterledger.server.Database;

/** An embedded PostgreSQL that keeps what it has committed, with all tables and no rows. */
final class BenchmarkDatabase implements AutoCloseable {

  /** The embedded server would run without the first two, and lose rows in a crash. */
  private static final Map<String, String> SETTINGS = settings();

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final EmbeddedPostgres postgres;
  private final ConnectionPool pool;
  private final Database database;

  private BenchmarkDatabase(EmbeddedPostgres postgres) {
    this.postgres = postgres;
    this.pool =
        new ConnectionPool(
            "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres",
            "postgres",
            "postgres");
    this.database = new Database(pool);
  }

  private static Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("fsync", "on");
    settings.put("synchronous_commit", "on");
    settings.put("full_page_writes", "on");
    settings.put("shared_buffers", "512MB");
    settings.put("max_wal_size", "4GB");
    return settings;
  }

  static BenchmarkDatabase start(Report report) throws IOException {
    var builder = EmbeddedPostgres.builder().setPGStartupWait(START_LIMIT);
    SETTINGS.forEach(builder::setServerConfig);
    var started = new BenchmarkDatabase(builder.start());
    SchemaMigration.migrate(started.pool);
    report.say("Database: %s", started.describe());
    return started;
  }

  /** What the server says of itself, not what it was told. */
  private String describe() {
    return describe(database);
  }

  static String describe(Database database) {
    var settings =
        SETTINGS.keySet().stream()
            .map(name -> name + "=" + show(database, name))
            .collect(Collectors.joining(", "));
    return "PostgreSQL " + show(database, "server_version") + ", " + settings;
  }

  private static String show(Database database, String setting) {
    return database.first("show " + setting, row -> row.getString(1)).orElseThrow();
  }

  Database database() {
    return database;
  }

  ConnectionPool pool() {
    return pool;
  }

  /** So that each measurement begins with the same debt to the disk. */
  void checkpoint() {
    database.update("checkpoint");
  }

  @Override
  public void close() throws SQLException, IOException {
    pool.close();
    postgres.close();
  }
}
