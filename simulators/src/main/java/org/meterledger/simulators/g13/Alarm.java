package org.meterledger.simulators.g13;

import org.meterledger.simulators.Mains;

/** One alarm channel: watches a quantity from when it was set up (N52, N53). */
final class Alarm {
  static final int COUNT = 25;

  /**
   * When the alarm is raised.
   *
   * @param onThreshold above it the alarm is raised, in the quantity's unit
   * @param offThreshold below it the alarm ends
   * @param onDelay for how long it must be above, in s
   * @param offDelay for how long it must be below, in s
   * @param log whether it is logged
   * @param output port that it drives, 1 to 4
   */
  record Configuration(
      Quantity quantity,
      int onThreshold,
      int offThreshold,
      int onDelay,
      int offDelay,
      boolean log,
      int output) {}

  private final int number;
  private final Configuration configuration;
  private long at;
  private long crossed = Long.MAX_VALUE;
  private long raised = Long.MAX_VALUE;
  private MeterEvent logged;

  /**
   * @param number from 1
   */
  Alarm(int number, Configuration configuration, long since) {
    this.number = number;
    this.configuration = configuration;
    this.at = since;
  }

  Configuration configuration() {
    return configuration;
  }

  boolean active() {
    return raised != Long.MAX_VALUE;
  }

  /** Watches on until a second. */
  void advance(long now, Registers registers, Timeline timeline, EventLogs logs) {
    while (at < now) {
      long slotEnd = (Math.floorDiv(at, Mains.SLOT_SECONDS) + 1L) * Mains.SLOT_SECONDS;
      long end = Math.min(now, slotEnd);
      // A slot is even, so its first second tells of all.
      watch(registers.value(configuration.quantity(), at).doubleValue(), end, timeline, logs);
      at = end;
    }
  }

  private void watch(double value, long end, Timeline timeline, EventLogs logs) {
    boolean beyond =
        active() ? value < configuration.offThreshold() : value > configuration.onThreshold();
    if (!beyond) {
      crossed = Long.MAX_VALUE;
      return;
    }
    crossed = Math.min(crossed, at);
    long due = crossed + (active() ? configuration.offDelay() : configuration.onDelay());
    if (due >= end) {
      return;
    }
    if (active()) {
      long duration = due - raised;
      raised = Long.MAX_VALUE;
      if (configuration.log()) {
        logs.lengthen(logged, duration);
      }
    } else {
      raised = due;
      if (configuration.log()) {
        logged = event(timeline);
        logs.add(raised, logged);
      }
    }
    crossed = Long.MAX_VALUE;
  }

  private MeterEvent event(Timeline timeline) {
    return new MeterEvent(
        MeterEvent.EVENT,
        timeline.localTime(raised),
        0,
        MeterEvent.INFORMATION,
        MeterEvent.FIRST_ALARM + number - 1);
  }
}
