package org.meterledger.reading;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.meterledger.driver.Capability;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.g13.G13Driver;
import org.meterledger.driver.g13.Users;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationRequest;
import org.meterledger.server.Database;
import org.meterledger.server.TestDatabase;
import org.meterledger.simulators.g13.G13Gateway;
import org.meterledger.simulators.g13.G13Meter;
import org.meterledger.simulators.g13.G13Simulator;
import org.meterledger.simulators.g13.GatewaySettings;
import org.meterledger.simulators.g13.MeterSettings;

/** A simulated gateway with its meters, all of which the portal reads through it. */
final class GatewayFixture implements AutoCloseable {

  static final String MODEL = "abb-g13";
  static final String GATEWAY_MODEL = "abb-g13-gateway";

  private static final AtomicInteger NUMBER = new AtomicInteger();

  final ReadingFixture reading;
  final G13Simulator simulator;

  /** Of the first meter, which is asked where no other is named. */
  final String serial;

  private final Database database = TestDatabase.database();
  private final int gatewayId;
  private final Map<String, Integer> meterIds = new HashMap<>();

  /**
   * A gateway that is a device too, of which and of whose meters nothing is read but what is asked.
   *
   * @param since when its meters began
   * @param labels of its meters, which decide what they can
   */
  GatewayFixture(Instant now, Instant since, String... labels) {
    this(new ReadingFixture(now, List.of()), settings(since, labels));
    register(gateway().settings().serial(), GATEWAY_MODEL);
    database.update("delete from reading_task");
  }

  private GatewayFixture(ReadingFixture reading, GatewaySettings settings) {
    this(reading, G13Simulator.start(List.of(settings), 0, reading.clock));
  }

  private static GatewaySettings settings(Instant since, String... labels) {
    int number = NUMBER.incrementAndGet();
    var meters =
        IntStream.range(0, labels.length)
            .mapToObj(i -> MeterSettings.of("BEHIND_" + number + "_" + i, labels[i], since))
            .toList();
    return GatewaySettings.of("GATEWAY_" + number, meters);
  }

  GatewayFixture(ReadingFixture reading, G13Simulator simulator) {
    this.simulator = simulator;
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
    serial = settings.meters().get(0).serial();
    settings.meters().forEach(meter -> register(meter.serial(), MODEL));
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

  private void register(String serial, String model) {
    int id = TestDatabase.meter(serial, null);
    database.update(
        "update meter set model = ?, gateway_id = ? where id = ?", model, gatewayId, id);
    TestDatabase.join(1, id);
    new ReadingTasks(database, reading.clock).followMeter(id);
    meterIds.put(serial, id);
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

  int meterId() {
    return meterId(serial);
  }

  G13Gateway gateway() {
    return simulator.gateway(0);
  }

  G13Meter meter() {
    return gateway().meter(serial);
  }

  /** Where the first meter has something, as faults are told to which path they belong. */
  String path(String resource) {
    return "/meters/" + serial + "/" + resource;
  }

  /** Has something go wrong from when a device is to do one thing. */
  void spoil(Class<? extends Capability> capability, Runnable spoiling) {
    reading.drivers.replaceAll(driver -> new SpoiledDriver(driver, capability, spoiling));
  }

  /** Asks for one kind of operation, by names and values in turn. */
  static OperationRequest request(String kind, Object... parameters) {
    var given = Json.createObjectBuilder();
    for (int i = 0; i < parameters.length; i += 2) {
      var name = (String) parameters[i];
      if (parameters[i + 1] instanceof Integer number) {
        given.add(name, number);
      } else if (parameters[i + 1] instanceof JsonValue value) {
        given.add(name, value);
      } else {
        given.add(name, (String) parameters[i + 1]);
      }
    }
    return OperationRequest.of(kind, given.build());
  }

  long ask(OperationRequest request) {
    return ask(serial, request);
  }

  /** Asks the first meter, has it done, and tells how it went. */
  MeterOperation done(OperationRequest request) throws InterruptedException {
    return done(serial, request);
  }

  /** Asks another meter, or the gateway itself. */
  MeterOperation done(String device, OperationRequest request) throws InterruptedException {
    long id = ask(device, request);
    reading.readDue();
    return reading.operation(id);
  }

  private long ask(String device, OperationRequest request) {
    var model = device.equals(gateway().settings().serial()) ? GATEWAY_MODEL : MODEL;
    return reading.operations.submit(meterId(device), model, device, request, "test", null).get(0);
  }

  /** An empty object where there is none. */
  static JsonObject result(MeterOperation operation) {
    if (operation.result() == null) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    try (var reader = Json.createReader(new StringReader(operation.result()))) {
      return reader.readObject();
    }
  }

  /** From now on the portal speaks as somebody who may only look at the first meter. */
  void comesAsViewer() {
    var users =
        new G13Driver(reading.clock)
            .gateway(
                new Endpoint.Http(
                    URI.create(address(simulator)),
                    G13Gateway.FACTORY_USER,
                    G13Gateway.FACTORY_KEY,
                    Duration.ofSeconds(10),
                    new Endpoint.CertificatePin(fingerprint(simulator), false),
                    ZoneOffset.UTC))
            .users();
    users.add("viewer1", "geheim77");
    users.bind("viewer1", serial, Users.Access.VIEW_ONLY);
    database.update(
        "update gateway_access set user_name = 'viewer1', password = ? where gateway_id = ?",
        ReadingFixture.SECRETS.encrypt("geheim77"),
        gatewayId);
  }

  /** The meters are no more, for others count them. */
  @Override
  public void close() {
    reading.close();
    simulator.close();
    database.update(
        "update meter set gateway_id = null, state = 'REMOVED', address = '' where gateway_id = ?",
        gatewayId);
    database.update("delete from gateway where id = ?", gatewayId);
  }
}
