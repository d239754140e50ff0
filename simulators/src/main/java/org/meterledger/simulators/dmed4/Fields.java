package org.meterledger.simulators.dmed4;

import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a PUT gives in its query or a POST as JSON. */
final class Fields {
  private static final JsonReaderFactory READERS =
      JsonProvider.provider().createReaderFactory(Map.of());

  private final Map<String, String> numbers = new HashMap<>();
  private final Map<String, String> texts = new HashMap<>();

  private Fields() {}

  /** Those of a query, where a number and a text look the same. */
  static Fields ofQuery(Map<String, List<String>> query) {
    Fields fields = new Fields();
    query.forEach(
        (name, values) -> {
          fields.texts.put(name, values.get(0));
          fields.numbers.put(name, values.get(0));
        });
    return fields;
  }

  /** Those of a JSON object; anything else is refused. */
  static Fields ofJson(String body) {
    Fields fields = new Fields();
    object(body)
        .orElseThrow(() -> Refusal.value("No JSON object"))
        .forEach(
            (name, value) -> {
              if (value instanceof JsonNumber number) {
                fields.numbers.put(name, number.toString());
              } else if (value instanceof JsonString text) {
                fields.texts.put(name, text.getString());
              } else {
                throw Refusal.value(name);
              }
            });
    return fields;
  }

  /** A JSON object, or nothing when the text is none. */
  static Optional<JsonObject> object(String text) {
    try (JsonReader reader = READERS.createReader(new StringReader(text))) {
      JsonValue value = reader.readValue();
      return value instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    } catch (JsonException | IllegalStateException wrong) {
      return Optional.empty();
    }
  }

  int size() {
    return names().size();
  }

  Set<String> names() {
    Map<String, String> all = new HashMap<>(numbers);
    all.putAll(texts);
    return all.keySet();
  }

  boolean has(String name) {
    return numbers.containsKey(name) || texts.containsKey(name);
  }

  /** Refuses every name that is not one of these, and nothing at all. */
  void only(String... allowed) {
    if (size() == 0 || !Set.of(allowed).containsAll(names())) {
      throw Refusal.value(names().toString());
    }
  }

  String text(String name) {
    String text = texts.get(name);
    if (text == null) {
      throw Refusal.value(name);
    }
    return text;
  }

  long number(String name, long least, long most) {
    String digits = numbers.getOrDefault(name, "");
    if (digits.matches("-?[0-9]{1,12}")) {
      long number = Long.parseLong(digits);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw Refusal.value(name + " " + digits);
  }
}
