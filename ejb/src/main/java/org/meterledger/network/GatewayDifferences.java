package org.meterledger.network;

import static jakarta.ejb.TransactionAttributeType.NOT_SUPPORTED;
import static org.meterledger.network.GatewayConversations.value;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Collectors;
import org.meterledger.access.Access;
import org.meterledger.access.AccessDenied;
import org.meterledger.access.Permission;
import org.meterledger.driver.GatewaySession.KnownMeter;
import org.meterledger.meter.MeterDetails;
import org.meterledger.meter.Meters;
import org.meterledger.server.NotThere;

/** What was changed at a gateway itself, and taking it over into the portal. */
@Stateless
@RolesAllowed(Permission.Names.MANAGE_NETWORKS)
@TransactionAttribute(NOT_SUPPORTED) // a gateway may take seconds to answer; a transaction may not
public class GatewayDifferences {

  @Inject private Networks networks;
  @Inject private GatewayConversations conversations;
  @Inject private GatewayDevices devices;
  @Inject private GatewayMeters known;
  @Inject private GatewayPlaces places;
  @Inject private Meters meters;
  @Inject private Access access;

  /**
   * Between what the gateway tells now and the portal.
   *
   * @throws NotThere when the portal does not speak with it
   * @throws GatewayRefused when it does not answer
   */
  public List<GatewayDifference> list(int gatewayId) {
    var gateway = networks.gateway(gatewayId);
    var there = value(conversations.open(gatewayId).meters());
    var serials = there.stream().map(KnownMeter::serialNumber).toList();
    return GatewayDifference.between(gateway.name(), there, devices.meters(gatewayId, serials));
  }

  /**
   * The portal has it as the gateway tells from now on. A meter that the gateway has no more leaves
   * the portal, where its archive stays.
   *
   * @throws NotThere when there is no such difference any more
   * @throws AccessDenied when the caller does not manage all meters
   */
  public void take(int gatewayId, GatewayDifference.Kind kind, String serialNumber) {
    if (!access.scope(Permission.MANAGE_METERS).everything()) {
      throw new AccessDenied(Permission.MANAGE_METERS, "all meters");
    }
    var difference =
        list(gatewayId).stream()
            .filter(each -> each.kind() == kind && each.serialNumber().equals(serialNumber))
            .findFirst()
            .orElseThrow(() -> new NotThere("difference " + kind + " of " + serialNumber));
    var gateway = networks.gateway(gatewayId);
    switch (kind) {
      case ONLY_THERE -> known.take(gatewayId, List.of(serialNumber));
      case ONLY_HERE -> meters.remove(serialNumber);
      case ELSEWHERE ->
          change(
              serialNumber,
              details -> {
                details.setNetwork(gateway.network());
                details.setGateway(gateway.name());
                details.setAddress(null);
                details.setUserName(null);
              });
      case ALIAS -> change(serialNumber, details -> details.setAlias(difference.there()));
      default ->
          change(
              serialNumber,
              details -> {
                String place = GatewayPlaces.fullName(difference.there());
                details.setLocation(place.isEmpty() ? null : place);
              });
    }
  }

  @FunctionalInterface
  private interface Edit {
    void of(MeterDetails details);
  }

  private void change(String serialNumber, Edit edit) {
    var meter = meters.get(serialNumber);
    var details = meters.details(meter);
    edit.of(details);
    meters.update(serialNumber, meter.getVersion(), details);
  }

  /**
   * The places where the gateway says its meters are become places of the portal.
   *
   * @return the full names of those that were not there
   */
  public List<String> addPlaces(int gatewayId) {
    networks.gateway(gatewayId);
    return places.add(
        value(conversations.open(gatewayId).meters()).stream()
            .map(KnownMeter::location)
            .filter(place -> !place.isBlank())
            .collect(Collectors.toSet()));
  }
}
