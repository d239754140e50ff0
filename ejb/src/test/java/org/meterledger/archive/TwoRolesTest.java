package org.meterledger.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meterledger.archive.ArchiveFixture.row;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.access.CurrentCaller;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.audit.AuditSeals;
import org.meterledger.schema.SchemaMigration;
import org.meterledger.server.Database;
import org.meterledger.server.DatabaseException;
import org.meterledger.server.SettableClock;
import org.meterledger.server.TestDatabase;

/** The portal as a role that owns nothing: what it needs works, what could hide a deed does not. */
class TwoRolesTest {

  private static final String NAME = "two_roles";
  private static final String OWNER = "two_roles_owner";
  private static final String APPLICATION = "two_roles_portal";

  private static Database database;

  private final SettableClock clock = new SettableClock("2026-11-21T08:00:00Z");
  private final Partitions partitions = new Partitions(database, Partitions.Width.MONTH);
  private final AuditSeals seals = new AuditSeals(database, clock, 0);

  @BeforeAll
  static void migrateAsTheOwner() {
    TestDatabase.empty(NAME, OWNER);
    TestDatabase.database().update("create role " + APPLICATION + " login");
    migrate();
    database = new Database(TestDatabase.of(NAME, APPLICATION));
  }

  private static void migrate() {
    SchemaMigration.migrate(TestDatabase.of(NAME, OWNER), TestDatabase.of(NAME, APPLICATION));
  }

  private static void attempt(int meter, String at) {
    database.update(
        """
        insert into reading_attempt (meter_id, kind, started_at, ended_at, node, result, received,
                                     stored, superseded, refused)
        values (?, 'LOGBOOK', ?, ?, 'n', 'COMPLETE', 0, 0, 0, 0)""",
        meter,
        Instant.parse(at),
        Instant.parse(at));
  }

  private static List<String> partitionsOf(String table) {
    return database.query(
        "select inhrelid::regclass::text from pg_inherits where inhparent = ?::regclass order by 1",
        row -> row.getString(1),
        table);
  }

  @Test
  void archivesRowsInANewMonthAndDropsThemWhenTheyAreOld() {
    var archive = new ArchiveFixture(database);
    var old = Instant.parse("2017-01-31T23:45:00Z");
    archive.store(row(old, 1, 1, 1), row(Instant.parse("2017-02-01T00:15:00Z"), 2, 2, 2));
    assertThat(archive.store(row(old, 1, 9, 1)).superseded())
        .as("by the staging table")
        .isEqualTo(1);
    assertThat(partitionsOf("load_profile_entry"))
        .contains("load_profile_entry_2017_01", "load_profile_entry_2017_02");

    var clock = new SettableClock("2018-03-15T00:00:00Z");
    new Retention(database, partitions, clock, 13, 0, 0).apply();

    assertThat(count("load_profile_entry")).isEqualTo(1);
    assertThat(partitionsOf("load_profile_entry"))
        .doesNotContain("load_profile_entry_2017_01")
        .contains("load_profile_entry_2017_02");
  }

  @Test
  void makesPartitionsForWhatLiesInTheRestAndDropsOldOnes() {
    attempt(1, "2019-02-03T00:00:00Z");
    attempt(1, "2019-03-03T00:00:00Z");
    partitions.ensure(
        Partitions.Table.READING_ATTEMPT,
        Set.of(Instant.parse("2019-02-01T00:00:00Z"), Instant.parse("2019-03-31T00:00:00Z")));
    attempt(2, "2019-02-04T00:00:00Z");

    assertThat(partitionsOf("reading_attempt"))
        .contains("reading_attempt_2019_02", "reading_attempt_2019_03");
    assertThat(count("reading_attempt")).isEqualTo(3);
    assertThat(
            partitions.dropBefore(Partitions.Table.READING_ATTEMPT, LocalDate.parse("2019-03-31")))
        .contains("reading_attempt_2019_02")
        .doesNotContain("reading_attempt_2019_03");
    assertThat(count("reading_attempt")).isEqualTo(1);
  }

  @Test
  void everyTableThatIsCutByTimeHasItsPartitions() {
    partitions.makeAhead(clock.instant());

    var rest =
        database.query(
            """
            select partrelid::regclass::text from pg_partitioned_table
             where not exists (select from pg_inherits i join pg_class c on c.oid = i.inhrelid
                                where i.inhparent = partrelid and c.relname like '%\\_2026\\_12')""",
            row -> row.getString(1));
    assertThat(rest).as("tables that Partitions.Table does not name").isEmpty();
  }

  @Test
  void sealsTheTrailAndMovesItsEntriesIntoTheirPartition() {
    var clock = new SettableClock("2024-05-06T07:08:09Z");
    var audit = new Audit(database, new CurrentCaller(), clock);
    audit.done(AuditAction.METER_ADD, "M-1", null, null);
    assertThat(seals.seal()).isEqualTo(1);

    partitions.ensure(Partitions.Table.AUDIT_ENTRY, Set.of(clock.instant()));

    assertThat(partitionsOf("audit_entry")).contains("audit_entry_2024_05");
    assertThat(count(new Database(TestDatabase.of(NAME, OWNER)), "audit_entry_2024_05"))
        .isEqualTo(1);
    assertThat(seals.verify().intact()).isTrue();
    refused("delete from audit_entry_2024_05");
    refused("update audit_entry_2024_05 set account = 'x'");
    assertThatThrownBy(
            () ->
                new Database(TestDatabase.of(NAME, OWNER))
                    .update("delete from audit_entry_2024_05"))
        .as("even the owner not by mistake")
        .hasMessageContaining("only grows");
  }

  @Test
  void whoWritesAnEntryIsWaitedFor() {
    var audit = new Audit(database, new CurrentCaller(), clock);
    while (seals.seal() > 0) {
      // what other tests wrote
    }
    database.inTransaction(
        connection -> {
          audit.done(connection, AuditAction.METER_ADD, "slow", null, null);
          audit.done(AuditAction.METER_ADD, "quick", null, null);
          assertThatThrownBy(seals::seal)
              .as("the entry of the slow one is below")
              .isInstanceOf(DatabaseException.class)
              .hasMessageContaining("lock timeout");
          return null;
        });

    assertThat(seals.seal()).isEqualTo(2);
    assertThat(seals.verify().intact()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_entry set account = 'x'",
        "delete from audit_entry",
        "truncate audit_entry",
        "update audit_seal set entries = 1",
        "delete from audit_seal",
        "truncate audit_seal",
        "insert into audit_entry_other (at, action, outcome) values (now(), 'METER_ADD', 'DONE')",
        "delete from audit_entry_other",
        "alter table audit_entry disable trigger user",
        "alter table audit_entry detach partition audit_entry_other",
        "set session_replication_role = replica",
        "drop table audit_entry_other",
        "drop table meter cascade",
        "alter table meter add column x text",
        "truncate meter",
        "create table x (y text)",
        "create index on meter (alias)",
        "drop function drop_partitions(text, date)",
        "delete from flyway_schema_history",
        "select drop_partitions('audit_entry', (now() - interval '100 days')::date)",
        "select drop_partitions('audit_entry', 'infinity')",
        "select drop_partitions('meter', '2020-01-01')",
        "select drop_partitions('audit_seal', '2020-01-01')",
        "select drop_partitions('pg_catalog.pg_class', '2020-01-01')",
        "select make_partition('meter', '2020-01-01', false)",
        "select make_partition('reading_attempt_other', '2020-01-01', false)",
        "select make_partition('x\"; drop table meter; --', '2020-01-01', false)",
        "set role " + OWNER
      })
  void mayNot(String statement) {
    refused(statement);
  }

  /** A table of one's own session does not stand in for one of the schema. */
  @Test
  void isNotLedAstrayByTemporaryTables() {
    var refused =
        database.with(
            connection -> {
              try (var statement = connection.createStatement()) {
                statement.execute(
                    "create temporary table mine (at timestamptz) partition by range (at)");
                statement.execute("create temporary table mine_other partition of mine default");
                statement.execute("select make_partition('mine', '2020-01-01', false)");
                return null;
              } catch (SQLException e) {
                return e.getSQLState();
              }
            });

    assertThat(refused).isEqualTo("42501");
  }

  @Test
  void aSecondMigrationTakesBackWhatWasGivenByHand() {
    new Database(TestDatabase.of(NAME, OWNER))
        .update("grant all on audit_entry, audit_entry_other, audit_seal to " + APPLICATION);

    migrate();

    refused("delete from audit_entry");
    refused("delete from audit_entry_other");
    refused("truncate audit_seal");
  }

  /** As the README has it for who began with one role. */
  @Test
  void anInstallationOfOneRoleBecomesOneOfTwo() {
    TestDatabase.empty("from_one_role", "one_role");
    SchemaMigration.migrate(TestDatabase.of("from_one_role", "one_role"));
    TestDatabase.database().update("create role one_role_owner login");
    new Database(TestDatabase.of("from_one_role", "postgres"))
        .update("reassign owned by one_role to one_role_owner");

    SchemaMigration.migrate(
        TestDatabase.of("from_one_role", "one_role_owner"),
        TestDatabase.of("from_one_role", "one_role"));

    var portal = new Database(TestDatabase.of("from_one_role", "one_role"));
    new Partitions(portal, Partitions.Width.MONTH).makeAhead(clock.instant());
    new Audit(portal, new CurrentCaller(), clock).done(AuditAction.METER_ADD, "M", null, null);
    assertThat(new AuditSeals(portal, clock, 0).seal()).isEqualTo(1);
    refused(portal, "delete from audit_entry");
    refused(portal, "drop table meter cascade");
    refused(portal, "create table x (y text)");
  }

  private static void refused(String statement) {
    refused(database, statement);
  }

  private static void refused(Database database, String statement) {
    assertThatThrownBy(
            () ->
                database.with(
                    connection -> {
                      try (var each = connection.createStatement()) {
                        return each.execute(statement);
                      }
                    }))
        .as(statement)
        .isInstanceOf(DatabaseException.class)
        .extracting(e -> ((SQLException) e.getCause()).getSQLState())
        .isEqualTo("42501");
  }

  private static long count(String table) {
    return count(database, table);
  }

  private static long count(Database by, String table) {
    return by.first("select count(*) from " + table, row -> row.getLong(1)).orElseThrow();
  }
}
