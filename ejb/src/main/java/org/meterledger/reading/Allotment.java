package org.meterledger.reading;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shares a node's sessions out among the networks that have work. Each network in turn gets one
 * more, the one that holds the fewest first, so that a slow network, whose sessions stay open
 * longer, does not end up with all of them.
 */
final class Allotment {

  /** So large a part of the sessions no single network gets while there are others. */
  private static final int RESERVED_PART = 4;

  private Allotment() {}

  /**
   * A network with work.
   *
   * @param held sessions that this node has open with it
   * @param allowed how many more it may have by its limits
   */
  record Claimant(int networkId, int held, int allowed) {}

  /**
   * How many new sessions each network gets; networks that get none are left out.
   *
   * @param sessions that the node can have
   * @param free that it can open now
   * @param alone whether there is no other network, with work or without
   */
  static Map<Integer, Integer> of(int sessions, int free, boolean alone, List<Claimant> claimants) {
    int most = alone ? sessions : Math.max(1, sessions - Math.max(1, sessions / RESERVED_PART));
    var shares = new HashMap<Integer, Integer>();
    for (int left = free; left > 0; left--) {
      Claimant poorest = null;
      for (var each : claimants) {
        int given = shares.getOrDefault(each.networkId(), 0);
        boolean mayHaveMore = given < each.allowed() && each.held() + given < most;
        if (mayHaveMore && (poorest == null || holds(each, shares) < holds(poorest, shares))) {
          poorest = each;
        }
      }
      if (poorest == null) {
        break;
      }
      shares.merge(poorest.networkId(), 1, Integer::sum);
    }
    return shares;
  }

  private static int holds(Claimant network, Map<Integer, Integer> shares) {
    return network.held() + shares.getOrDefault(network.networkId(), 0);
  }
}
