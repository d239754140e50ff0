package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.sql.Connection;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/** A server without any password in its environment, set up by the code in its log. */
final class Portal implements AutoCloseable {

  static final String SECRET = "a long enough secret";

  private final Database database = Database.temporary();
  private final ServerProcess server = ServerProcess.in(ServerProcess.ofThisRun("portal"));
  private final SmallIdentityProvider provider = new SmallIdentityProvider();
  private final ApiClient admin;
  private final ApiClient viewer;

  Portal() throws Exception {
    server
        .with(database)
        .with("METERLEDGER_MASTER_KEY", Base64.getEncoder().encodeToString(new byte[32]))
        .with("METERLEDGER_WEBHOOK_ALLOW", "127.0.0.1")
        .with("METERLEDGER_OIDC_ISSUER", provider.issuer())
        .with("METERLEDGER_OIDC_CLIENT_ID", SmallIdentityProvider.CLIENT)
        .with("METERLEDGER_OIDC_CLIENT_SECRET", SmallIdentityProvider.SECRET)
        .with("METERLEDGER_OIDC_NAME", "Town hall")
        .with("METERLEDGER_PUBLIC_URL", server.uri())
        .start()
        .awaitReady();
    var browser = new Browser(uri());
    var done =
        browser.submit("/setup.xhtml", Map.of("code", code(), "name", "anna", "password", SECRET));
    assertThat(done.statusCode()).isEqualTo(302);
    assertThat(browser.signIn("anna", SECRET).statusCode()).isEqualTo(302);
    admin = new ApiClient(uri(), browser.token());
    admin.post("accounts", account("vera"));
    viewer = new ApiClient(uri(), signedIn("vera").token());
    seed();
  }

  /** The last one: the log is kept from run to run. */
  private String code() throws Exception {
    return Pattern.compile("good once: ([0-9A-Z-]{29})")
        .matcher(Files.readString(server.log()))
        .results()
        .map(match -> match.group(1))
        .reduce((earlier, later) -> later)
        .orElseThrow(() -> new IllegalStateException("No code in the log"));
  }

  URI uri() {
    return server.uri();
  }

  /** A file of the server's log. */
  String log(String file) throws IOException {
    return Files.readString(server.directory().resolve("log").resolve(file));
  }

  ServerProcess server() {
    return server;
  }

  /** By which people can come in. */
  SmallIdentityProvider provider() {
    return provider;
  }

  Database database() {
    return database;
  }

  /** As an administrator. */
  ApiClient admin() {
    return admin;
  }

  /** As vera, who may look only. */
  ApiClient viewer() {
    return viewer;
  }

  Browser signedIn(String name) throws Exception {
    var browser = new Browser(uri());
    browser.signIn(name, SECRET);
    return browser;
  }

  @Override
  public void close() {
    server.close();
    provider.close();
    database.close();
  }

  static String account(String name) {
    return "{'name':'"
        + name
        + "','password':'"
        + SECRET
        + "','grants':[{'role':6,'group':1,'access':'VIEW'}]}";
  }

  /** Two registers across the end of daylight saving, and a large profile of another meter. */
  private void seed() throws Exception {
    for (String serial : new String[] {"API-1", "API-2"}) {
      var added =
          admin.post(
              "meters",
              "{'serialNumber':'"
                  + serial
                  + "','model':'emu-professional-ii','address':'http://127.0.0.1:9',"
                  + "'timeZone':'Europe/Zurich','state':'PAUSED','alias':'=1+1'}");
      assertThat(added.statusCode()).isEqualTo(201);
    }
    try (Connection connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          insert into load_profile (meter_id, obis, capture_period)
            select id, '1-0:99.1.0*255', 900 from meter;
          insert into load_profile_channel (profile_id, obis, unit, scaler, rollover, terms)
            select p.id, c.obis, c.unit, c.scaler, 0, array[c.term]
              from load_profile p, (values ('1-0:1.8.0*255', 'Wh', 0, 1),
                ('1-0:32.7.0*255', 'V', -1, 2)) as c (obis, unit, scaler, term);
          insert into load_profile_entry
            (period_end, sequence, profile_id, occurrence, status, values)
            select timestamptz '2026-10-25 00:00Z' + n * interval '15 minutes', n, p.id, 0,
                   case when n = 5 then 128 else 0 end,
                   array[1000 + n * n, case when n = 4 then null else 2300 + n end]
              from load_profile p join meter m on m.id = p.meter_id and m.serial_number = 'API-1',
                   generate_series(1, 8) n;
          insert into load_profile_entry
            (period_end, sequence, profile_id, occurrence, status, values)
            select timestamptz '2020-01-01 00:00Z' + n * interval '1 minute', n, p.id, 0, 0,
                   array[n, 2300]
              from load_profile p join meter m on m.id = p.meter_id and m.serial_number = 'API-2',
                   generate_series(1, 600000) n""");
    }
  }

  static void assertProblem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type"))
        .get()
        .asString()
        .startsWith("application/problem+json");
    var problem = JsonPath.from(answer.body());
    assertThat(problem.getInt("status")).isEqualTo(status);
    assertThat(problem.getString("correlationId"))
        .isEqualTo(answer.headers().firstValue("X-Correlation-Id").orElseThrow());
    assertThat(answer.body()).doesNotContain("Exception", "RESTEASY", "org.meterledger");
  }

  static void assertRefused(HttpResponse<String> answer, String field, String rule) {
    assertProblem(answer, 400);
    var problem = JsonPath.from(answer.body());
    assertThat(problem.getList("errors.field")).contains(field);
    assertThat(problem.getList("errors.rule")).contains(rule);
  }
}
