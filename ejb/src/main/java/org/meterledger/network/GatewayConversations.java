package org.meterledger.network;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault;
import org.meterledger.driver.GatewayDriver;
import org.meterledger.driver.GatewaySession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.meter.MeterSecrets;
import org.meterledger.server.Database;
import org.meterledger.server.NotThere;

/** Opens conversations with gateways by what is stored of them. Who may is asked by the callers. */
@ApplicationScoped
class GatewayConversations {

  static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final String SELECT =
      "select model, address, user_name, certificate, old_tls, time_zone, password"
          + " from gateway_access where gateway_id = ?";

  private final Database database;
  private final MeterModels models;
  private final MeterSecrets secrets;
  private final Iterable<GatewayDriver> drivers;

  /** For the client proxy only. */
  protected GatewayConversations() {
    this(null, null, null, (Iterable<GatewayDriver>) null);
  }

  @Inject
  GatewayConversations(
      Database database,
      MeterModels models,
      MeterSecrets secrets,
      @Any Instance<GatewayDriver> drivers) {
    this(database, models, secrets, (Iterable<GatewayDriver>) drivers);
  }

  /** Outside a server the caller brings the drivers. */
  GatewayConversations(
      Database database,
      MeterModels models,
      MeterSecrets secrets,
      Iterable<GatewayDriver> drivers) {
    this.database = database;
    this.models = models;
    this.secrets = secrets;
    this.drivers = drivers;
  }

  /** Empty where the portal does not speak with the gateway. */
  Optional<GatewayAccess> access(int gatewayId) {
    return database.first(SELECT, GatewayConversations::access, gatewayId);
  }

  private static GatewayAccess access(ResultSet row) throws SQLException {
    return new GatewayAccess(
        row.getString("model"),
        row.getString("address"),
        row.getString("user_name"),
        row.getString("certificate"),
        row.getBoolean("old_tls"),
        ZoneId.of(row.getString("time_zone")));
  }

  String password(int gatewayId) {
    return secrets.decrypt(
        database.first(SELECT, row -> row.getBytes("password"), gatewayId).orElseThrow());
  }

  /**
   * @throws NotThere when the portal does not speak with it
   */
  GatewaySession open(int gatewayId) {
    var access =
        access(gatewayId).orElseThrow(() -> new NotThere("access to gateway " + gatewayId));
    return open(access.details(), password(gatewayId));
  }

  GatewaySession open(GatewayAccessDetails details, String password) {
    var model = models.get(details.getModel());
    for (var driver : drivers) {
      if (driver.protocol().equals(model.protocol())) {
        return driver.openGateway(endpoint(details, password));
      }
    }
    throw new IllegalStateException("No gateways speak " + model.protocol());
  }

  private static Endpoint.Http endpoint(GatewayAccessDetails details, String password) {
    return new Endpoint.Http(
        URI.create(details.getAddress()),
        details.getUserName(),
        password,
        TIMEOUT,
        new Endpoint.CertificatePin(details.getCertificate(), details.isOldTls()),
        ZoneId.of(details.getTimeZone()));
  }

  /** Model of the meters behind a gateway. */
  String meterModel(String model) {
    return models.get(model).table(MeterModel.GATEWAY).get(0).get("meters");
  }

  /**
   * @throws GatewayRefused when it is not there as a whole
   */
  static <T> T value(ReadResult<T> result) {
    return result.fold(
        complete -> complete.value(),
        partial -> {
          throw new GatewayRefused(partial.fault());
        },
        failed -> {
          throw new GatewayRefused(failed.fault());
        });
  }

  /**
   * An answer may have been lost, so that only reading back tells what became of it.
   *
   * @throws GatewayRefused when the gateway says no
   */
  static void sent(CommandResult result) {
    if (result instanceof CommandResult.Refused refused) {
      throw new GatewayRefused(refused.fault());
    }
  }

  /**
   * @throws GatewayRefused when what was read back is not what was wanted
   */
  static void readBack(boolean asWanted, String what) {
    if (!asWanted) {
      throw new GatewayRefused(
          new Fault(Fault.Kind.PROTOCOL, "The gateway took it, but tells otherwise now: " + what));
    }
  }

  /**
   * @throws GatewayRefused when gateways of this kind do not have it
   */
  static <T> T able(Optional<T> ability, String what) {
    return ability.orElseThrow(
        () ->
            new GatewayRefused(
                new Fault(Fault.Kind.UNSUPPORTED, "Gateways of this model have no " + what)));
  }
}
