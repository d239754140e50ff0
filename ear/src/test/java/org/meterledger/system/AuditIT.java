package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.system.Portal.assertRefused;

import io.restassured.path.json.JsonPath;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was done is in the trail, and the trail tells when somebody was at it. */
@ExtendWith(PortalExtension.class)
@TestMethodOrder(OrderAnnotation.class)
class AuditIT {

  private static final String PASSWORD = "never-in-the-trail";

  private final Portal portal;
  private final ApiClient admin;

  AuditIT(Portal portal) {
    this.portal = portal;
    this.admin = portal.admin();
  }

  private JsonPath trail(String query) throws Exception {
    var answer = admin.get("audit?" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonPath.from(answer.body());
  }

  @Test
  @Order(1)
  void whatIsDoneToAMeterIsThereWithBeforeAndAfter() throws Exception {
    String details =
        "{'serialNumber':'AUDIT-1','model':'emu-professional-ii','address':'http://127.0.0.1:9',"
            + "'timeZone':'UTC','state':'PAUSED','alias':'%s','userName':'u','password':'"
            + PASSWORD
            + "'}";
    var added = admin.post("meters", details.formatted("first"));
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    String tag = added.headers().firstValue("ETag").orElseThrow();
    var changed = admin.send("PUT", "meters/AUDIT-1", details.formatted("second"), "If-Match", tag);
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    assertThat(admin.send("DELETE", "meters/AUDIT-1", null).statusCode()).isEqualTo(204);

    var trail = trail("subject=AUDIT-1");

    assertThat(trail.<String>getList("items.action"))
        .containsExactly("METER_REMOVE", "METER_CHANGE", "METER_ADD");
    assertThat(trail.<String>getList("items.account")).containsOnly("anna");
    assertThat(trail.<String>getList("items.address")).containsOnly("127.0.0.1");
    assertThat(trail.<String>getList("items.outcome")).containsOnly("DONE");
    assertThat(trail.getString("items[1].correlationId"))
        .isEqualTo(changed.headers().firstValue("X-Correlation-Id").orElseThrow());
    assertThat(trail.getString("items[1].before.alias")).isEqualTo("first");
    assertThat(trail.getString("items[1].after.alias")).isEqualTo("second");
    assertThat(trail.getString("items[1].after.password")).isEqualTo("***");
    assertThat(trail.getString("items[1].before.password")).isNull();
    assertThat(admin.get("audit?max=1000").body()).doesNotContain(PASSWORD);
  }

  @Test
  @Order(2)
  void whatIsRefusedChangesNothingAndIsNotTold() throws Exception {
    long before = trail("action=METER").getLong("total");

    assertRefused(admin.post("meters", "{'serialNumber':'AUDIT-2'}"), "model", "notNull");

    assertThat(trail("action=METER").getLong("total")).isEqualTo(before);
  }

  @Test
  @Order(3)
  void whoTakesDataAwayLeavesALine() throws Exception {
    String query = "from=2026-10-25T00:30:00Z&to=2026-10-25T01:30:00Z";
    var taken = admin.get("meters/API-1/load-profile?" + query, "Accept", "text/csv");
    assertThat(taken.statusCode()).isEqualTo(200);

    var newest = trail("action=EXPORT&subject=API-1");

    assertThat(newest.getString("items[0].after.path"))
        .endsWith("/api/v1/meters/API-1/load-profile");
    assertThat(newest.getString("items[0].after.query")).isEqualTo(query);
    assertThat(newest.getString("items[0].after.format")).isEqualTo("CSV");
  }

  @Test
  @Order(4)
  void isTakenAwayItselfAndIsSearched() throws Exception {
    var table = admin.get("audit?subject=AUDIT-1", "Accept", "text/csv").body().lines().toList();

    assertThat(table.get(0))
        .isEqualTo(
            "id,at,account,token,address,correlation_id,action,subject,outcome,before,after");
    assertThat(table).hasSize(4);
    assertThat(trail("action=EXPORT&subject=audit").getLong("total")).isPositive();
    assertThat(trail("account=nobody").getLong("total")).isZero();
    assertThat(trail("action=METER_CHANGE&subject=AUDIT-1&first=1").getList("items")).isEmpty();
    assertThat(trail("to=2000-01-01").getLong("total")).isZero();
    assertRefused(admin.get("audit?from=yesterday"), "from", "instant");
    assertRefused(admin.get("audit?outcome=MAYBE"), "outcome", "type");
  }

  @Test
  @Order(5)
  void isShownOnItsPage() throws Exception {
    var browser = portal.signedIn("anna");

    String page = browser.get("/audit.xhtml?subject=AUDIT-1").body();
    assertThat(page).contains("AUDIT-1", "Meter changed", "second").doesNotContain(PASSWORD);

    String verified = browser.press("/audit.xhtml", "verify", Map.of()).body();
    assertThat(verified).contains("The trail is intact");
  }

  @Test
  @Order(6)
  void tellsWhereSomebodyWasAtIt() throws Exception {
    sealed();
    var verdict = JsonPath.from(admin.post("audit/verification", null).body());
    assertThat(verdict.getLong("broken")).isZero();
    assertThat(verdict.getLong("entries")).isGreaterThan(3);
    assertThat(verdict.getString("last")).matches("[0-9a-f]{64}");

    long id = trail("action=METER_ADD&subject=AUDIT-1").getLong("items[0].id");
    byForce("update audit_entry set account = 'somebody else' where id = " + id);
    try {
      var broken = JsonPath.from(admin.post("audit/verification", null).body());
      assertThat(broken.getLong("broken")).isEqualTo(1);
      assertThat(broken.getString("findings[0].what")).isEqualTo("CHANGED");
      assertThat(broken.getLong("findings[0].entryId")).isEqualTo(id);
      String page = portal.signedIn("anna").press("/audit.xhtml", "verify", Map.of()).body();
      assertThat(page).contains("An entry was changed: entry");
    } finally {
      byForce("update audit_entry set account = 'anna' where id = " + id);
    }
  }

  /** Waits for the timer, which seals once a minute. */
  private void sealed() throws Exception {
    long newest = trail("max=1").getLong("items[0].id");
    MeterRegister.await(
        () -> query("select count(*) from audit_seal where last_id >= " + newest) > 0,
        portal.server());
  }

  private long query(String sql) throws SQLException {
    try (var connection = portal.database().dataSource().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** As who owns the tables may. */
  private void byForce(String sql) throws SQLException {
    try (var connection = portal.database().dataSource().getConnection();
        var statement = connection.createStatement()) {
      for (String each : List.of("set session_replication_role = replica", sql)) {
        statement.execute(each);
      }
    }
  }
}
