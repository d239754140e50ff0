package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.List;

/**
 * The switch points of a day (N83, N84).
 *
 * @param id 1 to 16 when written; the manual's example reads 0, too
 */
public record TariffDay(int id, List<Switch> switches) {

  public static final int MOST = 16;
  public static final int MOST_SWITCHES = 30;

  public TariffDay {
    switches = List.copyOf(switches);
  }

  /**
   * @param action 1 to 4 activate that tariff; 5 and 6 set and reset output 1, 7 and 8 output 2, 9
   *     and 10 output 3, 11 and 12 output 4
   * @param at in whole minutes
   */
  public record Switch(int action, LocalTime at) {

    static Switch of(Node node) {
      var pair = node.items();
      if (pair.size() != 2) {
        throw new BadAnswer("has no action and time in " + node.name());
      }
      try {
        return new Switch((int) pair.get(0).whole(1, 12), LocalTime.parse(pair.get(1).text()));
      } catch (DateTimeException e) {
        throw new BadAnswer("has no time of day in " + node.name());
      }
    }
  }

  static TariffDay of(Node node) {
    return new TariffDay(
        (int) node.at("profile").whole(0, MOST),
        node.at("actions").items().stream().map(Switch::of).toList());
  }

  /**
   * @throws IllegalArgumentException when a rule of the gateway is broken
   */
  public TariffDay checked() {
    Limit.range("The number of a day profile", id, 1, MOST);
    Limit.rule(
        !switches.isEmpty() && switches.size() <= MOST_SWITCHES,
        "A day has 1 to " + MOST_SWITCHES + " switch points");
    for (Switch each : switches) {
      Limit.range("An action", each.action(), 1, 12);
      Limit.rule(each.at().toSecondOfDay() % 60 == 0, "A switch point is at a whole minute");
    }
    return this;
  }

  JsonObject payload() {
    var actions = Json.createArrayBuilder();
    for (Switch each : switches) {
      var at = "%02d:%02d".formatted(each.at().getHour(), each.at().getMinute());
      actions.add(Json.createArrayBuilder().add(each.action()).add(at));
    }
    return Json.createObjectBuilder().add("actions", actions).add("profile", id).build();
  }
}
