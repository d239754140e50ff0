package org.meterledger.driver.g13;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RefusedRow;

/** Interval data of a meter, channel by channel (N73 to N76). */
public final class LoadProfiles {

  /** Items that this driver asks for at once. */
  static final int BLOCK = 500;

  private static final int LONGEST_RAW = 2000;

  private static final String PATH = "loadprofiles";

  private final G13Meter.Place place;

  LoadProfiles(G13Meter.Place place) {
    this.place = place;
  }

  /**
   * One captured value.
   *
   * @param at by the meter's clock
   * @param status see status.csv of model {@code abb-g13}
   * @param value null where the gateway gives none
   * @param unit as printed; empty where the gateway does not say
   */
  public record Item(LocalDateTime at, int status, BigDecimal value, String unit) {}

  /**
   * What a channel holds.
   *
   * @param refused what cannot be read among what can
   */
  public record Items(List<Item> readable, List<RefusedRow> refused) {

    /** As many as the gateway gave. */
    int size() {
      return readable.size() + refused.size();
    }
  }

  /** N73. Partial where the answer broke off: what came before is kept. */
  public ReadResult<Items> read(int channel, Span span) {
    Limit.range("A channel", channel, 1, LoadProfileConfiguration.CHANNELS);
    return place.getList(PATH + "/" + channel + span.path(), answer -> items(channel, answer));
  }

  /** One item that cannot be read keeps no other from the archive; if none can, it is nonsense. */
  private static Items items(int channel, Node answer) {
    var unit = unit(answer);
    var items = new ArrayList<Item>();
    var refused = new ArrayList<RefusedRow>();
    BadAnswer first = null;
    for (Node node : answer.at("items").items()) {
      try {
        items.add(item(node, unit));
      } catch (BadAnswer e) {
        first = first == null ? e : first;
        refused.add(refused(channel, node, e));
      }
    }
    if (first != null && items.isEmpty()) {
      throw first;
    }
    return new Items(items, refused);
  }

  private static RefusedRow refused(int channel, Node node, BadAnswer why) {
    var raw = "channel " + channel + ": " + node.value() + " " + why.getMessage();
    return new RefusedRow(
        -1, "unreadable", "", raw.length() > LONGEST_RAW ? raw.substring(0, LONGEST_RAW) : raw);
  }

  /** Beside the items, if at all. */
  private static String unit(Node answer) {
    return answer
        .find("unit")
        .or(() -> answer.findPath("mapping/0/1"))
        .or(() -> answer.findPath("mapping/1"))
        .filter(node -> !node.isArray() && !node.isObject())
        .map(node -> node.text().strip())
        .orElse("");
  }

  private static Item item(Node node, String unit) {
    var at = node.at("timestamp").time();
    var status = (int) node.at("status").whole(0, 255);
    var value = node.find("value");
    if (value.isEmpty()) {
      return new Item(at, status, null, unit);
    }
    if (value.get().isArray()) {
      var measured = value.get().measured();
      return new Item(at, status, measured.value(), measured.unit());
    }
    return new Item(at, status, value.get().number(), node.textOr("unit", unit));
  }

  /** N74. */
  public ReadResult<LoadProfileConfiguration> configuration() {
    return place.get(PATH + "/configuration", LoadProfileConfiguration::of);
  }

  /** N75, read back. Erases what the changed channels hold. */
  public Written<LoadProfileConfiguration> configure(LoadProfileConfiguration wanted) {
    var sent = place.post(PATH + "/configuration", wanted.checked().payload());
    return Written.readBack(sent, this::configuration, wanted::equals, place.connection().clock());
  }

  /** N76. Erases one channel. */
  public CommandResult clear(int channel) {
    Limit.range("A channel", channel, 1, LoadProfileConfiguration.CHANNELS);
    return place.delete(PATH + "/" + channel);
  }

  /** N76. Erases all channels. */
  public CommandResult clearAll() {
    return place.delete(PATH);
  }
}
