package org.meterledger.simulators.g13;

/**
 * A piece of a meter's life during which it had power and its clock ran evenly.
 *
 * @param from true second of the epoch when it began
 * @param to true second when it ended, {@code Long.MAX_VALUE} while it lasts
 * @param offset the clock's local second minus the true second
 * @param summer whether the clock shows daylight-saving time
 * @param cause why it began
 * @param lost energies that flowed while the meter had no power before; see {@link Component}
 */
record Span(long from, long to, long offset, boolean summer, Cause cause, long[] lost) {
  enum Cause {
    COMMISSIONED,
    DAYLIGHT_SAVING,
    CLOCK_SET,
    POWER_RETURNED
  }

  long local(long second) {
    return second + offset;
  }

  Span until(long end) {
    return new Span(from, end, offset, summer, cause, lost);
  }

  boolean contains(long second) {
    return from <= second && second < to;
  }
}
