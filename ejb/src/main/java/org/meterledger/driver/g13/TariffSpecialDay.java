package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/**
 * A date on which a day profile overrides the week (N89, N90).
 *
 * @param id of the entry, from 1
 * @param year or 65535 for any
 * @param month 1 to 12, or 255 for any
 * @param day of the month 1 to 31, 254 for the last one, 253 for the last but one, or 255 for any
 * @param weekday 1 Monday to 7 Sunday, or 255 for any; the gateway calls it week
 * @param dayProfile its number
 */
public record TariffSpecialDay(int id, int year, int month, int day, int weekday, int dayProfile) {

  static TariffSpecialDay of(Node node) {
    var date = node.at("date");
    return new TariffSpecialDay(
        node.at("profile").integer(),
        (int) date.at("year").whole(1, 65535),
        (int) date.at("month").whole(1, 255),
        (int) date.at("day").whole(1, 255),
        (int) date.at("week").whole(1, 255),
        // "dayprofileid" in the text, "dayprofile" in the example (manual p. 243, 245)
        node.find("dayprofile").orElseGet(() -> node.at("dayprofileid")).integer());
  }

  /**
   * @throws IllegalArgumentException when a rule of the gateway is broken
   */
  public TariffSpecialDay checked() {
    Limit.range("The number of a special day", id, 0, 255);
    Limit.rule(
        year >= 2000 && year <= 2099 || year == 65535, "A year is 2000 to 2099, or 65535 for any");
    Limit.rule(month >= 1 && month <= 12 || month == 255, "A month is 1 to 12, or 255 for any");
    Limit.rule(
        day >= 1 && day <= 31 || day >= 253 && day <= 255,
        "A day of a month is 1 to 31, 254 for the last, 253 for the last but one, 255 for any");
    Limit.rule(
        weekday >= 1 && weekday <= 7 || weekday == 255, "A weekday is 1 to 7, or 255 for any");
    Limit.range("The number of a day profile", dayProfile, 0, TariffDay.MOST);
    return this;
  }

  JsonObject json() {
    var date =
        Json.createObjectBuilder()
            .add("day", day)
            .add("month", month)
            .add("week", weekday)
            .add("year", year);
    return Json.createObjectBuilder()
        .add("date", date)
        .add("dayprofile", dayProfile)
        .add("profile", id)
        .build();
  }
}
