package org.meterledger.driver.g13;

import static org.meterledger.driver.g13.PartValues.chosen;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import org.meterledger.driver.SettingsField;

/**
 * When a meter closes its stored values.
 *
 * @param weekday 1 Monday to 7 Sunday; 0 where there is none
 */
record Closing(Period period, int weekday) {

  static final SettingsField PERIOD =
      SettingsField.choice("period", PartValues.choices(Period.values()));
  static final SettingsField WEEKDAY = weekday("weekday").optional();

  static SettingsField weekday(String name) {
    return SettingsField.choice(name, List.of("1", "2", "3", "4", "5", "6", "7"));
  }

  static Closing of(JsonObject values) {
    var period = chosen(Period.class, values, PERIOD.name());
    if (period == Period.WEEKLY) {
      PartValues.required(values, "", WEEKDAY.name());
    }
    return new Closing(
        period, PartValues.has(values, WEEKDAY.name()) ? chosen(values, WEEKDAY.name()) : 0);
  }

  JsonObjectBuilder json() {
    var values = Json.createObjectBuilder().add(PERIOD.name(), PartValues.choice(period));
    return weekday > 0 ? values.add(WEEKDAY.name(), Integer.toString(weekday)) : values;
  }
}
