package org.meterledger.driver;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * One value of a part that is another than it was.
 *
 * @param row number of the row from 0; null where the part is one record
 * @param before null where it was not there, so also {@code after}
 */
public record SettingsChange(Integer row, SettingsField field, JsonValue before, JsonValue after) {

  /** What is sent to a clock and read back a moment later. */
  private static final Duration MOVED = Duration.ofMinutes(1);

  /** Where it stands in the values, as {@code rows.3.interval}. */
  public String path() {
    return path(row, field);
  }

  static String path(Integer row, SettingsField field) {
    return row == null ? field.name() : SettingsPart.ROWS + '.' + row + '.' + field.name();
  }

  /** The rows of a part; its only record where it has none. */
  public static List<JsonObject> records(SettingsPart part, JsonObject values) {
    if (part.rows() == null) {
      return List.of(values);
    }
    return values.get(SettingsPart.ROWS) instanceof JsonArray rows
        ? rows.stream()
            .map(row -> row instanceof JsonObject record ? record : JsonValue.EMPTY_JSON_OBJECT)
            .toList()
        : List.of();
  }

  /** What differs, by rows and fields; a row more or less differs in each of its values. */
  public static List<SettingsChange> between(
      SettingsPart part, JsonObject before, JsonObject after) {
    var was = records(part, before);
    var is = records(part, after);
    var changes = new ArrayList<SettingsChange>();
    for (int i = 0; i < Math.max(was.size(), is.size()); i++) {
      for (var field : part.fields()) {
        var one = value(was, i, field);
        var other = value(is, i, field);
        if (!same(field, one, other)) {
          changes.add(new SettingsChange(part.rows() == null ? null : i, field, one, other));
        }
      }
    }
    return changes;
  }

  /** The value at the place of this one; null where there is none. */
  public JsonValue in(SettingsPart part, JsonObject values) {
    return value(records(part, values), row == null ? 0 : row, field);
  }

  private static JsonValue value(List<JsonObject> records, int row, SettingsField field) {
    var value = row < records.size() ? records.get(row).get(field.name()) : null;
    return value == JsonValue.NULL ? null : value;
  }

  /** Whether two values mean the same; either may be null. */
  public static boolean same(SettingsField field, JsonValue one, JsonValue other) {
    if (one instanceof JsonNumber a && other instanceof JsonNumber b) {
      return a.bigDecimalValue().compareTo(b.bigDecimalValue()) == 0;
    }
    if (field.type() == SettingsField.Type.LOCAL_TIME && time(one) != null && time(other) != null) {
      return time(one).equals(time(other));
    }
    return one == null || one == JsonValue.NULL
        ? other == null || other == JsonValue.NULL
        : one.equals(other);
  }

  /** Whether what was read a moment later is what was sent, for as far as it moves by itself. */
  public boolean moved() {
    if (!field.moves()) {
      return false;
    }
    var sent = time(before);
    var read = time(after);
    return sent == null || read != null && Duration.between(sent, read).abs().compareTo(MOVED) <= 0;
  }

  private static LocalDateTime time(JsonValue value) {
    try {
      return value instanceof JsonString text ? LocalDateTime.parse(text.getString()) : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /**
   * What somebody else has changed of what is to be changed. Where rows come or go the places of
   * all of them matter, so then it is whatever was changed.
   *
   * @param before as it was when somebody decided on {@code after}
   */
  public static List<SettingsChange> foreign(
      SettingsPart part, JsonObject before, JsonObject after, JsonObject now) {
    var ours = between(part, before, after).stream().map(SettingsChange::path).toList();
    int rows = records(part, before).size();
    boolean all = rows != records(part, after).size() || rows != records(part, now).size();
    return between(part, before, now).stream()
        .filter(each -> !each.field().moves())
        .filter(each -> all || ours.contains(each.path()))
        .toList();
  }

  /** What is there now, with these changes made to it. */
  public static JsonObject merged(
      SettingsPart part, JsonObject now, JsonObject after, List<SettingsChange> changes) {
    var is = records(part, now);
    var wanted = records(part, after);
    var rows = Json.createArrayBuilder();
    for (int i = 0; i < wanted.size(); i++) {
      var record = Json.createObjectBuilder();
      for (var field : part.fields()) {
        var path = path(part.rows() == null ? null : i, field);
        var known = value(is, i, field);
        boolean kept = known != null && changes.stream().noneMatch(c -> c.path().equals(path));
        var value = kept ? known : value(wanted, i, field);
        if (value != null) {
          record.add(field.name(), value);
        }
      }
      if (part.rows() == null) {
        return record.build();
      }
      rows.add(record);
    }
    return Json.createObjectBuilder().add(SettingsPart.ROWS, rows).build();
  }
}
