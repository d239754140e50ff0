package org.meterledger.system;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** An embedded PostgreSQL as durable as one in production. */
public final class Database implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final EmbeddedPostgres postgres;

  private Database(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /** A new, empty database on a free port, gone after {@link #close()}. */
  public static Database temporary() {
    return start(durable().setPort(Ports.free()));
  }

  /** Data that outlives the process. */
  public static Database keptIn(Path directory, int port) {
    return start(durable().setDataDirectory(directory).setCleanDataDirectory(false).setPort(port));
  }

  /** The embedded server runs without fsync unless told; a crash would then lose archived rows. */
  private static EmbeddedPostgres.Builder durable() {
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setPGStartupWait(START_LIMIT);
  }

  private static Database start(EmbeddedPostgres.Builder builder) {
    try {
      return new Database(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("The embedded PostgreSQL did not start", e);
    }
  }

  public int port() {
    return postgres.getPort();
  }

  public String url() {
    return "jdbc:postgresql://localhost:" + port() + "/postgres";
  }

  public String user() {
    return "postgres";
  }

  public String password() {
    return "postgres";
  }

  public DataSource dataSource() {
    return postgres.getPostgresDatabase();
  }

  /** The first column of a query. */
  public List<String> texts(String sql) throws SQLException {
    try (Connection connection = dataSource().getConnection();
        ResultSet row = connection.createStatement().executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (row.next()) {
        texts.add(row.getString(1));
      }
      return texts;
    }
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = dataSource().getConnection();
        var statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  /** Tells all nodes that something has changed, as a node does. */
  void tell(String topic, String key) throws SQLException {
    texts("select pg_notify('meterledger', '" + topic + " " + key + "')");
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The embedded PostgreSQL did not stop", e);
    }
  }
}
