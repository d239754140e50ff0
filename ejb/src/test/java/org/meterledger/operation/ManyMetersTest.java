package org.meterledger.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.meterledger.access.Access;
import org.meterledger.access.AccessDenied;
import org.meterledger.access.AccessLevel;
import org.meterledger.access.MeterScope;
import org.meterledger.access.Permission;
import org.meterledger.access.Privileges;
import org.meterledger.access.TestAccess;
import org.meterledger.audit.TestAudit;
import org.meterledger.driver.Capability;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.emu.EmuDriver;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.server.Database;
import org.meterledger.server.TestDatabase;

/** One request to many meters: which are asked, and what refuses all of it. */
class ManyMetersTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final OperationRequest LOOK = OperationRequest.of("LOOK", null);
  private static final AtomicInteger SERIAL = new AtomicInteger();

  private final Database database = TestDatabase.database();
  private final OperationList list = new OperationList(database);

  /** What happens while a request is looked at, before anything is queued. */
  private Runnable meanwhile = () -> {};

  private final class Look implements OperationKind {
    @Override
    public String name() {
      return "LOOK";
    }

    @Override
    public Class<? extends Capability> needs() {
      return null;
    }

    @Override
    public List<OperationParameter> parameters(MeterSession unopened) {
      meanwhile.run();
      return List.of();
    }

    @Override
    public Outcome run(OpenMeter meter, JsonObject parameters) {
      throw new IllegalStateException("Nobody runs it here");
    }
  }

  private Operations operations(Access access) {
    var kinds =
        new OperationKinds(
            List.of(new Look()), List.<MeterDriver>of(new EmuDriver(CLOCK)), new MeterModels());
    return new Operations(database, kinds, access, TestAudit.of(database, CLOCK), CLOCK);
  }

  private Operations operations() {
    return operations(TestAccess.everything(database));
  }

  private String meter() {
    String serial = "many-" + SERIAL.incrementAndGet();
    TestDatabase.meter(serial, "http://127.0.0.1:1");
    return serial;
  }

  private int id(String serial) {
    return database
        .first("select id from meter where serial_number = ?", row -> row.getInt(1), serial)
        .orElseThrow();
  }

  private int group(String... serials) {
    int group =
        database
            .first(
                """
                insert into meter_group (name, version, created_at) values (?, 0, ?)
                returning id""",
                row -> row.getInt(1),
                "many-" + SERIAL.incrementAndGet(),
                NOW)
            .orElseThrow();
    List.of(serials).forEach(serial -> join(group, serial));
    return group;
  }

  private void join(int group, String serial) {
    TestDatabase.join(group, id(serial));
  }

  private long count(String serial) {
    return list.count(MeterScope.EVERYTHING, OperationFilter.ofMeter(serial));
  }

  private List<String> told(String action, String subject) {
    return database.query(
        "select after from audit_entry where action = ? and subject = ? order by id",
        row -> row.getString(1),
        action,
        subject);
  }

  @Test
  void anUnknownMeterAmongManyRefusesAll() {
    var one = meter();
    assertThatThrownBy(
            () -> operations().submitToMeters(List.of(one, "nobody-7"), LOOK, "test", null))
        .isInstanceOfSatisfying(
            InvalidOperation.class,
            invalid -> {
              assertThat(invalid.field()).isEqualTo("meters");
              assertThat(invalid).hasMessageContaining("nobody-7");
            });
    assertThat(count(one)).isZero();
  }

  @Test
  void aGroupIsAskedWithoutItsPausedMeters() {
    var active = meter();
    var paused = meter();
    var gone = meter();
    int group = group(active, paused, gone);
    database.update("update meter_group_member set leaving = true where meter_id = ?", id(gone));
    database.update("update meter set state = 'PAUSED' where id = ?", id(paused));
    long request = operations().submitToGroup(group, LOOK, "test", null);
    assertThat(list.rows(MeterScope.EVERYTHING, OperationFilter.ofGroup(request), 0, 10))
        .extracting(MeterOperation::serialNumber)
        .containsExactly(active);
    assertThat(list.group(MeterScope.EVERYTHING, request).orElseThrow().meters()).isEqualTo(1);
    assertThat(told("OPERATION_REQUEST", "request " + request))
        .singleElement()
        .asString()
        .contains("\"kind\":\"LOOK\"", "\"meters\":[\"" + active + "\"]");
    assertThat(operations().cancelGroup(request)).isEqualTo(1);
    assertThat(operations().cancelGroup(request)).as("nothing is left").isZero();
    assertThat(told("OPERATION_CANCEL", "request " + request)).containsExactly("{\"cancelled\":1}");
    assertThat(list.group(MeterScope.EVERYTHING, request).orElseThrow().percent()).isEqualTo(100);
  }

  /** Else a group with a gateway could be asked for nothing that only meters can. */
  @Test
  void aGroupIsAskedWithoutTheGatewaysInIt() {
    var active = meter();
    var gateway = meter();
    int group = group(active, gateway);
    database.update(
        """
        with g as (
          insert into gateway (name, network_id, most_sessions, version) values (?, 1, 1, 0)
          returning id)
        insert into gateway_access (gateway_id, model, address, user_name, password, time_zone,
                                    certificate, old_tls, meter_id)
        select id, 'abb-g13-gateway', 'https://127.0.0.1:1', 'admin', '', 'UTC', ?, false, ?
          from g""",
        gateway,
        "0".repeat(64),
        id(gateway));
    database.update("update meter set model = 'abb-g13-gateway' where id = ?", id(gateway));
    assertThat(operations().models(group)).containsExactly("emu-professional-ii");
    long request = operations().submitToGroup(group, LOOK, "test", null);
    assertThat(list.rows(MeterScope.EVERYTHING, OperationFilter.ofGroup(request), 0, 10))
        .extracting(MeterOperation::serialNumber)
        .containsExactly(active);
  }

  @Test
  void whoJoinsTheGroupWhileItIsAskedIsNotAskedByWhoMayNot() {
    var mine = meter();
    var others = meter();
    int given = group(mine);
    int asked = group(mine);
    var limited =
        operations(
            TestAccess.of(
                database,
                new Privileges.Given(
                    EnumSet.allOf(Permission.class), given, AccessLevel.CONFIGURE)));
    assertThat(limited.submitToGroup(asked, LOOK, "test", null)).isPositive();

    meanwhile = () -> join(asked, others);

    assertThatThrownBy(() -> limited.submitToGroup(asked, LOOK, "test", null))
        .isInstanceOf(AccessDenied.class)
        .hasMessageContaining(others);
  }
}
