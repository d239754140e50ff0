package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.condition.OS.WINDOWS;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.io.TempDir;
import org.meterledger.meter.MeterSecrets;

/** The zip as an operator unpacks and starts it. */
@DisabledOnOs(value = WINDOWS, disabledReason = "starts bin/meterledger.sh")
class DistributionIT {

  private static final Path ZIP = Path.of("target/meterledger-server.zip");

  private static final String NEW_KEY =
      Base64.getEncoder().encodeToString("a key of just as many bytes: 32.".getBytes());

  private static final String KEYSTORE_PASSWORD = "changeit";

  @TempDir static Path unpacked;

  private static Path home;

  private final int httpPort = Ports.free();
  private final int httpsPort = Ports.free();
  private final Map<String, String> environment = new HashMap<>();
  private Process process;
  private Path output;

  @BeforeAll
  static void unpack() throws IOException {
    try (InputStream file = Files.newInputStream(ZIP);
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = unpacked.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(zip, target);
        }
      }
    }
    try (var roots = Files.list(unpacked)) {
      home = roots.findFirst().orElseThrow();
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  /** As the README advises it: two roles, two master keys of which the first is new. */
  @Test
  void waitsForTheDatabaseAndThenServes() throws Exception {
    int databasePort = Ports.free();
    Path data = unpacked.resolve("database");
    try (Database database = Database.keptIn(data, databasePort)) {
      database.execute(
          "create role meterledger_owner login password 'one'",
          "create role meterledger login password 'other'",
          "alter database postgres owner to meterledger_owner");
    }
    complete("jdbc:postgresql://localhost:" + databasePort + "/postgres");
    environment.put("METERLEDGER_DATABASE_USER", "meterledger");
    environment.put("METERLEDGER_DATABASE_PASSWORD", "other");
    environment.put("METERLEDGER_DATABASE_OWNER", "meterledger_owner");
    environment.put("METERLEDGER_DATABASE_OWNER_PASSWORD", "one");
    String old = environment.get("METERLEDGER_MASTER_KEY");
    environment.put("METERLEDGER_MASTER_KEY", "2:" + NEW_KEY + ",1:" + old);
    Path keystore = certificate();
    environment.put("METERLEDGER_TLS_KEYSTORE", keystore.toString());
    environment.put("METERLEDGER_TLS_KEYSTORE_PASSWORD", KEYSTORE_PASSWORD);
    start();
    await("Waiting for the database at jdbc:postgresql://localhost:" + databasePort);

    try (Database database = Database.keptIn(data, databasePort)) {
      await("The database answers.");
      await("WFLYSRV0025");
      RestAssured.given()
          .redirects()
          .follow(false)
          .get("http://localhost:" + httpPort + "/login.xhtml")
          .then()
          .statusCode(308)
          .header("Location", "https://localhost:" + httpsPort + "/login.xhtml");
      assertThat(database.texts("select version from flyway_schema_history where not success"))
          .as("failed migrations")
          .isEmpty();
      RestAssured.given()
          .trustStore(keystore.toFile(), KEYSTORE_PASSWORD)
          .get("https://localhost:" + httpsPort + "/login.xhtml")
          .then()
          .statusCode(200)
          .header("Strict-Transport-Security", startsWith("max-age=31536000"))
          .header("Set-Cookie", startsWith("__Host-meterledger="));
      assertThat(
              database.texts(
                  "select distinct tableowner from pg_tables where schemaname = 'public'"))
          .containsExactly("meterledger_owner");
      assertThat(
              database.texts("select has_table_privilege('meterledger', 'audit_entry', 'delete')"))
          .containsExactly("f");
      rotatesMasterKeys(database, old);
      assertThat(command("verify-audit"))
          .contains(" are what was written; ")
          .doesNotContain("CHANGED", "REMOVED", "INSERTED", "BROKEN")
          .endsWith("\n0");
      stop();
    }
    assertThat(Files.readString(output)).doesNotContain(" ERROR ").contains("WFLYSRV0050");
  }

  /** While the server runs. */
  private void rotatesMasterKeys(Database database, String old) throws Exception {
    String stored = HexFormat.of().formatHex(new MeterSecrets(old).encrypt("whsec_x"));
    database.execute(
        "insert into webhook (name, url, events, secret, enabled, version, created_at) values"
            + " ('w', 'https://w.example', '{ALARM}', decode('"
            + stored
            + "', 'hex'), false, 0, now())");

    assertThat(command("master-keys")).contains("webhook.secret: 1 under key 1").endsWith("\n0");
    assertThat(command("rotate-master-key"))
        .contains("webhook.secret: 1 re-encrypted, 0 left")
        .contains("Nothing is under key 1")
        .endsWith("\n0");
    assertThat(database.texts("select get_byte(secret, 0) from webhook")).containsExactly("2");
    assertThat(
            database.texts(
                "select subject from audit_entry where action = 'SECRETS_ROTATE' and account is null"))
        .containsExactly("webhook.secret");
    assertThat(command("rotate-masterkey"))
        .contains("there is no rotate-masterkey")
        .endsWith("\n1");
  }

  /** What it printed, and the exit code in a last line. */
  private String command(String word) throws Exception {
    Process command = process(word).redirectErrorStream(true).start();
    String printed = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return printed + command.waitFor();
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    environment.put("METERLEDGER_HTTPS_ONLY", "true");
    environment.put("METERLEDGER_RATE_ADDRESS", "1");
    start();

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(Files.readString(output))
        .contains("METERLEDGER_DATABASE_URL is not set")
        .contains("METERLEDGER_MASTER_KEY is not set")
        .contains("METERLEDGER_HTTPS_ONLY needs METERLEDGER_TLS_KEYSTORE")
        .contains("METERLEDGER_RATE_ADDRESS is '1'");
  }

  @Test
  void doesNotWaitForWhatWaitingCannotCure() throws Exception {
    try (Database database = Database.temporary()) {
      complete("jdbc:postgresql://localhost:" + database.port() + "/nowhere");
      start();

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
      assertThat(Files.readString(output)).contains("refuses us").contains("nowhere");
    }
  }

  /** As an operator's certificate; whoever trusts it alone does not trust one the server made. */
  private static Path certificate() throws Exception {
    Path keystore = unpacked.resolve("tls.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "portal",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                KEYSTORE_PASSWORD,
                "-keystore",
                keystore.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    return keystore;
  }

  @Test
  void doesNotMakeACertificateWhereTheOperatorsIsMissing() throws Exception {
    try (Database database = Database.temporary()) {
      complete(database.url());
      environment.put("METERLEDGER_TLS_KEYSTORE", unpacked.resolve("nowhere.p12").toString());
      start();

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
      assertThat(Files.readString(output)).contains("METERLEDGER_TLS_KEYSTORE").contains("nowhere");
    }
  }

  private void complete(String databaseUrl) {
    environment.put("METERLEDGER_DATABASE_URL", databaseUrl);
    environment.put("METERLEDGER_DATABASE_USER", "postgres");
    environment.put("METERLEDGER_DATABASE_PASSWORD", "postgres");
    environment.put("METERLEDGER_MASTER_KEY", Base64.getEncoder().encodeToString(new byte[32]));
  }

  @Test
  void saysWhatIsWrongWithMasterKeysAndRoles() throws Exception {
    complete("jdbc:postgresql://localhost:1/postgres");
    environment.put("METERLEDGER_MASTER_KEY", "2:" + NEW_KEY + ",1:short");
    environment.put("METERLEDGER_DATABASE_OWNER", "postgres");
    start();

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(Files.readString(output))
        .contains("METERLEDGER_MASTER_KEY: key 1 must be 32 bytes in base64")
        .contains("METERLEDGER_DATABASE_OWNER must be another role")
        .doesNotContain(NEW_KEY);
  }

  private void start() throws IOException {
    output = Files.createTempFile(unpacked, "output", ".log");
    process = process().redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  private ProcessBuilder process(String... words) {
    ProcessBuilder builder =
        new ProcessBuilder("sh", home.resolve("bin/meterledger.sh").toString());
    builder.command().addAll(List.of(words));
    builder.environment().keySet().removeIf(name -> name.startsWith("METERLEDGER_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("METERLEDGER_HTTP_PORT", Integer.toString(httpPort));
    builder.environment().put("METERLEDGER_HTTPS_PORT", Integer.toString(httpsPort));
    builder.environment().put("METERLEDGER_MANAGEMENT_PORT", Integer.toString(Ports.free()));
    builder.environment().putAll(environment);
    return builder;
  }

  private void await(String text) throws Exception {
    long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (!Files.readString(output).contains(text)) {
      assertThat(process.waitFor(200, TimeUnit.MILLISECONDS))
          .as("ended before it said %s:%n%s", text, Files.readString(output))
          .isFalse();
      assertThat(System.nanoTime() - limit)
          .as("did not say %s:%n%s", text, Files.readString(output))
          .isNegative();
    }
  }
}
