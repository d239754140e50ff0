package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/**
 * From when on which week applies (N87, N88).
 *
 * @param month 1 to 12, or 255 for any
 * @param day of the month 1 to 31, 254 for the last one, 253 for the last but one, or 255 for any
 */
public record TariffSeason(String name, int month, int day, String week) {

  static TariffSeason of(Node node) {
    return new TariffSeason(
        node.at("profile").text(),
        (int) node.at("month").whole(1, 255),
        (int) node.at("day").whole(1, 255),
        node.at("weekprofile").text());
  }

  /**
   * @throws IllegalArgumentException when a rule of the gateway is broken
   */
  public TariffSeason checked() {
    Limit.length("The name of a season", name, Limit.PROFILE_NAME);
    Limit.length("The name of a week profile", week, Limit.PROFILE_NAME);
    Limit.rule(month >= 1 && month <= 12 || month == 255, "A month is 1 to 12, or 255 for any");
    Limit.rule(
        day >= 1 && day <= 31 || day >= 253 && day <= 255,
        "A day of a month is 1 to 31, 254 for the last, 253 for the last but one, 255 for any");
    return this;
  }

  JsonObject json() {
    return Json.createObjectBuilder()
        .add("day", day)
        .add("month", month)
        .add("profile", name)
        .add("weekprofile", week)
        .build();
  }
}
