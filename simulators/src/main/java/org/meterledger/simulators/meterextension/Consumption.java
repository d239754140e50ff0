package org.meterledger.simulators.meterextension;

import org.meterledger.simulators.LoadShape;
import org.meterledger.simulators.Mains;

/**
 * What flows behind one meter, and what its registers have counted since it was mounted. Time only
 * goes on.
 */
final class Consumption {
  private static final int DAY_SECONDS = 86_400;
  private static final int DAY_RATE_FROM = 6 * 3600;
  private static final int DAY_RATE_TO = 22 * 3600;

  private final Mains mains;
  private final long[] state = new long[Mains.SIZE];

  /** In Ws and vars: import and export of active and of reactive power, all four by rate. */
  private final long[][] counted = new long[4][2];

  private long second;
  private long slot = Long.MIN_VALUE;

  Consumption(LoadShape shape, long seed, long mountedAt) {
    this.mains = new Mains(shape, seed);
    this.second = mountedAt;
    look();
  }

  /** Counts up to a second; one that is over already changes nothing. */
  void advance(long to) {
    while (second < to) {
      long end = Math.min(to, (Math.floorDiv(second, Mains.SLOT_SECONDS) + 1) * Mains.SLOT_SECONDS);
      count(end - second);
      second = end;
      look();
    }
  }

  private void count(long seconds) {
    int into = (int) Math.floorMod(second, DAY_SECONDS);
    int rate = into >= DAY_RATE_FROM && into < DAY_RATE_TO ? 0 : 1;
    counted[0][rate] += Math.max(0, active()) * seconds;
    counted[1][rate] += Math.max(0, -active()) * seconds;
    counted[2][rate] += Math.max(0, reactive()) * seconds;
    counted[3][rate] += Math.max(0, -reactive()) * seconds;
  }

  private void look() {
    long now = Math.floorDiv(second, Mains.SLOT_SECONDS);
    if (now != slot) {
      slot = now;
      mains.fill(slot, state);
      Mains.derive(state);
    }
  }

  /** Of all phases in W; export is negative. */
  long active() {
    return state[Mains.P + Mains.TOTAL];
  }

  /** Of all phases in var. */
  long reactive() {
    return state[Mains.Q + Mains.TOTAL];
  }

  /** In 0.1 V; phases from 0. */
  long voltage(int phase) {
    return state[Mains.U + phase];
  }

  /** In mA, without sign. */
  long current(int phase) {
    return Math.abs(state[Mains.I + phase]);
  }

  /** In 0.1 Hz. */
  long frequency() {
    return state[Mains.F];
  }

  /** In 0.01. */
  long powerFactor(int phase) {
    return state[Mains.PF + phase];
  }

  /** In whole Wh or varh: 0 A+, 1 A-, 2 Q+, 3 Q-. */
  long energy(int kind) {
    return (counted[kind][0] + counted[kind][1]) / 3600;
  }

  /** Of rate 1 or 2. */
  long energy(int kind, int rate) {
    return counted[kind][rate - 1] / 3600;
  }

  /** Active import in steps of 0.1 Wh. */
  long fineImport() {
    return (counted[0][0] + counted[0][1]) / 360;
  }
}
