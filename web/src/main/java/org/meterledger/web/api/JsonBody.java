package org.meterledger.web.api;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser.Event;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meterledger.web.api.Problem.FieldError;

/**
 * Fills records and beans from a JSON object and tells everything at once that does not fit. JSON-B
 * stops at the first wrong type and names it only in the words of its implementation.
 */
final class JsonBody {

  private final Class<?> type;
  private final List<FieldError> errors = new ArrayList<>();

  private JsonBody(Class<?> type) {
    this.type = type;
  }

  /**
   * @throws Refused when the stream holds anything but an object of known fields of the right types
   */
  static <T> T read(Class<T> type, InputStream in) {
    var json = parse(in);
    var body = new JsonBody(type);
    var fields = type.isRecord() ? body.components() : body.setters();
    json.keySet().stream()
        .filter(name -> !fields.containsKey(name))
        .forEach(name -> body.error(name, "unknown", "is not a field here"));
    var values = new LinkedHashMap<String, Object>();
    fields.forEach(
        (name, fieldType) -> {
          var value = json.get(name);
          if (value != null) {
            values.put(name, body.convert(name, fieldType, value));
          }
        });
    if (!body.errors.isEmpty()) {
      throw Refused.fields(body.errors);
    }
    return type.cast(type.isRecord() ? body.record(values) : body.bean(values));
  }

  private static Map<String, JsonValue> parse(InputStream in) {
    var fields = new LinkedHashMap<String, JsonValue>();
    try (var parser = Json.createParser(in)) {
      if (parser.next() != Event.START_OBJECT) {
        throw Refused.field("", "type", "must be a JSON object");
      }
      while (parser.next() == Event.KEY_NAME) {
        String name = parser.getString();
        var kind = parser.next();
        if (kind == Event.START_ARRAY || kind == Event.START_OBJECT) {
          // no field holds more than one value, and depth is what breaks parsers
          throw Refused.field(name, "type", "must be a single value");
        }
        if (fields.put(name, parser.getValue()) != null) {
          throw Refused.field(name, "repeated", "is given twice");
        }
      }
      // looks at what follows, and throws if that is anything
      parser.hasNext();
      return fields;
    } catch (JsonException | IllegalStateException | NoSuchElementException e) {
      throw Refused.field("", "json", "is not well-formed JSON");
    }
  }

  private Map<String, Class<?>> components() {
    return Arrays.stream(type.getRecordComponents())
        .collect(
            Collectors.toMap(
                RecordComponent::getName,
                RecordComponent::getType,
                (a, b) -> a,
                LinkedHashMap::new));
  }

  private Map<String, Class<?>> setters() {
    return setterMethods()
        .collect(Collectors.toMap(JsonBody::property, setter -> setter.getParameterTypes()[0]));
  }

  private Stream<Method> setterMethods() {
    return Arrays.stream(type.getMethods())
        .filter(
            method -> method.getName().matches("set[A-Z].*") && method.getParameterCount() == 1);
  }

  private static String property(Method setter) {
    String name = setter.getName();
    return Character.toLowerCase(name.charAt(3)) + name.substring(4);
  }

  private Object convert(String name, Class<?> wanted, JsonValue value) {
    if (value == JsonValue.NULL) {
      if (wanted.isPrimitive()) {
        error(name, "type", "must not be null");
      }
      return null;
    }
    if (wanted == String.class) {
      return value instanceof JsonString text ? text.getString() : wrong(name, "a string");
    }
    if (wanted == int.class || wanted == Integer.class) {
      return whole(name, value);
    }
    if (wanted == boolean.class || wanted == Boolean.class) {
      return value == JsonValue.TRUE || value == JsonValue.FALSE
          ? (Object) (value == JsonValue.TRUE)
          : wrong(name, "true or false");
    }
    if (wanted == Instant.class) {
      return instant(name, value);
    }
    if (wanted.isEnum()) {
      return constant(name, wanted, value);
    }
    throw new IllegalStateException("No rule to read " + wanted + " of " + type);
  }

  private Object whole(String name, JsonValue value) {
    try {
      return value instanceof JsonNumber number
          ? (Object) number.intValueExact()
          : wrong(name, "a whole number");
    } catch (ArithmeticException e) {
      return wrong(name, "a whole number within 32 bits");
    }
  }

  private Object instant(String name, JsonValue value) {
    try {
      return value instanceof JsonString text
          ? OffsetDateTime.parse(text.getString()).toInstant()
          : wrong(name, "a time as a string");
    } catch (DateTimeParseException e) {
      return wrong(name, "a time with offset, such as 2026-11-21T08:00:00Z");
    }
  }

  private Object constant(String name, Class<?> wanted, JsonValue value) {
    String given = value instanceof JsonString text ? text.getString() : null;
    return Arrays.stream(wanted.getEnumConstants())
        .map(Object.class::cast)
        .filter(constant -> ((Enum<?>) constant).name().equals(given))
        .findFirst()
        .orElseGet(
            () ->
                wrong(
                    name,
                    "one of "
                        + Arrays.stream(wanted.getEnumConstants())
                            .map(Object::toString)
                            .collect(Collectors.joining(", "))));
  }

  private Object wrong(String name, String expected) {
    error(name, "type", "must be " + expected);
    return null;
  }

  private void error(String field, String rule, String message) {
    errors.add(new FieldError(field, rule, message));
  }

  private Object record(Map<String, Object> values) {
    var components = type.getRecordComponents();
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(
          Arrays.stream(components)
              .map(component -> values.getOrDefault(component.getName(), absent(component)))
              .toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object absent(RecordComponent component) {
    return component.getType() == boolean.class ? Boolean.FALSE : null;
  }

  private Object bean(Map<String, Object> values) {
    try {
      var bean = type.getConstructor().newInstance();
      for (Method setter : setterMethods().toList()) {
        if (values.containsKey(property(setter))) {
          setter.invoke(bean, values.get(property(setter)));
        }
      }
      return bean;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
