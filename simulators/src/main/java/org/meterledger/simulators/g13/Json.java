package org.meterledger.simulators.g13;

import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as maps and lists. */
final class Json {
  private static final JsonProvider PROVIDER = JsonProvider.provider();
  private static final JsonBuilderFactory BUILDERS = PROVIDER.createBuilderFactory(Map.of());
  private static final JsonReaderFactory READERS = PROVIDER.createReaderFactory(Map.of());
  private static final String TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}";

  private Json() {}

  /**
   * An object with its keys in the given order.
   *
   * @param keysAndValues alternately; a value is a string, number, boolean, list, map or null
   */
  static Map<String, Object> object(Object... keysAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int place = 0; place < keysAndValues.length; place += 2) {
      object.put((String) keysAndValues[place], keysAndValues[place + 1]);
    }
    return object;
  }

  /** A measured value: {@code ["230.1","V"]}; a quantity without unit has null for it. */
  static List<Object> measured(BigDecimal value, String unit) {
    return Arrays.asList(value.toPlainString(), unit.isEmpty() ? null : unit);
  }

  static String write(Map<String, Object> object) {
    return BUILDERS.createObjectBuilder(object).build().toString();
  }

  /**
   * Reads an object.
   *
   * @throws Refused when the text is none
   */
  static JsonObject read(String text) {
    try (JsonReader reader = READERS.createReader(new StringReader(text))) {
      return reader.readObject();
    } catch (JsonException | IllegalStateException wrong) {
      throw Refused.parse();
    }
  }

  static String time(LocalDateTime time) {
    return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
  }

  static boolean isTime(String text) {
    return text.matches(TIME);
  }

  /**
   * Reads {@code YYYY-MM-DDTHH:MM:SS}.
   *
   * @throws Refused when the text is no such time
   */
  static LocalDateTime time(String text) {
    try {
      if (isTime(text)) {
        return LocalDateTime.parse(text);
      }
    } catch (DateTimeParseException wrong) {
      throw Refused.invalid();
    }
    throw Refused.invalid();
  }
}
