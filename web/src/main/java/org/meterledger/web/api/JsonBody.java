package org.meterledger.web.api;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meterledger.web.api.Problem.FieldError;

/**
 * Fills records and beans from a JSON object and tells everything at once that does not fit. JSON-B
 * stops at the first wrong type and names it only in the words of its implementation.
 */
final class JsonBody {

  private final List<FieldError> errors = new ArrayList<>();

  private JsonBody() {}

  /**
   * @throws Refused when the stream holds anything but an object of known fields of the right types
   */
  static <T> T read(Class<T> type, InputStream in) {
    var body = new JsonBody();
    var read = body.object("", type, JsonTree.read(in));
    if (!body.errors.isEmpty()) {
      throw Refused.fields(body.errors);
    }
    return type.cast(read);
  }

  /** Null when something does not fit. */
  private Object object(String path, Class<?> type, Map<?, ?> json) {
    int before = errors.size();
    String prefix = path.isEmpty() ? "" : path + ".";
    var fields = type.isRecord() ? components(type) : setters(type);
    json.keySet().stream()
        .filter(name -> !fields.containsKey(name))
        .forEach(name -> error(prefix + name, "unknown", "is not a field here"));
    var values = new LinkedHashMap<String, Object>();
    fields.forEach(
        (name, fieldType) -> {
          var value = json.get(name);
          if (value != null) {
            values.put(name, convert(prefix + name, fieldType, value));
          }
        });
    if (errors.size() > before) {
      return null;
    }
    return type.isRecord() ? record(type, values) : bean(type, values);
  }

  private static Map<String, Type> components(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .collect(
            Collectors.toMap(
                RecordComponent::getName,
                RecordComponent::getGenericType,
                (a, b) -> a,
                LinkedHashMap::new));
  }

  private static Map<String, Type> setters(Class<?> type) {
    return setterMethods(type)
        .collect(
            Collectors.toMap(JsonBody::property, setter -> setter.getGenericParameterTypes()[0]));
  }

  private static Stream<Method> setterMethods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(
            method -> method.getName().matches("set[A-Z].*") && method.getParameterCount() == 1);
  }

  private static String property(Method setter) {
    String name = setter.getName();
    return Character.toLowerCase(name.charAt(3)) + name.substring(4);
  }

  private Object convert(String name, Type wanted, Object value) {
    if (wanted instanceof ParameterizedType many) {
      return value == JsonValue.NULL ? null : collection(name, many, value);
    }
    var type = (Class<?>) wanted;
    if (type == JsonObject.class) {
      return value == JsonValue.NULL
          ? null
          : value instanceof Map<?, ?> json ? json(json) : wrong(name, "an object");
    }
    if (type.getPackageName().startsWith("org.meterledger.") && !type.isEnum()) {
      return value == JsonValue.NULL
          ? null
          : value instanceof Map<?, ?> json ? object(name, type, json) : wrong(name, "an object");
    }
    return single(name, type, value);
  }

  /** An object that somebody else will look into. */
  private static JsonObject json(Map<?, ?> fields) {
    var object = Json.createObjectBuilder();
    fields.forEach((name, value) -> object.add((String) name, value(value)));
    return object.build();
  }

  private static JsonValue value(Object value) {
    if (value instanceof Map<?, ?> fields) {
      return json(fields);
    }
    if (value instanceof List<?> items) {
      var array = Json.createArrayBuilder();
      items.forEach(item -> array.add(value(item)));
      return array.build();
    }
    return (JsonValue) value;
  }

  /** A list, or a set, in which what is there twice is there once. */
  private Object collection(String name, ParameterizedType wanted, Object value) {
    if (!(value instanceof List<?> array)) {
      return wrong(name, "an array");
    }
    var items = new ArrayList<Object>();
    for (Object each : array) {
      String path = name + "[" + items.size() + "]";
      items.add(
          each == JsonValue.NULL
              ? wrong(path, "a value")
              : convert(path, wanted.getActualTypeArguments()[0], each));
    }
    if (wanted.getRawType() == List.class) {
      return items;
    }
    if (wanted.getRawType() == SortedSet.class) {
      return items.contains(null) ? null : new TreeSet<>(items);
    }
    throw new IllegalStateException("No rule to read " + wanted);
  }

  private Object single(String name, Class<?> wanted, Object value) {
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
    throw new IllegalStateException("No rule to read " + wanted);
  }

  private Object whole(String name, Object value) {
    try {
      return value instanceof JsonNumber number
          ? (Object) number.intValueExact()
          : wrong(name, "a whole number");
    } catch (ArithmeticException e) {
      return wrong(name, "a whole number within 32 bits");
    }
  }

  private Object instant(String name, Object value) {
    try {
      return value instanceof JsonString text
          ? OffsetDateTime.parse(text.getString()).toInstant()
          : wrong(name, "a time as a string");
    } catch (DateTimeParseException e) {
      return wrong(name, "a time with offset, such as 2026-11-21T08:00:00Z");
    }
  }

  private Object constant(String name, Class<?> wanted, Object value) {
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

  private static Object record(Class<?> type, Map<String, Object> values) {
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

  private static Object bean(Class<?> type, Map<String, Object> values) {
    try {
      var bean = type.getConstructor().newInstance();
      for (Method setter : setterMethods(type).toList()) {
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
