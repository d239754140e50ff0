package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Which extremes of demand a meter keeps (N78, N79).
 *
 * @param channels at most 50
 * @param intervalSeconds over which demand is averaged
 * @param subIntervalSeconds by which that interval moves on; divides it
 * @param period at the end of which extremes are stored
 * @param weekday 1 Monday to 7 Sunday; 0 where the period is not weekly
 */
public record DemandConfiguration(
    List<Channel> channels,
    int intervalSeconds,
    int subIntervalSeconds,
    Period period,
    int weekday) {

  public static final int MOST_CHANNELS = 50;

  public static final List<Integer> INTERVALS = List.of(60, 120, 180, 300, 600, 900, 1800, 3600);

  public DemandConfiguration {
    channels = List.copyOf(channels);
  }

  /** One extreme of one quantity, by its number. */
  public record Channel(int quantity, Code code) {}

  /**
   * Which extreme: of billing type 1 or 2, minimum or maximum, and of what level.
   *
   * @param level 1 the most extreme, to 3
   */
  public record Code(int billing, boolean maximum, int level) {

    /**
     * @throws IllegalArgumentException when there is no such code
     */
    public Code {
      Limit.range("The billing type", billing, 1, 2);
      Limit.range("The level", level, 1, 3);
    }

    /** 1 to 3 minima and 5 to 7 maxima of billing type 1; 9 to 11 and 13 to 15 of type 2. */
    public int number() {
      return (billing - 1) * 8 + (maximum ? 4 : 0) + level;
    }

    static Code of(Node node) {
      var number = (int) node.whole(1, 15);
      if (number % 4 == 0) {
        throw new BadAnswer("knows a demand code that is none: " + number);
      }
      return new Code(number > 8 ? 2 : 1, number % 8 > 4, number % 4);
    }
  }

  static DemandConfiguration of(Node answer) {
    var channels = new ArrayList<Channel>();
    for (Node each : answer.at("dmc").items()) {
      var pair = each.items();
      if (pair.size() != 2) {
        throw new BadAnswer("has no quantity and code in " + each.name());
      }
      channels.add(new Channel(pair.get(0).integer(), Code.of(pair.get(1))));
    }
    var interval = answer.at("interval").items();
    if (interval.size() != 2) {
      throw new BadAnswer("has no interval and subinterval");
    }
    return new DemandConfiguration(
        channels,
        interval.get(0).integer(),
        interval.get(1).integer(),
        Period.of(answer.at("period")),
        answer.find("weekday").map(Node::integer).orElse(0));
  }

  /**
   * @throws IllegalArgumentException when a rule of the gateway is broken
   */
  public DemandConfiguration checked() {
    Limit.rule(
        channels.size() <= MOST_CHANNELS,
        "A meter has at most %d demand channels, not %d".formatted(MOST_CHANNELS, channels.size()));
    Limit.rule(
        INTERVALS.contains(intervalSeconds),
        "A demand interval of %d s is none of %s".formatted(intervalSeconds, INTERVALS));
    Limit.rule(
        subIntervalSeconds >= 60
            && subIntervalSeconds % 60 == 0
            && intervalSeconds % subIntervalSeconds == 0,
        "A subinterval of %d s is no whole minutes that divide the interval"
            .formatted(subIntervalSeconds));
    Limit.range("The weekday", weekday, period == Period.WEEKLY ? 1 : 0, 7);
    return this;
  }

  DemandConfiguration with(List<Channel> others) {
    return new DemandConfiguration(others, intervalSeconds, subIntervalSeconds, period, weekday);
  }

  boolean sameAs(DemandConfiguration other) {
    return channels.equals(other.channels)
        && intervalSeconds == other.intervalSeconds
        && subIntervalSeconds == other.subIntervalSeconds
        && period == other.period
        && (period != Period.WEEKLY || weekday == other.weekday);
  }

  JsonObject payload() {
    var list = Json.createArrayBuilder();
    for (Channel channel : channels) {
      list.add(Json.createArrayBuilder().add(channel.quantity()).add(channel.code().number()));
    }
    var payload =
        Json.createObjectBuilder()
            .add("dmc", list)
            .add("interval", Json.createArrayBuilder().add(intervalSeconds).add(subIntervalSeconds))
            .add("period", period.word());
    if (period == Period.WEEKLY) {
      payload.add("weekday", weekday);
    }
    return payload.build();
  }
}
