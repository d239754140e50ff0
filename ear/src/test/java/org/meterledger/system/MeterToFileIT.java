package org.meterledger.system;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.emu.EmuMeter;
import org.meterledger.simulators.emu.EmuSimulator;

/** The whole way from a meter to a file, over HTTP on both sides; and what must not leak on it. */
class MeterToFileIT {

  private static final Instant BEGIN = Instant.parse("2026-10-23T00:00:00Z");

  /** The day on which central Europe ends summer time is in it. */
  private static final Instant END = Instant.parse("2026-10-26T00:00:00Z");

  private static final String SERIAL = "22356001";
  private static final String LOCKED = "22356002";
  private static final String PASSWORD = "right-" + random();
  private static final String WRONG_PASSWORD = "wrong-" + random();
  private static final String SIGNING_SECRET = "whsec_" + random(32);
  private static final String MASTER_KEY = random(32);
  private static final String ADMINISTRATOR_PASSWORD = random(24);

  /** The meter's columns 5 to 28 (manual p. 12) in the order of its record, and their decimals. */
  private static final List<String> CHANNELS =
      List.of(
          "1-0:1.8.1*255",
          "1-0:1.8.2*255",
          "1-0:2.8.1*255",
          "1-0:2.8.2*255",
          "1-0:3.8.1*255",
          "1-0:3.8.2*255",
          "1-0:4.8.1*255",
          "1-0:4.8.2*255",
          "1-0:16.7.0*255",
          "1-0:36.7.0*255",
          "1-0:56.7.0*255",
          "1-0:76.7.0*255",
          "1-0:90.7.0*255",
          "1-0:31.7.0*255",
          "1-0:51.7.0*255",
          "1-0:71.7.0*255",
          "1-0:91.7.0*255",
          "1-0:32.7.0*255",
          "1-0:52.7.0*255",
          "1-0:72.7.0*255",
          "1-0:33.7.0*255",
          "1-0:53.7.0*255",
          "1-0:73.7.0*255",
          "1-0:14.7.0*255");

  private static final int[] DECIMALS = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 3, 1, 1, 1, 2, 2, 2, 1
  };

  /** In the meter's record: time, index, status and serial number come first. */
  private static final int FIRST_VALUE = 4;

  private static EmuSimulator meters;
  private static Database database;
  private static ServerProcess server;
  private static ApiToken token;

  @BeforeAll
  static void readBothMeters() throws Exception {
    meters =
        EmuSimulator.start(
            List.of(meter(SERIAL, PASSWORD), meter(LOCKED, PASSWORD)), 0, new SettableClock(END));
    database = Database.temporary();
    server =
        ServerProcess.inNew(Path.of("target/it/meter-to-file"))
            .with(database)
            .with("METERLEDGER_MASTER_KEY", MASTER_KEY)
            .with("METERLEDGER_ADMIN_NAME", "admin")
            .with("METERLEDGER_ADMIN_PASSWORD", ADMINISTRATOR_PASSWORD)
            .with("METERLEDGER_WEBHOOK_ALLOW", "127.0.0.1");
    server.start().awaitReady();
    token = ApiToken.issued(database, "admin");
    add(0, PASSWORD);
    add(1, WRONG_PASSWORD);
    MeterRegister.await(
        () -> database.texts("select 1 from meter_contact where last_attempt_at is null").isEmpty(),
        server);
  }

  private static EmuMeter.Settings meter(String serial, String password) {
    return EmuMeter.Settings.builder(serial, BEGIN).password(password).build();
  }

  private static void add(int number, String password) {
    given()
        .header("Authorization", token.header())
        .contentType(ContentType.JSON)
        .body(
            """
            {"serialNumber": "%s", "model": "emu-professional-ii", "address": "%s",
             "userName": "admin", "password": "%s", "timeZone": "Europe/Zurich"}
            """
                .formatted(
                    meters.meter(number).settings().serialNumber(), meters.uri(number), password))
        .post(server.uri().resolve("api/v1/meters"))
        .then()
        .statusCode(201);
  }

  @AfterAll
  static void end() {
    server.close();
    database.close();
    meters.close();
  }

  private static String random() {
    return random(6);
  }

  private static String random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void theExportedFileIsWhatTheMeterRecorded() throws Exception {
    String file =
        given()
            .header("Authorization", token.header())
            .accept("text/csv")
            .queryParam("from", BEGIN.toString())
            .queryParam("to", END.toString())
            .queryParam("zone", "UTC")
            .queryParam("values", "reading")
            .queryParam("channels", String.join(",", CHANNELS))
            .get(server.uri().resolve("api/v1/meters/" + SERIAL + "/load-profile"))
            .then()
            .statusCode(200)
            .extract()
            .asString();

    assertThat(exported(file)).isEqualTo(truth()).hasSize(3 * 96);
  }

  private static List<String> exported(String file) throws Exception {
    try (CSVParser parser = CSVParser.parse(file, CSVFormat.RFC4180)) {
      List<CSVRecord> lines = parser.getRecords();
      CSVRecord header = lines.remove(0);
      assertThat(header.stream().skip(3).map(title -> title.split(" ")[0]))
          .containsExactlyElementsOf(CHANNELS);
      return lines.stream()
          .map(
              line ->
                  Instant.parse(line.get(0))
                      + " "
                      + line.get(1)
                      + " "
                      + line.stream().skip(3).collect(Collectors.joining(" ")))
          .toList();
    }
  }

  private static List<String> truth() throws Exception {
    StringBuilder record = new StringBuilder();
    meters.meter(0).writeTruthCsv(record);
    List<String> lines = new ArrayList<>();
    try (CSVParser parser =
        CSVParser.parse(
            record.toString(),
            CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get())) {
      for (CSVRecord line : parser) {
        lines.add(
            Instant.parse(line.get(0))
                + " "
                + line.get(1)
                + " "
                + IntStream.range(0, CHANNELS.size())
                    .mapToObj(i -> decimal(line.get(FIRST_VALUE + i), DECIMALS[i]))
                    .collect(Collectors.joining(" ")));
      }
    }
    return lines;
  }

  private static String decimal(String count, int decimals) {
    return new BigDecimal(count).movePointLeft(decimals).toPlainString();
  }

  @Test
  void aWrongPasswordIsToldAsSuchAndNothingIsStored() throws Exception {
    assertThat(
            database.texts(
                "select c.fault from meter_contact c join meter m on m.id = c.meter_id"
                    + " where m.serial_number = '"
                    + LOCKED
                    + "'"))
        .containsExactly("ACCESS_DENIED");
    assertThat(
            database.texts(
                "select 1 from load_profile p join meter m on m.id = p.meter_id"
                    + " where m.serial_number = '"
                    + LOCKED
                    + "'"))
        .isEmpty();
  }

  @Test
  void noSecretIsInTheLogsOrInClearInTheDatabase() throws Exception {
    String logs =
        Files.readString(server.log())
            + Files.readString(server.directory().resolve("log/server.log"));
    assertThat(logs).contains("WFLYSRV0025");
    assertThat(List.of(PASSWORD, WRONG_PASSWORD, MASTER_KEY, ADMINISTRATOR_PASSWORD, token.text()))
        .allSatisfy(
            secret -> assertThat(logs).doesNotContain(secret).doesNotContain(basic(secret)));
    String rows =
        String.join(
            "\n",
            database.texts(
                """
                select encode(password, 'escape') from meter
                union all select account::text from account
                union all select encode(token_hash, 'escape') from api_token
                union all select reading_attempt::text from reading_attempt"""));
    assertThat(rows).contains("ACCESS_DENIED");
    assertThat(rows).doesNotContain(PASSWORD, WRONG_PASSWORD, ADMINISTRATOR_PASSWORD, token.text());
  }

  /** Not from any page or resource, nor by way of the audit trail and the logs. */
  @Test
  void whatIsSecretGoesInAndNeverComesOut() throws Exception {
    var client = new ApiClient(server.uri(), token.text());
    var added =
        client.post(
            "webhooks",
            "{'name':'secret','url':'http://127.0.0.1:9/','events':['ALARM'],'enabled':true,'secret':'"
                + SIGNING_SECRET
                + "'}");
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    int webhook = JsonPath.from(added.body()).getInt("id");
    var secrets = secrets();
    var browser = new Browser(server.uri());
    browser.signIn("admin", ADMINISTRATOR_PASSWORD);

    int good = 0;
    for (String page : AccessIT.pages()) {
      var answer =
          browser.get(
              page + "?serial=" + SERIAL + "&webhook=" + webhook + "&name=admin&group=1&id=1");
      assertThat(answer.body()).as(page).doesNotContain(secrets);
      good += answer.statusCode() == 200 ? 1 : 0;
    }
    assertThat(good).as("pages").isGreaterThan(20);
    good = 0;
    var paths =
        JsonPath.from(client.get("openapi.json").body())
            .<Map<String, Map<String, Object>>>get("paths");
    for (var path : paths.entrySet()) {
      if (path.getValue().containsKey("get")) {
        String address =
            path.getKey()
                .replaceFirst("^/(api/v1/)?", "")
                .replace("{serial}", SERIAL)
                .replace("{name}", "admin")
                .replaceAll("(webhooks/)\\{[^}]+}", "$1" + webhook)
                .replaceAll("\\{[^}]+}", "1");
        var answer = client.get(address + "?from=" + BEGIN + "&to=" + END);
        assertThat(answer.body()).as(address).doesNotContain(secrets);
        good += answer.statusCode() == 200 ? 1 : 0;
      }
    }
    assertThat(good).as("resources").isGreaterThan(20);
    assertThat(
            String.join(
                "\n",
                database.texts(
                    "select to_json(a)::text from audit_entry a"
                        + " union all select to_json(o)::text from operation o"
                        + " union all select to_json(a)::text from reading_attempt a")))
        .contains("ACCESS_DENIED")
        .doesNotContain(secrets);
    assertThat(
            Files.readString(server.log())
                + Files.readString(server.directory().resolve("log/server.log")))
        .doesNotContain(secrets);
  }

  /** In clear, and as they are stored. */
  private static String[] secrets() throws Exception {
    var secrets =
        new ArrayList<>(
            List.of(PASSWORD, WRONG_PASSWORD, MASTER_KEY, ADMINISTRATOR_PASSWORD, SIGNING_SECRET));
    secrets.addAll(
        database.texts(
            """
            with stored (bytes) as (
              select password from meter union all select secret from webhook)
            select replace(encode(bytes, 'base64'), E'\\n', '') from stored
            union all select encode(bytes, 'hex') from stored
            union all select password_hash from account"""));
    return secrets.toArray(String[]::new);
  }

  private static String basic(String password) {
    return Base64.getEncoder()
        .encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
  }
}
