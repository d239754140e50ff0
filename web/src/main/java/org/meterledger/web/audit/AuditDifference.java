package org.meterledger.web.audit;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.meterledger.audit.AuditEntry;

/** What an entry tells to have changed, field by field. */
final class AuditDifference {

  private AuditDifference() {}

  /**
   * A field that is not what it was.
   *
   * @param before empty where it was not there
   * @param after empty where it is not there
   */
  public record Field(String name, String before, String after) {}

  /** Those that differ, by name; the versions that every change counts are left out. */
  static List<Field> of(AuditEntry entry) {
    var before = object(entry.before());
    var after = object(entry.after());
    var names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    names.remove("version");
    return names.stream()
        .filter(name -> !Objects.equals(before.get(name), after.get(name)))
        .map(name -> new Field(name, text(before.get(name)), text(after.get(name))))
        .toList();
  }

  private static JsonObject object(String text) {
    if (text == null) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readValue() instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    }
  }

  private static String text(JsonValue value) {
    return value == null
        ? ""
        : value instanceof JsonString string ? string.getString() : value.toString();
  }
}
