package org.meterledger.network;

/**
 * A device behind which meters are.
 *
 * @param network its name
 * @param mostSessions with meters behind it, open at once, over all nodes
 * @param version counts the changes
 */
public record Gateway(int id, String name, String network, int mostSessions, int version) {

  public GatewayDetails details() {
    var details = new GatewayDetails();
    details.setName(name);
    details.setNetwork(network);
    details.setMostSessions(mostSessions);
    return details;
  }
}
