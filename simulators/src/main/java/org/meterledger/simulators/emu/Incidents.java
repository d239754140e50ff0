package org.meterledger.simulators.emu;

import org.meterledger.simulators.Mains;

/**
 * What happens to an eventful meter every few weeks, a function of its seed and the time since it
 * was commissioned, so that a restarted simulator tells the same history.
 */
final class Incidents {
  private static final long DAY = 86_400;

  private final Mains mains;
  private int number;
  private long next;

  /** The first incident comes some days after {@code start}; {@code Long.MAX_VALUE} for none. */
  Incidents(Mains mains, long start) {
    this.mains = mains;
    this.next = start == Long.MAX_VALUE ? start : start + pause();
  }

  /** The true second of the next incident. */
  long next() {
    return next;
  }

  void happen(Recorder recorder, long clockOffset) {
    number++;
    next += pause();
    switch (mains.dice(number, 71, 4)) {
      case 0, 1 -> recorder.powerFailure(600 + mains.dice(number, 72, 10_000));
      case 2 ->
          recorder.shiftClock(clockOffset == 0 ? 15 + mains.dice(number, 73, 90) : -clockOffset);
      default ->
          recorder.change(
              recorder
                  .parameters()
                  .withPulses(recorder.parameters().pulsesPerKwh() == 1000 ? 100 : 1000),
              LoadProfileRow.PULSE_VALUE_CHANGED);
    }
  }

  private long pause() {
    return 9 * DAY + mains.dice(number, 70, (int) (18 * DAY));
  }
}
