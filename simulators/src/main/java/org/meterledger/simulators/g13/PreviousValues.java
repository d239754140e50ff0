package org.meterledger.simulators.g13;

import java.util.List;

/** The registers at the end of each day, week or month (N69 to N72). */
final class PreviousValues {
  /** Most channels of a configuration (p. 39). */
  static final int CHANNELS = 23;

  /** How many snapshots a meter keeps. */
  static final int KEPT = 255;

  /**
   * What is captured when.
   *
   * @param since true second from which on
   */
  record Configuration(Capture.Period period, List<Quantity> channels, long since) {}

  private final Timeline timeline;
  private final Registers registers;
  private Configuration configuration;

  PreviousValues(Timeline timeline, Registers registers, Configuration first) {
    this.timeline = timeline;
    this.registers = registers;
    this.configuration = first;
  }

  Configuration configuration() {
    return configuration;
  }

  void configure(Configuration changed) {
    configuration = changed;
  }

  void clear(long now) {
    configuration = new Configuration(configuration.period(), configuration.channels(), now);
  }

  /** What the meter holds, oldest first. */
  List<Capture> held(long now) {
    List<Capture> all =
        Capture.between(timeline.spans(), configuration.period(), configuration.since(), now);
    return all.subList(Math.max(0, all.size() - KEPT), all.size());
  }

  PreviousValue snapshot(Capture capture) {
    return new PreviousValue(
        Timeline.local(capture.local()),
        PreviousValue.AVAILABLE | (capture.powerOff() ? PreviousValue.POWER_OFF : 0),
        configuration.channels().stream()
            .map(channel -> registers.value(channel, capture.second()))
            .toList());
  }
}
