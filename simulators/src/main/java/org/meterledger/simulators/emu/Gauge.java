package org.meterledger.simulators.emu;

/** A number that goes up and down, and how high it has been. */
final class Gauge {
  private int now;
  private int most;

  synchronized void up() {
    most = Math.max(most, ++now);
  }

  synchronized void down() {
    now--;
  }

  synchronized int most() {
    return most;
  }

  synchronized void forget() {
    most = now;
  }
}
