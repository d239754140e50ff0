package org.meterledger.driver.modbus;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What several connections to one serial line, or one address of TCP, have in common: they take
 * turns, and they inherit each other's late answers. Its memory is guarded by the turn.
 */
final class Place {

  private final Semaphore turn = new Semaphore(1, true);
  private final Set<Integer> owing = new HashSet<>();
  private final Set<Integer> reporting = new HashSet<>();

  /** Whether the turn came in time; {@link #leave} then. */
  boolean enter(long millis) throws InterruptedException {
    return turn.tryAcquire(millis, TimeUnit.MILLISECONDS);
  }

  void leave() {
    turn.release();
  }

  /** A unit that did not answer as it should: its answer may still come. */
  void owes(int unit) {
    owing.add(unit);
  }

  boolean isOwing(int unit) {
    return owing.contains(unit);
  }

  void settled(int unit) {
    owing.remove(unit);
  }

  /** A unit that answers function 11 (hexadecimal), perhaps with an exception. */
  void reports(int unit) {
    reporting.add(unit);
  }

  boolean isReporting(int unit) {
    return reporting.contains(unit);
  }
}
