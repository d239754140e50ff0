package org.meterledger.simulators.g13;

/**
 * A piece of a meter's life during which it had power and its clock ran evenly.
 *
 * @param from true second of the epoch when it began
 * @param to true second when it ended, {@code Long.MAX_VALUE} while it lasts
 * @param endShown whether the clock still showed that last second: daylight saving jumps before it
 *     is shown, all else happens after
 * @param offset the clock's local second minus the true second
 * @param summer whether the clock shows daylight-saving time
 * @param cause why it began
 * @param lost energies that flowed while the meter had no power before; see {@link Component}
 */
record Span(
    long from, long to, boolean endShown, long offset, boolean summer, Cause cause, long[] lost) {
  enum Cause {
    COMMISSIONED,
    DAYLIGHT_SAVING,
    CLOCK_SET,
    POWER_RETURNED
  }

  long local(long second) {
    return second + offset;
  }

  /** The first true second that the clock did not show any more, as seen from now. */
  long shownUntil(long now) {
    return endShown ? to + 1 : Math.min(to, now + 1);
  }

  Span until(long end, Cause next) {
    return new Span(from, end, next != Cause.DAYLIGHT_SAVING, offset, summer, cause, lost);
  }
}
