package org.meterledger.network;

import static jakarta.ejb.TransactionAttributeType.NOT_SUPPORTED;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.meterledger.access.AccessDenied;
import org.meterledger.access.Permission;
import org.meterledger.driver.GatewaySession.KnownMeter;
import org.meterledger.meter.Meter;
import org.meterledger.meter.MeterDetails;
import org.meterledger.meter.MeterPlaces;
import org.meterledger.meter.Meters;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;

/** The meters that belong to a gateway, and taking them over into the portal. */
@Stateless
@RolesAllowed(Permission.Names.MANAGE_NETWORKS)
@TransactionAttribute(NOT_SUPPORTED) // a gateway may take seconds to answer; a transaction may not
public class GatewayMeters {

  @Inject private Networks networks;
  @Inject private GatewayAccesses accesses;
  @Inject private Meters meters;
  @Inject private MeterPlaces places;

  /**
   * A meter that a gateway knows.
   *
   * @param inPortal whether the portal has a meter of this serial number
   * @param behind whether that one is reached through this gateway
   */
  public record Found(KnownMeter meter, boolean inPortal, boolean behind) {}

  /**
   * As the gateway tells now, by serial number.
   *
   * @throws NotThere when the portal does not speak with it
   * @throws GatewayRefused when it does not answer
   */
  public List<Found> list(int gatewayId) {
    String name = networks.gateway(gatewayId).name();
    return accesses.meters(gatewayId).stream()
        .sorted(Comparator.comparing(KnownMeter::serialNumber))
        .map(
            known -> {
              var there = meters.find(known.serialNumber());
              boolean behind =
                  there
                      .map(meters::details)
                      .filter(
                          details ->
                              details.getAddress() == null && name.equals(details.getGateway()))
                      .isPresent();
              return new Found(known, there.isPresent(), behind);
            })
        .toList();
  }

  /**
   * Adds meters that a gateway knows to the portal: from then on they are read through it. Each is
   * added by itself, so that those before one that is refused stay.
   *
   * @throws InvalidInput when the gateway knows none of that serial number, or it is there already
   * @throws AccessDenied when the caller does not manage all meters
   */
  public List<Meter> take(int gatewayId, Collection<String> serialNumbers) {
    var gateway = networks.gateway(gatewayId);
    var access =
        accesses
            .find(gatewayId)
            .orElseThrow(() -> new NotThere("access to gateway " + gateway.name()));
    var known =
        accesses.meters(gatewayId).stream()
            .collect(Collectors.toMap(KnownMeter::serialNumber, Function.identity()));
    var taken = new ArrayList<Meter>();
    Set<String> locations = Set.copyOf(places.locations());
    for (String serialNumber : new TreeSet<>(serialNumbers)) {
      var meter = known.get(serialNumber);
      if (meter == null) {
        throw new InvalidInput(
            "serialNumbers",
            "unknown",
            "Gateway " + gateway.name() + " knows no meter " + serialNumber,
            serialNumber);
      }
      taken.add(meters.add(details(gateway, access, meter, locations)));
    }
    return taken;
  }

  private MeterDetails details(
      Gateway gateway, GatewayAccess access, KnownMeter meter, Set<String> locations) {
    var details = new MeterDetails();
    details.setSerialNumber(meter.serialNumber());
    details.setModel(accesses.meterModel(access));
    details.setAlias(meter.alias());
    details.setTimeZone(access.timeZone().getId());
    details.setNetwork(gateway.network());
    details.setGateway(gateway.name());
    // a place that is written there differently is not made up here
    String place = GatewayPlaces.fullName(meter.location());
    details.setLocation(locations.contains(place) ? place : null);
    return details;
  }
}
