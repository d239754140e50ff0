package org.meterledger.driver;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;

/**
 * Settings that are read and sent together. Their values are a JSON object by the names of the
 * fields; where the part has rows it is {@code {"rows": [{…}, …]}} with one such object for each.
 *
 * @param name in camel case, for example {@code loadProfile}; the portal has words for it
 * @param rows null where the part is one record
 * @param erases what the device forgets when the part is written; it is archived before
 */
public record SettingsPart(String name, List<SettingsField> fields, Rows rows, Set<Kept> erases) {

  public static final String ROWS = "rows";

  /** Of what a device keeps. */
  public enum Kept {
    LOAD_PROFILES,
    PREVIOUS_VALUES,
    DEMAND,
    LOGBOOK
  }

  /** How many rows there are; a device with fixed places has as many as it has places. */
  public record Rows(int least, int most) {}

  public SettingsPart {
    fields = List.copyOf(fields);
    erases = Set.copyOf(erases);
  }

  public static SettingsPart record(String name, SettingsField... fields) {
    return new SettingsPart(name, List.of(fields), null, Set.of());
  }

  public static SettingsPart rows(String name, Rows rows, SettingsField... fields) {
    return new SettingsPart(name, List.of(fields), rows, Set.of());
  }

  public SettingsPart erasing(Kept... kept) {
    return new SettingsPart(name, fields, rows, Set.of(kept));
  }

  /**
   * Checks each value by itself, and that none is there that is no field.
   *
   * @throws InvalidSetting when a rule is broken
   */
  public void check(JsonObject values) {
    if (rows == null) {
      checkRecord(values, "");
      return;
    }
    if (values.size() != 1 || !(values.get(ROWS) instanceof JsonArray all)) {
      throw new InvalidSetting(ROWS, "type", name + " is a list of rows");
    }
    if (all.size() < rows.least() || all.size() > rows.most()) {
      throw new InvalidSetting(
          ROWS,
          "count",
          rows.least() == rows.most()
              ? "%s has %d rows, not %d".formatted(name, rows.most(), all.size())
              : "%s has %d to %d rows, not %d"
                  .formatted(name, rows.least(), rows.most(), all.size()));
    }
    for (int i = 0; i < all.size(); i++) {
      if (!(all.get(i) instanceof JsonObject row)) {
        throw new InvalidSetting(ROWS + '.' + i, "type", "A row is a JSON object");
      }
      checkRecord(row, ROWS + '.' + i + '.');
    }
  }

  private void checkRecord(JsonObject values, String path) {
    for (String key : values.keySet()) {
      if (fields.stream().noneMatch(field -> field.name().equals(key))) {
        throw new InvalidSetting(path + key, "unknown", key + " is no field of " + name);
      }
    }
    for (var field : fields) {
      JsonValue value = values.get(field.name());
      if (value != null && value != JsonValue.NULL) {
        field.check(value, path + field.name());
      } else if (field.required()) {
        throw new InvalidSetting(path + field.name(), "required", field.name() + " is needed");
      }
    }
  }
}
