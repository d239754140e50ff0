package org.meterledger.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meterledger.access.AccessLevel;
import org.meterledger.access.Permission;
import org.meterledger.access.Privileges;
import org.meterledger.access.TestAccess;

@Timeout(120)
class GatewayListTest {

  private static final int NO_SUCH_GROUP = 999_999;

  private final GatewayFixture fixture = new GatewayFixture();
  private final GatewayList list =
      new GatewayList(fixture.database, TestAccess.everything(fixture.database));
  private final String name = fixture.gateway.name();

  @AfterEach
  void stop() {
    fixture.close();
  }

  private GatewayRow only() {
    var rows = list.rows(name, GatewayRow.Order.NAME, true, 0, 10);
    assertThat(rows).hasSize(1);
    assertThat(list.count(name)).isEqualTo(1);
    return rows.get(0);
  }

  @Test
  void aGatewayIsToldWithItsDeviceWhichIsNoneOfItsMeters() {
    assertThat(only().device()).isNull();
    assertThat(only().meters()).isZero();
    int device = fixture.meter(GatewayFixture.SERIAL, GatewayFixture.MODEL);
    fixture.meter(GatewayFixture.METER, "abb-g13");
    fixture.database.update(
        "update gateway_access set meter_id = ? where gateway_id = ?",
        device,
        fixture.gateway.id());
    fixture.database.update(
        "update meter_contact set last_contact_at = ?, clock_drift_ms = 61000 where meter_id = ?",
        GatewayFixture.START,
        device);

    var row = only();
    assertThat(row.device()).isEqualTo(GatewayFixture.SERIAL);
    assertThat(row.meters()).isEqualTo(1);
    assertThat(row.lastContactAt()).isEqualTo(GatewayFixture.START);
    assertThat(row.clockDrift()).isEqualTo(Duration.ofSeconds(61));
    assertThat(row.clockOff()).isTrue();
    assertThat(row.certificate()).hasSize(64);
    for (var order : GatewayRow.Order.values()) {
      assertThat(list.rows(GatewayFixture.SERIAL, order, false, 0, 1)).hasSize(1);
    }
  }

  @Test
  void whoSeesNoneOfItsMetersDoesNotSeeTheGateway() {
    fixture.meter(GatewayFixture.METER, "abb-g13");
    var nothing =
        new GatewayList(
            fixture.database,
            TestAccess.of(
                fixture.database,
                new Privileges.Given(
                    Set.of(Permission.VIEW_METERS), NO_SUCH_GROUP, AccessLevel.VIEW)));
    assertThat(nothing.rows(name, GatewayRow.Order.METERS, true, 0, 10)).isEqualTo(List.of());
    assertThat(nothing.count(name)).isZero();
  }
}
