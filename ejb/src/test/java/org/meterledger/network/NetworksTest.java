package org.meterledger.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.meterledger.access.TestAccess;
import org.meterledger.audit.TestAudit;
import org.meterledger.server.ChangedMeanwhile;
import org.meterledger.server.Database;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;
import org.meterledger.server.SettableClock;
import org.meterledger.server.StillInUse;
import org.meterledger.server.TestDatabase;

class NetworksTest {

  private final Database database = TestDatabase.database();
  private final Networks networks =
      new Networks(
          database,
          TestAccess.everything(database),
          TestAudit.of(database, new SettableClock("2026-11-21T08:00:00Z")),
          new SettableClock("2026-11-21T08:00:00Z"));

  private static NetworkDetails network(String name, int sessions, int connects) {
    var details = new NetworkDetails();
    details.setName(name);
    details.setMostSessions(sessions);
    details.setMostConnects(connects);
    return details;
  }

  private static GatewayDetails gateway(String name, String network) {
    var details = new GatewayDetails();
    details.setName(name);
    details.setNetwork(network);
    details.setMostSessions(2);
    return details;
  }

  private static String refusal(Runnable work) {
    var refused = catchThrowableOfType(InvalidInput.class, work::run);
    return refused.field() + " " + refused.rule();
  }

  @Test
  void limitsAreChangedWhileNodesConnect() {
    var radio = networks.add(network("radio", 10, 5));
    database.update(
        "update network set next_connect = timestamptz '2026-12-01 00:00Z' where id = ?",
        radio.id());

    var changed = networks.change(radio.id(), 0, network("radio", 20, 7));

    assertThat(changed).isEqualTo(new Network(radio.id(), "radio", 20, 7, 1));
    assertThat(networks.all()).contains(changed);
    assertThat(
            database.first(
                "select next_connect = timestamptz '2026-12-01 00:00Z' from network where id = ?",
                row -> row.getBoolean(1),
                radio.id()))
        .contains(true);
    assertThatExceptionOfType(ChangedMeanwhile.class)
        .isThrownBy(() -> networks.change(radio.id(), 0, network("radio", 30, 7)));
  }

  @Test
  void aNameIsTakenOnce() {
    var one = networks.add(network("one", 1, 1));
    networks.add(network("two", 1, 1));
    assertThat(refusal(() -> networks.add(network("one", 1, 1)))).isEqualTo("name unique");
    assertThat(refusal(() -> networks.change(one.id(), 0, network("two", 1, 1))))
        .isEqualTo("name unique");
    networks.addGateway(gateway("gate one", "one"));
    assertThat(refusal(() -> networks.addGateway(gateway("gate one", "two"))))
        .isEqualTo("name unique");
    assertThat(refusal(() -> networks.addGateway(gateway("gate two", "no such"))))
        .isEqualTo("network unknown");
  }

  @Test
  void theStandardNetworkStays() {
    var standard = networks.get(Network.STANDARD);
    assertThat(refusal(() -> networks.change(1, standard.version(), network("x", 1, 1))))
        .isEqualTo("name unchangeable");
    var changed = networks.change(1, standard.version(), standard.details());
    assertThat(changed.version()).isEqualTo(standard.version() + 1);
    assertThatExceptionOfType(StillInUse.class).isThrownBy(() -> networks.remove(1));
  }

  @Test
  void whatHasMetersStays() {
    var mesh = networks.add(network("mesh", 10, 5));
    var roof = networks.addGateway(gateway("roof", "mesh"));
    assertThatExceptionOfType(StillInUse.class).isThrownBy(() -> networks.remove(mesh.id()));
    int meter = TestDatabase.meter("NET-1", "http://10.0.0.7");
    database.update(
        "update meter set network_id = ?, gateway_id = ? where id = ?",
        mesh.id(),
        roof.id(),
        meter);

    assertThatExceptionOfType(StillInUse.class)
        .isThrownBy(() -> networks.removeGateway(roof.id()))
        .withMessageContaining("roof");
    assertThat(refusal(() -> networks.changeGateway(roof.id(), 0, gateway("roof", "Standard"))))
        .isEqualTo("network meters");

    database.update("update meter set network_id = 1, gateway_id = null where id = ?", meter);
    networks.removeGateway(roof.id());
    networks.remove(mesh.id());
    assertThatExceptionOfType(NotThere.class).isThrownBy(() -> networks.get(mesh.id()));
    assertThatExceptionOfType(NotThere.class).isThrownBy(() -> networks.gateway(roof.id()));
  }

  @Test
  void aGatewayWithoutMetersMoves() {
    networks.add(network("old", 1, 1));
    networks.add(network("new", 1, 1));
    var mast = networks.addGateway(gateway("mast", "old"));

    assertThat(networks.changeGateway(mast.id(), 0, gateway("mast 2", "new")))
        .isEqualTo(new Gateway(mast.id(), "mast 2", "new", 2, 1));
    assertThatExceptionOfType(ChangedMeanwhile.class)
        .isThrownBy(() -> networks.changeGateway(mast.id(), 0, gateway("mast", "new")));
    assertThat(networks.gateways()).extracting(Gateway::name).contains("mast 2");
  }
}
