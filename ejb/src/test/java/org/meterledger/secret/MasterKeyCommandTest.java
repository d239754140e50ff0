package org.meterledger.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meterledger.meter.MeterSecrets;
import org.meterledger.schema.SchemaMigration;
import org.meterledger.server.Database;
import org.meterledger.server.TestDatabase;

/** The command as an operator runs it, and as a power cut ends it. */
class MasterKeyCommandTest {

  private static final String NAME = "rotation";
  private static final int METERS = 2 * StoredSecrets.BATCH + 500;

  /** The child stops at its secret, in the midst of the second batch. */
  private static final int STOP = StoredSecrets.BATCH + 700;

  private static final int STOP_LOCK = 42;
  private static final String OLD_KEY = random();
  private static final String NEW_KEY = random();
  private static final String RING = "2:" + NEW_KEY + ",1:" + OLD_KEY;
  private static final MeterSecrets OLD = new MeterSecrets(OLD_KEY);

  private static Database database;

  @TempDir private Path directory;

  private static String random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String secret(int meter) {
    return "secret of " + meter;
  }

  @BeforeAll
  static void migrate() {
    TestDatabase.empty(NAME, NAME);
    SchemaMigration.migrate(TestDatabase.of(NAME, NAME));
    database = new Database(TestDatabase.of(NAME, NAME));
    database.update(
        """
        create function stop() returns trigger language plpgsql as $$
        begin
          perform pg_advisory_xact_lock(42);
          return new;
        end $$""");
    database.update(
        "create trigger stop before update on meter for each row when (old.serial_number = '"
            + STOP
            + "') execute function stop()");
  }

  @BeforeEach
  void secretsUnderTheOldKey() {
    database.update("delete from meter");
    database.update("delete from webhook");
    database.inTransaction(
        connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute("alter table audit_entry disable trigger user");
            statement.execute("delete from audit_entry");
            statement.execute("alter table audit_entry enable trigger user");
          }
          try (var insert =
              connection.prepareStatement(
                  """
                  insert into meter (serial_number, model, address, user_name, password, time_zone,
                                     state, watched, version, created_at, updated_at)
                  values (?, 'm', 'a', 'u', ?, 'UTC', 'ACTIVE', false, 7,
                          timestamptz '2026-01-01 00:00Z', timestamptz '2026-01-01 00:00Z')""")) {
            for (int meter = 1; meter <= METERS; meter++) {
              insert.setString(1, String.valueOf(meter));
              insert.setBytes(2, OLD.encrypt(secret(meter)));
              insert.addBatch();
            }
            insert.executeBatch();
          }
          return null;
        });
    database.update(
        """
        insert into webhook (name, url, events, secret, enabled, version, created_at)
          values ('w', 'https://w.example', '{ALARM}', ?, true, 0,
                  timestamptz '2026-01-01 00:00Z')""",
        (Object) OLD.encrypt(secret(0)));
  }

  private static Map<String, String> environment(String keys) {
    return Map.of(
        "METERLEDGER_DATABASE_URL", TestDatabase.url(NAME, NAME),
        "METERLEDGER_DATABASE_USER", NAME,
        "METERLEDGER_MASTER_KEY", keys);
  }

  /** What it printed, and the exit code as the last line. */
  private static String run(String what, String keys) {
    var bytes = new ByteArrayOutputStream();
    var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int code = MasterKeyCommand.run(new String[] {what}, environment(keys), out, out);
    return bytes.toString(StandardCharsets.UTF_8) + code;
  }

  /** Meters by the id of the key under which their secret is. */
  private static Map<Integer, Long> meters() {
    var counts = new TreeMap<Integer, Long>();
    database.query(
        "select get_byte(password, 0), count(*) from meter group by 1",
        row -> counts.put(row.getInt(1), row.getLong(2)));
    return counts;
  }

  private static List<String> clear(String keys) {
    var secrets = new MeterSecrets(keys);
    return database.query(
        "select password from meter order by serial_number::integer",
        row -> secrets.decrypt(row.getBytes(1)));
  }

  private static List<String> expected() {
    return IntStream.rangeClosed(1, METERS).mapToObj(MasterKeyCommandTest::secret).toList();
  }

  private static long audited() {
    return database
        .first(
            """
            select coalesce(sum((after -> 'underMasterKey' ->> '2')::integer), 0) from audit_entry
             where action = 'SECRETS_ROTATE' and outcome = 'DONE' and account is null""",
            row -> row.getLong(1))
        .orElseThrow();
  }

  @Test
  void rotatesAndTellsWhenTheOldKeyCanGo() {
    String told = run(MasterKeyCommand.ROTATE, RING);

    assertThat(told)
        .startsWith("meter.password: " + METERS + " under key 1\nwebhook.secret: 1 under key 1\n")
        .contains("Key 2 encrypts.")
        .contains("meter.password: 1000 re-encrypted, 1500 left\n")
        .contains("meter.password: 2500 re-encrypted, 0 left\n")
        .contains("meter.password: " + METERS + " under key 2\nwebhook.secret: 1 under key 2\n")
        .contains("Nothing is under key 1")
        .endsWith("0")
        .doesNotContain(OLD_KEY, NEW_KEY, "secret of");
    assertThat(clear("2:" + NEW_KEY)).isEqualTo(expected());
    assertThat(audited()).isEqualTo(METERS + 1);
    assertThat(database.query("select distinct version from meter", row -> row.getInt(1)))
        .as("nobody's edit is in vain")
        .containsExactly(7);

    assertThat(run(MasterKeyCommand.ROTATE, RING)).as("again").doesNotContain("re-encrypted");
    assertThat(audited()).isEqualTo(METERS + 1);
    assertThat(run(MasterKeyCommand.TELL, RING)).contains("Nothing is under key 1").endsWith("0");
  }

  @Test
  void killedInTheMidstOfABatchItGoesOnWhereItWas() throws Exception {
    Path output = directory.resolve("output");
    Process child;
    try (var stop = database.open()) {
      stop.createStatement().execute("select pg_advisory_lock(" + STOP_LOCK + ")");
      child = start(output);
      while (waiting() == 0) {
        assertThat(child.waitFor(20, TimeUnit.MILLISECONDS)).as(Files.readString(output)).isFalse();
      }
      child.destroyForcibly();
      assertThat(child.waitFor()).as("SIGKILL").isEqualTo(128 + 9);
      assertThat(meters())
          .containsExactlyEntriesOf(
              new TreeMap<>(Map.of(1, METERS - 1_000L, 2, (long) StoredSecrets.BATCH)));
    }
    assertThat(clear(RING)).as("each is whole").isEqualTo(expected());
    assertThat(Files.readString(output)).contains("1000 re-encrypted, 1500 left");

    assertThat(run(MasterKeyCommand.ROTATE, RING)).endsWith("0");

    assertThat(meters()).containsExactly(Map.entry(2, (long) METERS));
    assertThat(clear("2:" + NEW_KEY)).isEqualTo(expected());
    assertThat(audited()).as("what was rolled back was not done").isEqualTo(METERS + 1);
  }

  private static Process start(Path output) throws Exception {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            MasterKeyCommand.class.getName(),
            MasterKeyCommand.ROTATE);
    builder.environment().putAll(environment(RING));
    return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  /** Whether the child has come to where it stops. */
  private static long waiting() {
    return database
        .first(
            "select count(*) from pg_locks where locktype = 'advisory' and objid = 42"
                + " and not granted",
            row -> row.getLong(1))
        .orElseThrow();
  }

  @Test
  void leavesOutWhatSomebodyIsChangingAndTakesItAtTheEnd() throws Exception {
    var told = new ByteArrayOutputStream();
    try (var busy = database.open()) {
      busy.setAutoCommit(false);
      busy.createStatement().execute("select from meter where serial_number = '3' for update");
      var rotation =
          new Thread(
              () -> {
                var out = new PrintStream(told, true, StandardCharsets.UTF_8);
                MasterKeyCommand.run(
                    new String[] {MasterKeyCommand.ROTATE}, environment(RING), out, out);
              });
      rotation.start();
      while (meters().getOrDefault(1, 0L) != 1) {
        assertThat(rotation.isAlive()).isTrue();
        TimeUnit.MILLISECONDS.sleep(20);
      }
      busy.createStatement().execute("update meter set alias = 'x' where serial_number = '3'");
      busy.commit();
      rotation.join();
    }

    assertThat(meters()).containsExactly(Map.entry(2, (long) METERS));
    assertThat(clear("2:" + NEW_KEY)).isEqualTo(expected());
  }

  @Test
  void whatNoKeyOpensIsToldByWhereItIsAndLeft() {
    byte[] foreign = new MeterSecrets("9:" + random()).encrypt("s3cret");
    byte[] damaged = OLD.encrypt("s3cret");
    damaged[damaged.length - 1] ^= 1;
    database.update("update meter set password = ? where serial_number = '5'", (Object) foreign);
    database.update("update meter set password = ? where serial_number = '6'", (Object) damaged);
    var ids =
        database.query(
            "select id from meter where serial_number in ('5', '6') order by id",
            row -> row.getInt(1));

    String told = run(MasterKeyCommand.ROTATE, RING);

    assertThat(told)
        .contains("meter.password, id " + ids.get(0) + ": It was stored under the master key 9")
        .contains("meter.password, id " + ids.get(1) + ": It was stored under another master key 1")
        .contains("Key 9 is needed and is not here.")
        .doesNotContain("Nothing is under key 1")
        .endsWith("1");
    assertThat(meters().get(2)).isEqualTo(METERS - 2);
    assertThat(
            database.query(
                "select action || ' ' || subject from audit_entry where outcome = 'FAILED'",
                row -> row.getString(1)))
        .containsExactly("SECRETS_ROTATE meter.password");
  }

  @Test
  void aNodeWithoutTheKeyTellsAtItsStart() {
    assertThat(new StoredSecrets(database, new MeterSecrets(RING), null).complaints()).isEmpty();
    assertThat(new StoredSecrets(database, new MeterSecrets("2:" + NEW_KEY), null).complaints())
        .containsExactly(
            METERS
                + " of meter.password cannot be read: the master key 1 is not in"
                + " METERLEDGER_MASTER_KEY",
            "1 of webhook.secret cannot be read: the master key 1 is not in"
                + " METERLEDGER_MASTER_KEY");
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(run(MasterKeyCommand.ROTATE, "")).contains("METERLEDGER_MASTER_KEY is not set");
    assertThat(run(MasterKeyCommand.ROTATE, "2:x")).contains("key 2 must be 32 bytes in base64");
    assertThat(run("rotate", RING)).contains("say rotate-master-key or master-keys").endsWith("1");
    var out = new ByteArrayOutputStream();
    assertThat(
            MasterKeyCommand.run(
                new String[] {MasterKeyCommand.TELL},
                Map.of("METERLEDGER_MASTER_KEY", RING),
                System.out,
                new PrintStream(out)))
        .isEqualTo(1);
    assertThat(out.toString()).contains("METERLEDGER_DATABASE_URL");
  }
}
