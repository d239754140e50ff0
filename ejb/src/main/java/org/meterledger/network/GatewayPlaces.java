package org.meterledger.network;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meterledger.access.Permission;
import org.meterledger.group.Location;
import org.meterledger.group.LocationDetails;
import org.meterledger.group.Locations;
import org.meterledger.server.InvalidInput;

/** Places as gateways write them, and the portal's tree of them. */
@Stateless
@RolesAllowed(Permission.Names.MANAGE_GROUPS)
public class GatewayPlaces {

  @Inject private Locations locations;

  /** As the portal writes a place that a gateway calls so: each part one place in the other. */
  static String fullName(String place) {
    return Stream.of(place.split("/"))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("/"));
  }

  /**
   * Adds the places to the tree that are not in it, each with those that it is in.
   *
   * @return the full names of those that were added
   * @throws InvalidInput when one is too deep
   */
  public List<String> add(Collection<String> places) {
    var there = locations.all().stream().map(Location::fullName).collect(Collectors.toSet());
    var added = new ArrayList<String>();
    for (String place : new TreeSet<>(places)) {
      String above = null;
      for (String part : fullName(place).split("/")) {
        String name = above == null ? part : above + "/" + part;
        if (!part.isEmpty() && there.add(name)) {
          var details = new LocationDetails();
          details.setName(part);
          details.setParent(above);
          locations.add(details);
          added.add(name);
        }
        above = name;
      }
    }
    return added;
  }
}
