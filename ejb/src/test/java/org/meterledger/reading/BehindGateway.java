package org.meterledger.reading;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.g13.G13Driver;
import org.meterledger.driver.g13.Users;
import org.meterledger.driver.http.ServerCertificate;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationRequest;
import org.meterledger.operation.SettingsParts;
import org.meterledger.server.TestDatabase;
import org.meterledger.simulators.g13.G13Gateway;
import org.meterledger.simulators.g13.G13Meter;
import org.meterledger.simulators.g13.G13Simulator;
import org.meterledger.simulators.g13.GatewaySettings;
import org.meterledger.simulators.g13.MeterSettings;

/** A simulated gateway of which the portal reads one meter, the whole way. */
final class BehindGateway implements AutoCloseable {

  static final String MODEL = "abb-g13";
  private static final String USER = G13Gateway.FACTORY_USER;
  private static final AtomicInteger SERIAL = new AtomicInteger(90_000_000);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  final ReadingFixture reading;
  final G13Simulator simulator;
  final SettingsParts parts;
  final String serial = "ABB" + SERIAL.incrementAndGet();
  final int meterId;
  private final int gatewayId;
  private final G13Driver driver;

  BehindGateway(Instant now) {
    reading = new ReadingFixture(now, List.of());
    var settings = MeterSettings.of(serial, "A44 512-100", now.minus(Duration.ofHours(6)));
    simulator =
        G13Simulator.start(
            List.of(GatewaySettings.of("G" + serial, List.of(settings))), 0, reading.clock);
    driver = new G13Driver(reading.clock);
    parts = new SettingsParts(reading.database, reading.kinds);
    gatewayId =
        id(
            "insert into gateway (name, network_id, most_sessions, version)"
                + " values (?, 1, 1, 0) returning id",
            "G" + serial);
    var endpoint = endpoint(USER, G13Gateway.FACTORY_KEY);
    reading.database.update(
        """
        insert into gateway_access (gateway_id, model, address, user_name, password, time_zone,
                                    certificate, old_tls)
        values (?, 'abb-g13-gateway', ?, ?, ?, 'Z', ?, false)""",
        gatewayId,
        endpoint.base().toString(),
        USER,
        ReadingFixture.SECRETS.encrypt(G13Gateway.FACTORY_KEY),
        endpoint.pin().sha256());
    meterId = TestDatabase.meter(serial, "http://nowhere");
    reading.database.update(
        "update meter set model = ?, address = null, gateway_id = ? where id = ?",
        MODEL,
        gatewayId,
        meterId);
    reading.database.update(
        "insert into meter_contact (meter_id, leased_until) values (?, ?)"
            + " on conflict do nothing",
        meterId,
        now);
  }

  private int id(String sql, Object... parameters) {
    return reading.database.first(sql, row -> row.getInt(1), parameters).orElseThrow();
  }

  private Endpoint.Http endpoint(String user, String key) {
    var base = URI.create(simulator.uri(0).toString().replaceFirst("/$", ""));
    var shown =
        ((ReadResult.Complete<ServerCertificate>) ServerCertificate.shownBy(base, TIMEOUT)).value();
    return new Endpoint.Http(
        base,
        user,
        key,
        TIMEOUT,
        new Endpoint.CertificatePin(shown.sha256(), false),
        ZoneOffset.UTC);
  }

  G13Gateway gateway() {
    return simulator.gateway(0);
  }

  G13Meter meter() {
    return gateway().meter(serial);
  }

  /** From now on the portal speaks as somebody who may only look at the meters. */
  void comesAsViewer() {
    var users = driver.gateway(endpoint(USER, G13Gateway.FACTORY_KEY)).users();
    users.add("viewer1", "geheim77");
    users.bind("viewer1", serial, Users.Access.VIEW_ONLY);
    reading.database.update(
        "update gateway_access set user_name = 'viewer1', password = ? where gateway_id = ?",
        ReadingFixture.SECRETS.encrypt("geheim77"),
        gatewayId);
  }

  long ask(OperationRequest request) {
    return reading.operations.submit(meterId, MODEL, serial, request, "test", null).get(0);
  }

  /** Asks, has it done, and tells how it went. */
  MeterOperation done(OperationRequest request) throws InterruptedException {
    long id = ask(request);
    reading.readDue();
    return reading.operation(id);
  }

  Map<String, SettingsParts.Told> told() {
    return parts.told(meterId);
  }

  @Override
  public void close() {
    simulator.close();
    reading.close();
  }
}
