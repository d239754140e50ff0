package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * Which day profile applies on which weekday (N85, N86).
 *
 * @param days numbers of day profiles, Monday first
 */
public record TariffWeek(String name, List<Integer> days) {

  public static final int MOST = 4;

  private static final int DAYS = 7;

  public TariffWeek {
    days = List.copyOf(days);
  }

  static TariffWeek of(Node node) {
    var days = node.at("dayid").items().stream().map(Node::integer).toList();
    if (days.size() != DAYS) {
      throw new BadAnswer("has a week of " + days.size() + " days");
    }
    return new TariffWeek(node.at("profile").text(), days);
  }

  /**
   * @throws IllegalArgumentException when a rule of the gateway is broken
   */
  public TariffWeek checked() {
    Limit.length("The name of a week profile", name, Limit.PROFILE_NAME);
    Limit.rule(days.size() == DAYS, "A week has seven days");
    days.forEach(day -> Limit.range("The number of a day profile", day, 0, TariffDay.MOST));
    return this;
  }

  JsonObject json() {
    return Json.createObjectBuilder()
        .add("profile", name)
        .add("dayid", Json.createArrayBuilder(days))
        .build();
  }
}
