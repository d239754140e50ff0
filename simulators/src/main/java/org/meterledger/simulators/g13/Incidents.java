package org.meterledger.simulators.g13;

import org.meterledger.simulators.Mains;

/**
 * What happens to an eventful meter every few weeks, a function of its seed and the time since it
 * was commissioned, so that a restarted simulator tells the same history.
 */
final class Incidents {
  private static final int DAY = 86_400;

  private final Mains mains;
  private int number;
  private long next;

  Incidents(Mains mains, long start, boolean eventful) {
    this.mains = mains;
    this.next = eventful ? start + pause() : Long.MAX_VALUE;
  }

  /** The true second of the next incident, {@code Long.MAX_VALUE} for none. */
  long next() {
    return next;
  }

  void happen(G13Meter.Life life) {
    long now = next;
    number++;
    next += pause();
    if (mains.dice(number, 71, 2) == 0) {
      life.powerFailure(now, 600 + mains.dice(number, 72, 10_000));
    } else {
      life.shiftClock(now, number % 2 == 0 ? 40 : -40);
    }
  }

  private long pause() {
    return 9 * DAY + mains.dice(number, 70, 18 * DAY);
  }
}
