package org.meterledger.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.meterledger.schema.SchemaMigration;

/** One PostgreSQL for all tests of a build; each asks for a database of its own. */
public final class EmbeddedDatabase {

  private static final String TEMPLATE = "migrated";
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static EmbeddedPostgres postgres;

  private EmbeddedDatabase() {}

  /** A database with all tables and no rows. */
  public static synchronized DataSource migrated() {
    String name = "test" + COUNT.incrementAndGet();
    start();
    execute("create database " + name + " template " + TEMPLATE);
    return postgres.getDatabase("postgres", name);
  }

  private static void start() {
    if (postgres != null) {
      return;
    }
    try {
      // stops with the JVM
      postgres = EmbeddedPostgres.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    execute("create database " + TEMPLATE);
    SchemaMigration.migrate(postgres.getDatabase("postgres", TEMPLATE));
  }

  private static void execute(String sql) {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
