package org.meterledger.simulators.g13;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lowest and highest means of each period, with their times (N77 to N80). */
final class Demand {
  /** Most channels of a configuration (N78). */
  static final int CHANNELS = 50;

  /** How many periods a meter keeps. */
  static final int KEPT = 500;

  private static final int LEVELS = 3;
  private static final Comparator<Mean> BY_VALUE = Comparator.comparing(Mean::value);

  /**
   * One value that is sought.
   *
   * @param code billing, kind and level: minimum 1 to 3 is 1 to 3 and maximum 5 to 7 of billing 1,
   *     9 to 11 and 13 to 15 of billing 2
   */
  record Channel(Quantity quantity, int code) {
    static boolean isCode(int code) {
      return code >= 1 && code <= 15 && code % 4 != 0;
    }

    boolean maximum() {
      return code % 8 > 4;
    }

    int level() {
      return code % 4;
    }
  }

  /**
   * What is sought when.
   *
   * @param interval over which means are taken, in s
   * @param subInterval after which the next mean is taken, in s
   * @param since true second from which on
   */
  record Configuration(
      List<Channel> channels, int interval, int subInterval, Capture.Period period, long since) {}

  private record Mean(BigDecimal value, long local) {}

  private final Timeline timeline;
  private final Registers registers;
  private Configuration configuration;

  Demand(Timeline timeline, Registers registers, Configuration first) {
    this.timeline = timeline;
    this.registers = registers;
    this.configuration = first;
  }

  Configuration configuration() {
    return configuration;
  }

  /** Whatever was stored is gone (N79). */
  void configure(Configuration changed) {
    configuration = changed;
  }

  void clear(long now) {
    Configuration old = configuration;
    configuration =
        new Configuration(old.channels(), old.interval(), old.subInterval(), old.period(), now);
  }

  /** What the meter holds, oldest first. */
  List<Capture> held(long now) {
    List<Capture> all =
        Capture.between(timeline.spans(), configuration.period(), configuration.since(), now);
    return all.subList(Math.max(0, all.size() - KEPT), all.size());
  }

  DemandEntry entry(Capture capture) {
    Map<Quantity, List<Mean>> sorted = new HashMap<>();
    List<DemandEntry.Value> values = new ArrayList<>();
    for (Channel channel : configuration.channels()) {
      List<Mean> means =
          sorted.computeIfAbsent(channel.quantity(), quantity -> means(quantity, capture));
      values.add(value(channel, means, capture));
    }
    return new DemandEntry(Timeline.local(capture.local()), values);
  }

  private static DemandEntry.Value value(Channel channel, List<Mean> sorted, Capture capture) {
    int level = channel.level();
    if (sorted.size() < level) {
      return new DemandEntry.Value(0, DemandEntry.NONE, Timeline.local(capture.local()), level);
    }
    Mean mean = sorted.get(channel.maximum() ? sorted.size() - level : level - 1);
    int status = DemandEntry.AVAILABLE | (capture.powerOff() ? DemandEntry.POWER_OFF : 0);
    return new DemandEntry.Value(status, mean.value(), Timeline.local(mean.local()), level);
  }

  /** The lowest and the highest means of a period, sorted; each ends with a subinterval. */
  private List<Mean> means(Quantity quantity, Capture capture) {
    List<Mean> means = new ArrayList<>();
    int sub = configuration.subInterval();
    for (Span span : timeline.spans()) {
      long from = Math.max(span.from(), capture.begin());
      long to = Math.min(span.to(), capture.second());
      long earliest = span.local(from) + configuration.interval();
      long end = Math.floorDiv(earliest + sub - 1, sub) * sub;
      for (; end <= span.local(to); end += sub) {
        long second = end - span.offset();
        means.add(
            new Mean(registers.mean(quantity, second - configuration.interval(), second), end));
      }
    }
    means.sort(BY_VALUE);
    if (means.size() <= 2 * LEVELS) {
      return means;
    }
    List<Mean> extremes = new ArrayList<>(means.subList(0, LEVELS));
    extremes.addAll(means.subList(means.size() - LEVELS, means.size()));
    return extremes;
  }
}
