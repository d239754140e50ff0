package org.meterledger.reading;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.meterledger.server.Database;
import org.meterledger.server.TestDatabase;
import org.meterledger.simulators.g13.G13Gateway;
import org.meterledger.simulators.g13.G13Simulator;

/** A simulated gateway with its meters, all of which the portal reads through it. */
final class GatewayFixture implements AutoCloseable {

  private final Database database = TestDatabase.database();
  private final ReadingFixture reading;
  private final int gatewayId;
  private final Map<String, Integer> meterIds = new HashMap<>();

  GatewayFixture(ReadingFixture reading, G13Simulator simulator) {
    this.reading = reading;
    var settings = simulator.gateway(0).settings();
    gatewayId =
        database
            .first(
                """
                insert into gateway (name, network_id, most_sessions, version)
                values (?, 1, 1, 0) returning id""",
                row -> row.getInt(1),
                settings.serial())
            .orElseThrow();
    database.update(
        """
        insert into gateway_access (gateway_id, model, address, user_name, password, time_zone,
                                    certificate, old_tls)
        values (?, 'abb-g13-gateway', ?, ?, ?, 'Europe/Zurich', ?, false)""",
        gatewayId,
        address(simulator),
        G13Gateway.FACTORY_USER,
        ReadingFixture.SECRETS.encrypt(G13Gateway.FACTORY_KEY),
        fingerprint(simulator));
    settings.meters().forEach(meter -> meterIds.put(meter.serial(), register(meter.serial())));
  }

  private static String address(G13Simulator simulator) {
    return simulator.uri(0).toString().replaceFirst("/$", "");
  }

  private static String fingerprint(G13Simulator simulator) {
    try {
      var encoded = simulator.gateway(0).certificate().getEncoded();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private int register(String serial) {
    int id = TestDatabase.meter(serial, "through the gateway");
    database.update(
        "update meter set model = 'abb-g13', address = null, gateway_id = ? where id = ?",
        gatewayId,
        id);
    TestDatabase.join(1, id);
    new ReadingTasks(database, reading.clock).followMeter(id);
    return id;
  }

  /** From now on another gateway answers at the same place. */
  void replaceBy(G13Simulator other) {
    database.update(
        "update gateway_access set address = ?, certificate = ? where gateway_id = ?",
        address(other),
        fingerprint(other),
        gatewayId);
  }

  int meterId(String serial) {
    return meterIds.get(serial);
  }

  @Override
  public void close() {
    database.update(
        "update meter set gateway_id = null, state = 'REMOVED', address = '' where gateway_id = ?",
        gatewayId);
    database.update("delete from gateway where id = ?", gatewayId);
  }
}
