package org.meterledger.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
import org.meterledger.schema.SchemaMigration;

/** One real PostgreSQL for all tests of a JVM, migrated as the server does it. */
public final class TestDatabase {

  private static final int CONNECTIONS = 24;

  private static final DataSource POOL = start();

  private TestDatabase() {}

  private static DataSource start() {
    try {
      var postgres = EmbeddedPostgres.builder().start();
      SchemaMigration.migrate(postgres.getPostgresDatabase());
      var pool = new HikariConfig();
      pool.setDataSource(postgres.getPostgresDatabase());
      pool.setMaximumPoolSize(CONNECTIONS);
      return new HikariDataSource(pool);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static DataSource dataSource() {
    return POOL;
  }

  public static Database database() {
    return new Database(dataSource());
  }

  /** A meter that no other test knows; its id. */
  public static int meter(String serialNumber, String address) {
    return database()
        .first(
            """
            with m as (
              insert into meter (serial_number, model, address, time_zone, state, watched, version,
                                 created_at, updated_at)
              values (?, 'emu-professional-ii', ?, 'Europe/Zurich', 'ACTIVE', false, 0,
                      timestamptz '2026-01-01 00:00Z', timestamptz '2026-01-01 00:00Z')
              returning id)
            select id from m""",
            row -> row.getInt(1),
            serialNumber,
            address)
        .orElseThrow();
  }
}
