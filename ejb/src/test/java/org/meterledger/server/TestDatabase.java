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

  private static final EmbeddedPostgres POSTGRES = postgres();
  private static final DataSource POOL = pool();

  private TestDatabase() {}

  private static EmbeddedPostgres postgres() {
    try {
      return EmbeddedPostgres.builder().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DataSource pool() {
    SchemaMigration.migrate(POSTGRES.getPostgresDatabase());
    var pool = new HikariConfig();
    pool.setDataSource(POSTGRES.getPostgresDatabase());
    pool.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(pool);
  }

  /** An empty database of the same server, owned by a role; both are new to it. */
  public static void empty(String name, String owner) {
    database().update("create role " + owner + " login");
    database().update("create database " + name + " owner " + owner);
  }

  /** Connections to one of its databases by one of its roles. */
  public static DataSource of(String name, String role) {
    return POSTGRES.getDatabase(role, name);
  }

  /** Where a child process finds one of its databases. */
  public static String url(String name, String role) {
    return POSTGRES.getJdbcUrl(role, name);
  }

  public static DataSource dataSource() {
    return POOL;
  }

  public static Database database() {
    return new Database(dataSource());
  }

  /** A meter that no other test knows; its id. */
  public static int meter(String serialNumber, String address) {
    return meter(database(), serialNumber, address);
  }

  public static int meter(Database database, String serialNumber, String address) {
    return database
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

  /** Makes a meter a member of a group, whatever the rules say. */
  public static void join(int group, int meter) {
    database()
        .update(
            """
            insert into meter_group_member (group_id, meter_id, serial_number)
              select ?, id, serial_number from meter where id = ?
            on conflict (group_id, meter_id) do update set leaving = false""",
            group,
            meter);
  }

  public static void leave(int group, int meter) {
    database()
        .update(
            "update meter_group_member set leaving = true where group_id = ? and meter_id = ?",
            group,
            meter);
  }
}
