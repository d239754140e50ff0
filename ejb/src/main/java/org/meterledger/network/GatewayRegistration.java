package org.meterledger.network;

import static jakarta.ejb.TransactionAttributeType.NOT_SUPPORTED;
import static org.meterledger.network.GatewayConversations.value;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.meterledger.access.Access;
import org.meterledger.access.AccessDenied;
import org.meterledger.access.Permission;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.driver.GatewaySession;
import org.meterledger.driver.GatewaySession.KnownMeter;
import org.meterledger.driver.MeterRegistration;
import org.meterledger.meter.MeterDetails;
import org.meterledger.meter.MeterPlaces;
import org.meterledger.meter.Meters;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;

/**
 * Which meters belong to a gateway, and which wireless ones may come to it. What is changed there
 * is read back, and the portal follows; both are in the trail.
 */
@Stateless
@RolesAllowed(Permission.Names.MANAGE_NETWORKS)
@TransactionAttribute(NOT_SUPPORTED) // a gateway may take seconds to answer; a transaction may not
public class GatewayRegistration {

  private final Networks networks;
  private final GatewayConversations conversations;
  private final GatewayDevices devices;
  private final GatewayScanLog log;
  private final GatewayMeters known;
  private final Meters meters;
  private final MeterPlaces places;
  private final Access access;
  private final Audit audit;

  /** For the container only. */
  public GatewayRegistration() {
    this(null, null, null, null, null, null, null, null, null);
  }

  @Inject
  GatewayRegistration(
      Networks networks,
      GatewayConversations conversations,
      GatewayDevices devices,
      GatewayScanLog log,
      GatewayMeters known,
      Meters meters,
      MeterPlaces places,
      Access access,
      Audit audit) {
    this.networks = networks;
    this.conversations = conversations;
    this.devices = devices;
    this.log = log;
    this.known = known;
    this.meters = meters;
    this.places = places;
    this.access = access;
    this.audit = audit;
  }

  /** How long names may be there, and how many wireless meters may be permitted. */
  public MeterRegistration.Limits limits(int gatewayId) {
    return registration(conversations.open(gatewayId)).limits();
  }

  /**
   * Meters that were found belong to the gateway from now on, and are in the portal. One after the
   * other, so that those before one that is refused stay.
   *
   * @throws InvalidInput when a name is too long; then nothing is sent
   * @throws GatewayRefused when the gateway does not take one
   */
  public void register(int gatewayId, List<GatewayMeterDetails> found) {
    requireMeters();
    String gateway = networks.gateway(gatewayId).name();
    var session = conversations.open(gatewayId);
    var registration = registration(session);
    for (var each : found) {
      check(registration.limits(), each);
    }
    for (var each : found) {
      String serial = each.getSerialNumber();
      asked(
          AuditAction.GATEWAY_METER_REGISTER,
          subject(gateway, serial),
          () -> {
            GatewayConversations.sent(
                registration.register(serial, each.getAlias(), each.getLocation()));
            var told = find(session, serial);
            GatewayConversations.readBack(told.isPresent(), "no meter " + serial);
            return new Change(null, told.get());
          });
      devices.of(gatewayId).ifPresent(device -> log.remove(device.meterId(), List.of(serial)));
      if (meters.find(serial).isEmpty()) {
        known.take(gatewayId, List.of(serial));
      }
    }
  }

  /**
   * Gives a meter another name or place at the gateway; the portal follows.
   *
   * @throws NotThere when the gateway knows no such meter
   * @throws InvalidInput when a name is too long; then nothing is sent
   */
  public void rename(int gatewayId, GatewayMeterDetails wanted) {
    requireMeters();
    String gateway = networks.gateway(gatewayId).name();
    var session = conversations.open(gatewayId);
    var registration = registration(session);
    check(registration.limits(), wanted);
    String serial = wanted.getSerialNumber();
    var before = get(session, serial);
    asked(
        AuditAction.GATEWAY_METER_RENAME,
        subject(gateway, serial),
        () -> {
          GatewayConversations.sent(
              registration.rename(serial, wanted.getAlias(), wanted.getLocation()));
          var told = find(session, serial).orElse(null);
          GatewayConversations.readBack(
              told != null
                  && told.alias().equals(wanted.getAlias())
                  && told.location().equals(wanted.getLocation()),
              String.valueOf(told));
          return new Change(before, told);
        });
    follow(gateway, serial, wanted.getAlias(), wanted.getLocation());
  }

  /** Only a meter that is reached through this gateway is called here as it is called there. */
  private void follow(String gateway, String serial, String alias, String location) {
    var meter = meters.find(serial);
    if (meter.isEmpty()) {
      return;
    }
    var details = meters.details(meter.get());
    if (details.getAddress() == null && gateway.equals(details.getGateway())) {
      details.setAlias(alias);
      moveTo(details, location);
      meters.update(serial, meter.get().getVersion(), details);
    }
  }

  /** A place that the portal does not have is not made up here. */
  private void moveTo(MeterDetails details, String location) {
    String place = GatewayPlaces.fullName(location);
    String now = details.getLocation() == null ? "" : details.getLocation();
    if (!GatewayDifference.samePlace(location, now) && places.locations().contains(place)) {
      details.setLocation(place);
    }
  }

  /**
   * The meter belongs to the gateway no more, and is not read any more: it leaves the portal too,
   * where its archive stays.
   *
   * @throws NotThere when the gateway knows no such meter
   */
  public void remove(int gatewayId, String serial) {
    requireMeters();
    String gateway = networks.gateway(gatewayId).name();
    var session = conversations.open(gatewayId);
    var before = get(session, serial);
    asked(
        AuditAction.GATEWAY_METER_REMOVE,
        subject(gateway, serial),
        () -> {
          GatewayConversations.sent(registration(session).remove(before));
          GatewayConversations.readBack(
              find(session, serial).isEmpty(), "meter " + serial + " is still there");
          return new Change(before, null);
        });
    boolean behind =
        meters
            .find(serial)
            .map(meters::details)
            .filter(details -> details.getAddress() == null)
            .filter(details -> gateway.equals(details.getGateway()))
            .isPresent();
    if (behind) {
      meters.remove(serial);
    }
  }

  /** The wireless meters that may come to the gateway, by serial number. */
  public List<String> permitted(int gatewayId) {
    networks.gateway(gatewayId);
    return permitted(conversations.open(gatewayId));
  }

  private static List<String> permitted(GatewaySession session) {
    return value(registration(session).permitted()).stream().sorted().toList();
  }

  /**
   * @throws InvalidInput when there would be too many, or one is no serial number; then nothing is
   *     sent
   */
  public List<String> permit(int gatewayId, Collection<String> serialNumbers) {
    return change(gatewayId, serialNumbers, true);
  }

  public List<String> forbid(int gatewayId, Collection<String> serialNumbers) {
    return change(gatewayId, serialNumbers, false);
  }

  private List<String> change(int gatewayId, Collection<String> serialNumbers, boolean permit) {
    String gateway = networks.gateway(gatewayId).name();
    var session = conversations.open(gatewayId);
    var registration = registration(session);
    var before = permitted(session);
    var wanted = new TreeSet<>(before);
    var sent = new TreeSet<>(serialNumbers);
    if (permit) {
      sent.removeAll(before);
      wanted.addAll(sent);
    } else {
      sent.retainAll(before);
      wanted.removeAll(sent);
    }
    int most = registration.limits().permitted();
    if (wanted.size() > most) {
      throw new InvalidInput(
          "serialNumbers", "most", "At most " + most + " wireless meters", String.valueOf(most));
    }
    if (!sent.isEmpty()) {
      asked(
          AuditAction.GATEWAY_PERMITTED,
          gateway,
          () -> {
            var list = List.copyOf(sent);
            GatewayConversations.sent(
                permit ? registration.permit(list) : registration.forbid(list));
            var told = permitted(session);
            GatewayConversations.readBack(told.equals(List.copyOf(wanted)), told.toString());
            return new Change(Map.of("permitted", before), Map.of("permitted", told));
          });
    }
    return List.copyOf(wanted);
  }

  /** What there was and what there is, for the trail. */
  private record Change(Object before, Object after) {}

  @FunctionalInterface
  private interface Work {
    Change done();
  }

  /** What is not known to have worked may have been done in part: the trail tells of it too. */
  private void asked(AuditAction action, String subject, Work work) {
    Change change;
    try {
      change = work.done();
    } catch (IllegalArgumentException broken) {
      throw new InvalidInput("serialNumbers", "rule", broken.getMessage(), broken.getMessage());
    } catch (GatewayRefused refused) {
      audit.failed(action, subject);
      throw refused;
    }
    audit.done(action, subject, change.before(), change.after());
  }

  private static void check(MeterRegistration.Limits limits, GatewayMeterDetails details) {
    length("alias", details.getAlias(), limits.alias());
    length("location", details.getLocation(), limits.location());
  }

  private static void length(String field, String text, int most) {
    if (text == null || text.isBlank() || text.length() > most) {
      throw new InvalidInput(
          field, "length", field + " has 1 to " + most + " characters", String.valueOf(most));
    }
  }

  private static KnownMeter get(GatewaySession session, String serial) {
    return find(session, serial).orElseThrow(() -> new NotThere("meter " + serial));
  }

  private static Optional<KnownMeter> find(GatewaySession session, String serial) {
    return value(session.meters()).stream()
        .filter(each -> each.serialNumber().equals(serial))
        .findFirst();
  }

  private static MeterRegistration registration(GatewaySession session) {
    return GatewayConversations.able(session.registration(), "registration");
  }

  private static String subject(String gateway, String serial) {
    return gateway + " / " + serial;
  }

  /** The portal follows; that must not fail when the gateway has been changed already. */
  private void requireMeters() {
    if (!access.scope(Permission.MANAGE_METERS).everything()) {
      throw new AccessDenied(Permission.MANAGE_METERS, "all meters");
    }
  }
}
