package org.meterledger.network;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.meterledger.driver.GatewaySession.KnownMeter;

/**
 * Something that a gateway tells otherwise than the portal has it.
 *
 * @param there what the gateway tells, empty for nothing
 * @param here what the portal has, empty for nothing
 */
public record GatewayDifference(Kind kind, String serialNumber, String there, String here) {

  /** What differs. */
  public enum Kind {
    /** The gateway has it, the portal has not. */
    ONLY_THERE,
    /** The portal reaches it through the gateway, which knows nothing of it. */
    ONLY_HERE,
    /** The portal reaches it in another way. */
    ELSEWHERE,
    ALIAS,
    LOCATION
  }

  /** By serial number. */
  static List<GatewayDifference> between(
      String gateway, List<KnownMeter> there, List<GatewayDevices.PortalMeter> here) {
    var known =
        there.stream().collect(Collectors.toMap(KnownMeter::serialNumber, Function.identity()));
    var had =
        here.stream()
            .collect(
                Collectors.toMap(GatewayDevices.PortalMeter::serialNumber, Function.identity()));
    var found = new ArrayList<GatewayDifference>();
    var all = new TreeSet<>(known.keySet());
    all.addAll(had.keySet());
    for (String serial : all) {
      found.addAll(of(gateway, serial, known.get(serial), had.get(serial)));
    }
    return found;
  }

  private static List<GatewayDifference> of(
      String gateway, String serial, KnownMeter there, GatewayDevices.PortalMeter here) {
    var found = new ArrayList<GatewayDifference>();
    if (here == null) {
      found.add(new GatewayDifference(Kind.ONLY_THERE, serial, name(there), ""));
      return found;
    }
    boolean behind = gateway.equals(here.gateway());
    if (there == null) {
      if (behind) {
        found.add(new GatewayDifference(Kind.ONLY_HERE, serial, "", here.alias()));
      }
      return found;
    }
    if (!behind) {
      String way = here.gateway() == null ? "" : here.gateway();
      found.add(new GatewayDifference(Kind.ELSEWHERE, serial, gateway, way));
    }
    if (!there.alias().equals(here.alias())) {
      found.add(new GatewayDifference(Kind.ALIAS, serial, there.alias(), here.alias()));
    }
    if (!samePlace(there.location(), here.location())) {
      found.add(new GatewayDifference(Kind.LOCATION, serial, there.location(), here.location()));
    }
    return found;
  }

  private static String name(KnownMeter meter) {
    return meter.alias().isEmpty() ? meter.serialNumber() : meter.alias();
  }

  /** A gateway knows its house only: the portal's place may begin further out. */
  static boolean samePlace(String there, String here) {
    String place = GatewayPlaces.fullName(there);
    return here.equals(place) || !place.isEmpty() && here.endsWith("/" + place);
  }
}
