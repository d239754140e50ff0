package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.SettingsPart;

/** What the parts of the settings have in common: from values in JSON to values and back. */
final class PartValues {

  private PartValues() {}

  static boolean has(JsonObject values, String field) {
    return values.get(field) != null && values.get(field) != JsonValue.NULL;
  }

  static BigDecimal decimal(JsonObject values, String field) {
    return has(values, field) ? values.getJsonNumber(field).bigDecimalValue() : null;
  }

  static int whole(JsonObject values, String field) {
    return values.getJsonNumber(field).bigDecimalValue().intValueExact();
  }

  /** A number that is one of few, and so a choice. */
  static int chosen(JsonObject values, String field) {
    return Integer.parseInt(values.getString(field));
  }

  /** {@code ALWAYS_ON} as {@code alwaysOn}. */
  static String choice(Enum<?> value) {
    var words = value.name().toLowerCase(Locale.ROOT).split("_");
    var choice = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      choice
          .append(words[i].substring(0, 1).toUpperCase(Locale.ROOT))
          .append(words[i].substring(1));
    }
    return choice.toString();
  }

  static List<String> choices(Enum<?>... values) {
    return Stream.of(values).map(PartValues::choice).toList();
  }

  static List<String> choices(List<Integer> numbers) {
    return numbers.stream().map(Object::toString).toList();
  }

  static <E extends Enum<E>> E chosen(Class<E> type, JsonObject values, String field) {
    return Stream.of(type.getEnumConstants())
        .filter(value -> choice(value).equals(values.getString(field)))
        .findFirst()
        .orElseThrow();
  }

  /** The rows of a part; none where there are none. */
  static List<JsonObject> rows(JsonObject values) {
    return values.get(SettingsPart.ROWS) instanceof JsonArray rows
        ? rows.getValuesAs(JsonObject.class)
        : List.of();
  }

  /** The row at a place, counted from 0; an empty one where there is none. */
  static JsonObject row(JsonObject values, int place) {
    var rows = rows(values);
    return place < rows.size() ? rows.get(place) : JsonValue.EMPTY_JSON_OBJECT;
  }

  static String path(int row, String field) {
    return SettingsPart.ROWS + '.' + row + '.' + field;
  }

  static <T> JsonObject rows(List<T> all, Function<T, JsonObjectBuilder> row) {
    var rows = Json.createArrayBuilder();
    all.forEach(each -> rows.add(row.apply(each)));
    return Json.createObjectBuilder().add(SettingsPart.ROWS, rows).build();
  }

  /** Whether a field is the same in both, be it missing in both. */
  static boolean same(JsonObject before, JsonObject after, String... fields) {
    return Stream.of(fields)
        .allMatch(field -> Objects.equals(told(before, field), told(after, field)));
  }

  private static JsonValue told(JsonObject values, String field) {
    return has(values, field) ? values.get(field) : null;
  }

  static void rule(boolean kept, String field, String rule, String sentence) {
    if (!kept) {
      throw new InvalidSetting(field, rule, sentence);
    }
  }

  static void required(JsonObject values, String path, String... fields) {
    for (String field : fields) {
      rule(has(values, field), path + field, "required", field + " is needed");
    }
  }

  /** What cannot be sent in one request cannot be sent at all. */
  static void fits(JsonObject payload) {
    var size = G13Connection.size(payload);
    rule(
        size <= G13Connection.LARGEST_PAYLOAD,
        SettingsPart.ROWS,
        "size",
        "The gateway takes at most %d bytes in one request; these rows would be %d"
            .formatted(G13Connection.LARGEST_PAYLOAD, size));
  }
}
