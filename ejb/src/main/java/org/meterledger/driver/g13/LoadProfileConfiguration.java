package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What a meter captures (N74, N75). A meter may tell what it would not take: the manual's example
 * has 450 s. So what is written goes through {@link #checked()}.
 *
 * @param channels the first is channel 1; at most 8
 */
public record LoadProfileConfiguration(List<Channel> channels) {

  public static final int CHANNELS = 8;
  public static final int MOST_ITEMS = 40000;

  public static final List<Integer> INTERVALS =
      List.of(60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400);

  /**
   * @throws IllegalArgumentException with more than 8 channels
   */
  public LoadProfileConfiguration {
    channels = List.copyOf(channels);
    Limit.rule(
        channels.size() <= CHANNELS, "A meter has " + CHANNELS + " load profile channels at most");
  }

  /**
   * A channel.
   *
   * @param quantity by its number, out of {@link StorableQuantities#loadProfiles()}
   * @param items how many values it holds before it overwrites the oldest
   */
  public record Channel(int intervalSeconds, int quantity, int items) {

    static Channel of(Node node) {
      var parts = node.items();
      if (parts.size() != 3) {
        throw new BadAnswer("has no interval, quantity and count in " + node.name());
      }
      return new Channel(parts.get(0).integer(), parts.get(1).integer(), parts.get(2).integer());
    }

    public boolean used() {
      return intervalSeconds > 0 && quantity > 0 && items > 0;
    }
  }

  static LoadProfileConfiguration of(Node answer) {
    try {
      var channels = new ArrayList<Channel>();
      for (Node each : answer.at("lpconfig").items()) {
        var empty = !each.isArray() || each.items().isEmpty();
        channels.add(empty ? new Channel(0, 0, 0) : Channel.of(each));
      }
      return new LoadProfileConfiguration(channels);
    } catch (IllegalArgumentException e) {
      throw new BadAnswer("has more load profile channels than a meter has");
    }
  }

  /**
   * @throws IllegalArgumentException when a rule of the gateway is broken
   */
  public LoadProfileConfiguration checked() {
    Limit.rule(!channels.isEmpty(), "At least one channel is configured");
    var sum = 0L;
    for (Channel channel : channels) {
      Limit.rule(
          INTERVALS.contains(channel.intervalSeconds()),
          "An interval of %d s is none of %s".formatted(channel.intervalSeconds(), INTERVALS));
      Limit.range("The quantity of a channel", channel.quantity(), 1, 9999);
      Limit.range("The number of items of a channel", channel.items(), 1, MOST_ITEMS);
      sum += channel.items();
    }
    Limit.rule(
        sum <= MOST_ITEMS,
        "All channels together hold at most %d items, not %d".formatted(MOST_ITEMS, sum));
    return this;
  }

  JsonObject payload() {
    var list = Json.createArrayBuilder();
    for (Channel channel : channels) {
      list.add(
          Json.createArrayBuilder()
              .add(channel.intervalSeconds())
              .add(channel.quantity())
              .add(channel.items()));
    }
    return Json.createObjectBuilder().add("lpconfig", list).build();
  }
}
