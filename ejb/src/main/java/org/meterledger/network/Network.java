package org.meterledger.network;

/**
 * Over what meters are reached.
 *
 * @param mostSessions open at once, over all nodes
 * @param mostConnects new sessions per second, over all nodes
 * @param version counts the changes
 */
public record Network(int id, String name, int mostSessions, int mostConnects, int version) {

  /** Id of the network that is always there and keeps its name. */
  public static final int STANDARD = 1;

  public NetworkDetails details() {
    var details = new NetworkDetails();
    details.setName(name);
    details.setMostSessions(mostSessions);
    details.setMostConnects(mostConnects);
    return details;
  }
}
