package org.meterledger.network;

import static jakarta.ejb.TransactionAttributeType.NOT_SUPPORTED;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterledger.access.Permission;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault;
import org.meterledger.driver.GatewayDriver;
import org.meterledger.driver.GatewaySession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.http.ServerCertificate;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.meter.MeterSecrets;
import org.meterledger.server.Database;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;

/**
 * How the portal speaks with gateways. A gateway issues its certificate itself: a person compares
 * the fingerprint before a password goes there, and another certificate is refused from then on.
 */
@Stateless
@RolesAllowed(Permission.Names.MANAGE_NETWORKS)
@TransactionAttribute(NOT_SUPPORTED) // a gateway may take seconds to answer; a transaction may not
public class GatewayAccesses {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static final String SELECT =
      "select model, address, user_name, certificate, old_tls, time_zone, password"
          + " from gateway_access where gateway_id = ?";

  @Inject private Database database;
  @Inject private Networks networks;
  @Inject private MeterModels models;
  @Inject private MeterSecrets secrets;
  @Inject private Audit audit;
  @Inject @Any private Instance<GatewayDriver> drivers;

  /** Device models that are gateways. */
  public List<MeterModel> models() {
    return models.all().stream().filter(MeterModel::isGateway).toList();
  }

  /**
   * The certificate that is shown at an address. Nothing is sent there.
   *
   * @throws GatewayRefused when nothing answers there by TLS
   */
  public ServerCertificate shown(String address) {
    return value(ServerCertificate.shownBy(URI.create(address), TIMEOUT));
  }

  /**
   * Empty where the portal does not speak with the gateway.
   *
   * @throws NotThere when there is no such gateway
   */
  public Optional<GatewayAccess> find(int gatewayId) {
    networks.gateway(gatewayId);
    return database.first(SELECT, GatewayAccesses::access, gatewayId);
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

  /**
   * Speaks with a gateway as is said here, and keeps that when it answers.
   *
   * @return serial number of the gateway that answered
   * @throws InvalidInput when a rule is broken, as that no account keeps the factory's password
   * @throws GatewayRefused when it does not answer, or not to this account
   */
  public String store(int gatewayId, GatewayAccessDetails details) {
    var name = networks.gateway(gatewayId).name();
    var before = find(gatewayId);
    var model = check(details);
    String password = password(gatewayId, before, details);
    var session = session(model, endpoint(details, password));
    String serialNumber = value(session.serialNumber());
    boolean factory =
        model.table(MeterModel.GATEWAY).stream()
            .anyMatch(
                row ->
                    row.get("user").equals(details.getUserName())
                        && row.get("password").equals(password));
    if (factory && details.getNewPassword() == null) {
      throw new InvalidInput(
          "newPassword", "factory", "This is the password of the factory: it must be changed");
    }
    String kept = password;
    if (details.getNewPassword() != null) {
      kept = details.getNewPassword();
      change(session, model, details, kept);
    }
    keep(gatewayId, name, before, details, secrets.encrypt(kept));
    return serialNumber;
  }

  private MeterModel check(GatewayAccessDetails details) {
    try {
      ZoneId.of(details.getTimeZone());
    } catch (DateTimeException e) {
      throw new InvalidInput("timeZone", "unknown", "No time zone " + details.getTimeZone());
    }
    if (!secrets.available()) {
      throw new InvalidInput(
          "password", "masterKey", "Passwords need " + MeterSecrets.MASTER_KEY + " to be set");
    }
    return models
        .find(details.getModel())
        .filter(MeterModel::isGateway)
        .orElseThrow(
            () -> new InvalidInput("model", "unknown", "No gateway model " + details.getModel()));
  }

  /** The stored one goes to the address and the certificate that it was given for, and no other. */
  private String password(
      int gatewayId, Optional<GatewayAccess> before, GatewayAccessDetails details) {
    if (details.getPassword() != null) {
      return details.getPassword();
    }
    boolean same =
        before
            .filter(
                access ->
                    access.address().equals(details.getAddress())
                        && access.userName().equals(details.getUserName())
                        && access.certificate().equals(details.getCertificate()))
            .isPresent();
    if (!same) {
      throw new InvalidInput(
          "password",
          "newAddress",
          "The password goes to no other address, account or certificate: enter it again");
    }
    return stored(gatewayId);
  }

  private String stored(int gatewayId) {
    return secrets.decrypt(
        database.first(SELECT, row -> row.getBytes("password"), gatewayId).orElseThrow());
  }

  /** An answer may be lost: then the gateway is asked whether it knows the new password. */
  private void change(
      GatewaySession session, MeterModel model, GatewayAccessDetails details, String next) {
    var result = session.changePassword(next);
    if (result instanceof CommandResult.Refused refused) {
      throw new GatewayRefused(refused.fault());
    }
    value(session(model, endpoint(details, next)).serialNumber());
  }

  private void keep(
      int gatewayId,
      String name,
      Optional<GatewayAccess> before,
      GatewayAccessDetails details,
      byte[] password) {
    database.inTransaction(
        connection -> {
          write(connection, gatewayId, details, password);
          audit.done(
              connection,
              AuditAction.GATEWAY_ACCESS,
              name,
              before.orElse(null),
              Map.of(
                  "access", details.told(), "passwordChanged", details.getNewPassword() != null));
          return null;
        });
  }

  private static void write(
      Connection connection, int gatewayId, GatewayAccessDetails details, byte[] password)
      throws SQLException {
    try (var statement =
        Database.prepare(
            connection,
            "insert into gateway_access (gateway_id, model, address, user_name, password,"
                + " time_zone, certificate, old_tls) values (?, ?, ?, ?, ?, ?, ?, ?)"
                + " on conflict (gateway_id) do update set model = excluded.model,"
                + " address = excluded.address, user_name = excluded.user_name,"
                + " password = excluded.password, time_zone = excluded.time_zone,"
                + " certificate = excluded.certificate, old_tls = excluded.old_tls",
            gatewayId,
            details.getModel(),
            details.getAddress(),
            details.getUserName(),
            password,
            details.getTimeZone(),
            details.getCertificate(),
            details.isOldTls())) {
      statement.executeUpdate();
    }
  }

  /**
   * The meters that belong to a gateway, as it tells now.
   *
   * @throws NotThere when the portal does not speak with it
   * @throws GatewayRefused when it does not answer
   */
  public List<GatewaySession.KnownMeter> meters(int gatewayId) {
    return value(session(gatewayId).meters());
  }

  private GatewaySession session(int gatewayId) {
    var access = find(gatewayId).orElseThrow(() -> new NotThere("access to gateway " + gatewayId));
    return session(
        models.find(access.model()).orElseThrow(), endpoint(access.details(), stored(gatewayId)));
  }

  /** Model of the meters behind a gateway. */
  public String meterModel(GatewayAccess access) {
    return models.get(access.model()).table(MeterModel.GATEWAY).get(0).get("meters");
  }

  private GatewaySession session(MeterModel model, Endpoint.Http endpoint) {
    return drivers.stream()
        .filter(driver -> driver.protocol().equals(model.protocol()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No gateways speak " + model.protocol()))
        .openGateway(endpoint);
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

  private static <T> T value(ReadResult<T> result) {
    return result.fold(
        complete -> complete.value(),
        partial -> {
          throw refused(partial.fault());
        },
        failed -> {
          throw refused(failed.fault());
        });
  }

  private static GatewayRefused refused(Fault fault) {
    return new GatewayRefused(fault);
  }
}
