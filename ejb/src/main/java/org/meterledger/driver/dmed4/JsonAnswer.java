package org.meterledger.driver.dmed4;

import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A JSON object of the meter. Keys are found in any case, for the manual's tables spell them
 * otherwise than its examples; underscores count, for {@code energy_neg} is not {@code energyNeg}.
 */
record JsonAnswer(JsonObject object) {

  /** What can be taken as a number without giving it memory that a meter chooses. */
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,9})?");

  private static final int DEEPEST = 20;
  private static final int LONGEST = 27;

  /** Of two members of the same name one would be lost without a word. */
  private static final JsonReaderFactory READERS =
      Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

  /** Empty where the text is no JSON object, or nested deeper than any answer. */
  static Optional<JsonAnswer> of(String text) {
    if (tooDeep(text)) {
      return Optional.empty();
    }
    try (var reader = READERS.createReader(new StringReader(text))) {
      return reader.readValue() instanceof JsonObject object
          ? Optional.of(new JsonAnswer(object))
          : Optional.empty();
    } catch (JsonException
        | IllegalStateException
        | UnsupportedOperationException
        | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean tooDeep(String text) {
    var depth = 0;
    var quoted = false;
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (quoted) {
        i += c == '\\' ? 1 : 0;
        quoted = c != '"';
        continue;
      }
      quoted = c == '"';
      depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      if (depth > DEEPEST) {
        return true;
      }
    }
    return false;
  }

  List<String> keys() {
    return List.copyOf(object.keySet());
  }

  private Optional<JsonValue> find(String key) {
    var exact = object.get(key);
    return (exact != null
            ? Optional.of(exact)
            : object.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(key))
                .map(Map.Entry::getValue)
                .findFirst())
        .filter(value -> value != JsonValue.NULL);
  }

  boolean has(String key) {
    return find(key).isPresent();
  }

  Optional<JsonAnswer> inner(String key) {
    return find(key)
        .filter(JsonObject.class::isInstance)
        .map(value -> new JsonAnswer((JsonObject) value));
  }

  /** A plain value as it is told, quoted or not; empty for none and for a structure. */
  Optional<String> text(String key) {
    return find(key).map(JsonAnswer::plain);
  }

  private static String plain(JsonValue value) {
    if (value instanceof JsonString string) {
      return string.getString();
    }
    return value instanceof JsonNumber number && !bounded(number.bigDecimalValue())
            || value.getValueType() == JsonValue.ValueType.OBJECT
            || value.getValueType() == JsonValue.ValueType.ARRAY
        ? null
        : value.toString();
  }

  private static boolean bounded(BigDecimal number) {
    return Math.abs((long) number.scale()) <= LONGEST && number.precision() <= LONGEST;
  }

  /** Also one in quotes; empty for none, and for what is no number. */
  Optional<BigDecimal> number(String key) {
    return text(key)
        .map(String::strip)
        .filter(text -> NUMBER.matcher(text).matches())
        .map(BigDecimal::new);
  }

  /** Empty too for one with decimals. */
  Optional<Long> whole(String key) {
    return number(key)
        .filter(number -> number.stripTrailingZeros().scale() <= 0)
        .map(BigDecimal::longValueExact);
  }
}
