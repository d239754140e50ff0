package org.meterledger.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.meterledger.driver.GatewayUsers.Level;

/**
 * What somebody of a name may do with a meter, at its gateway and in the portal.
 *
 * @param there at the gateway
 * @param here in the portal
 */
public record GatewayGrant(String serialNumber, String name, Level there, Level here) {

  /** How the two compare. */
  public enum Comparison {
    SAME,
    MORE_THERE,
    MORE_HERE,
    ONLY_THERE,
    ONLY_HERE
  }

  public Comparison comparison() {
    if (there == here) {
      return Comparison.SAME;
    }
    if (here == Level.NO_ACCESS) {
      return Comparison.ONLY_THERE;
    }
    if (there == Level.NO_ACCESS) {
      return Comparison.ONLY_HERE;
    }
    return there.compareTo(here) > 0 ? Comparison.MORE_THERE : Comparison.MORE_HERE;
  }

  /** By name; who may nothing in either is left out. */
  static List<GatewayGrant> compared(
      String serialNumber, Map<String, Level> there, Map<String, Level> here) {
    var names = new TreeSet<>(there.keySet());
    names.addAll(here.keySet());
    var compared = new ArrayList<GatewayGrant>();
    for (String name : names) {
      var one =
          new GatewayGrant(
              serialNumber,
              name,
              there.getOrDefault(name, Level.NO_ACCESS),
              here.getOrDefault(name, Level.NO_ACCESS));
      if (one.there() != Level.NO_ACCESS || one.here() != Level.NO_ACCESS) {
        compared.add(one);
      }
    }
    return compared;
  }
}
