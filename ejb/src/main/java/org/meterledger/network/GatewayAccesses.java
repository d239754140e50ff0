package org.meterledger.network;

import static jakarta.ejb.TransactionAttributeType.NOT_SUPPORTED;
import static org.meterledger.network.GatewayConversations.value;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterledger.access.Access;
import org.meterledger.access.AccessDenied;
import org.meterledger.access.Permission;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.driver.GatewaySession;
import org.meterledger.driver.http.ServerCertificate;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.meter.Meter;
import org.meterledger.meter.MeterDetails;
import org.meterledger.meter.MeterPlaces;
import org.meterledger.meter.MeterSecrets;
import org.meterledger.meter.Meters;
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

  @Inject private Database database;
  @Inject private Networks networks;
  @Inject private MeterModels models;
  @Inject private MeterSecrets secrets;
  @Inject private Audit audit;
  @Inject private GatewayConversations conversations;
  @Inject private GatewayDevices devices;
  @Inject private Meters meters;
  @Inject private MeterPlaces places;
  @Inject private Access access;

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
    return value(ServerCertificate.shownBy(URI.create(address), GatewayConversations.TIMEOUT));
  }

  /**
   * Empty where the portal does not speak with the gateway.
   *
   * @throws NotThere when there is no such gateway
   */
  public Optional<GatewayAccess> find(int gatewayId) {
    networks.gateway(gatewayId);
    return conversations.access(gatewayId);
  }

  /**
   * Speaks with a gateway as is said here, and keeps that when it answers. It is a device of the
   * portal from then on.
   *
   * @return serial number of the gateway that answered
   * @throws InvalidInput when a rule is broken, as that no account keeps the factory's password
   * @throws GatewayRefused when it does not answer, or not to this account
   * @throws AccessDenied when it is not a device yet and the caller does not manage all meters
   */
  public String store(int gatewayId, GatewayAccessDetails details) {
    var gateway = networks.gateway(gatewayId);
    var before = find(gatewayId);
    var model = check(details);
    String password = password(gatewayId, before, details);
    var session = conversations.open(details, password);
    String serialNumber = value(session.serialNumber());
    var naming = value(session.naming());
    boolean device = isThere(gateway, serialNumber, details);
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
      change(session, details, kept);
    }
    keep(gatewayId, gateway.name(), before, details, secrets.encrypt(kept));
    if (!device) {
      var meter = meters.add(device(gateway, serialNumber, naming, details));
      link(gateway, meter);
    }
    return serialNumber;
  }

  /** Whether the portal has the device already. Asked before anything is changed. */
  private boolean isThere(Gateway gateway, String serialNumber, GatewayAccessDetails details) {
    var device = devices.of(gateway.id());
    if (device.isPresent()) {
      String known = device.get().serialNumber();
      if (!known.equals(serialNumber)) {
        throw new InvalidInput(
            "address",
            "otherGateway",
            "At %s answers gateway %s, not %s: remove that device first if it was exchanged"
                .formatted(details.getAddress(), serialNumber, known),
            serialNumber);
      }
      return true;
    }
    if (!access.scope(Permission.MANAGE_METERS).everything()) {
      throw new AccessDenied(Permission.MANAGE_METERS, "all meters");
    }
    if (meters.find(serialNumber).isPresent()) {
      throw new InvalidInput(
          "address",
          "knownGateway",
          "Gateway " + serialNumber + " is in the portal already, under another name",
          serialNumber);
    }
    return false;
  }

  private MeterDetails device(
      Gateway gateway,
      String serialNumber,
      GatewaySession.Naming naming,
      GatewayAccessDetails access) {
    var details = new MeterDetails();
    details.setSerialNumber(serialNumber);
    details.setModel(access.getModel());
    details.setAlias(naming.alias());
    details.setTimeZone(access.getTimeZone());
    details.setNetwork(gateway.network());
    details.setGateway(gateway.name());
    String place = GatewayPlaces.fullName(naming.location());
    details.setLocation(places.locations().contains(place) ? place : null);
    return details;
  }

  private void link(Gateway gateway, Meter meter) {
    database.update(
        "update gateway_access set meter_id = ? where gateway_id = ?", meter.getId(), gateway.id());
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
    return conversations.password(gatewayId);
  }

  /** An answer may be lost: then the gateway is asked whether it knows the new password. */
  private void change(GatewaySession session, GatewayAccessDetails details, String next) {
    GatewayConversations.sent(session.changePassword(next));
    value(conversations.open(details, next).serialNumber());
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
    return value(conversations.open(gatewayId).meters());
  }

  /** Model of the meters behind a gateway. */
  public String meterModel(GatewayAccess access) {
    return conversations.meterModel(access.model());
  }
}
