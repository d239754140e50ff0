package org.meterledger.network;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.meterledger.access.TestAccess;
import org.meterledger.audit.TestAudit;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.GatewayDriver;
import org.meterledger.driver.g13.G13Driver;
import org.meterledger.driver.http.ServerCertificate;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.meter.MeterSecrets;
import org.meterledger.server.Database;
import org.meterledger.server.TestDatabase;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.g13.G13Fleet;
import org.meterledger.simulators.g13.G13Gateway;
import org.meterledger.simulators.g13.G13Simulator;

/** A simulated gateway with twelve meters that a real database knows how to speak with. */
final class GatewayFixture implements AutoCloseable {

  static final Instant START = Instant.parse("2026-03-20T10:00:00Z");
  static final String SERIAL = "ABBG13000001";
  static final String METER = "ABB00000101";
  static final String MODEL = "abb-g13-gateway";

  private static final String USER = G13Gateway.FACTORY_USER;
  private static final String PASSWORD = G13Gateway.FACTORY_KEY;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  final SettableClock time = new SettableClock(START);
  final G13Simulator simulator = G13Simulator.start(List.of(G13Fleet.one(1, START)), 0, time);
  final Database database = TestDatabase.database();
  final MeterModels models = new MeterModels();
  final G13Driver driver = new G13Driver(time);
  final MeterSecrets secrets = new MeterSecrets(Base64.getEncoder().encodeToString(new byte[32]));
  final GatewayConversations conversations =
      new GatewayConversations(database, models, secrets, List.<GatewayDriver>of(driver));
  final Networks networks =
      new Networks(database, TestAccess.everything(database), TestAudit.of(database, time), time);
  final Gateway gateway;

  private final URI base = URI.create(simulator.uri(0).toString().replaceFirst("/$", ""));
  private final String certificate;

  GatewayFixture() {
    var details = new GatewayDetails();
    details.setName("gateway %04d".formatted(NUMBER.incrementAndGet()));
    details.setNetwork("Standard");
    details.setMostSessions(1);
    gateway = networks.addGateway(details);
    certificate =
        GatewayConversations.value(ServerCertificate.shownBy(base, Duration.ofSeconds(20)))
            .sha256();
    database.update(
        "insert into gateway_access (gateway_id, model, address, user_name, password, time_zone,"
            + " certificate, old_tls) values (?, ?, ?, ?, ?, 'UTC', ?, false)",
        gateway.id(),
        MODEL,
        base.toString(),
        USER,
        secrets.encrypt(PASSWORD),
        certificate);
  }

  G13Gateway simulated() {
    return simulator.gateway(0);
  }

  Endpoint.Http endpoint() {
    return new Endpoint.Http(
        base,
        USER,
        PASSWORD,
        Duration.ofSeconds(20),
        new Endpoint.CertificatePin(certificate, false),
        ZoneOffset.UTC);
  }

  /** A meter that is reached through the gateway. */
  int meter(String serialNumber, String model) {
    int id = TestDatabase.meter(serialNumber, null);
    database.update(
        "update meter set model = ?, address = null, gateway_id = ? where id = ?",
        model,
        gateway.id(),
        id);
    database.update(
        "insert into meter_contact (meter_id, leased_until) values (?, ?) on conflict do nothing",
        id,
        START);
    return id;
  }

  /** Others look for these serial numbers too. */
  @Override
  public void close() {
    simulator.close();
    database.update(
        "update meter set serial_number = serial_number || '-' || id where gateway_id = ?",
        gateway.id());
  }
}
