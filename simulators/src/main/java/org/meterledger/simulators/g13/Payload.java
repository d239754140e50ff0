package org.meterledger.simulators.g13;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A JSON object of a request; whatever is missing or wrong in it is refused. */
record Payload(JsonObject object) {
  boolean has(String key) {
    return object.containsKey(key);
  }

  boolean isEmpty() {
    return object.isEmpty();
  }

  int integer(String key, int least, int most) {
    return integer(value(key), least, most);
  }

  static int integer(JsonValue value, int least, int most) {
    if (!(value instanceof JsonNumber number)) {
      throw Refused.invalid();
    }
    try {
      int exact = number.bigDecimalValue().intValueExact();
      if (exact >= least && exact <= most) {
        return exact;
      }
    } catch (ArithmeticException fractionOrTooLarge) {
      throw Refused.invalid();
    }
    throw Refused.invalid();
  }

  BigDecimal decimal(String key) {
    if (value(key) instanceof JsonNumber number) {
      return number.bigDecimalValue();
    }
    throw Refused.invalid();
  }

  boolean bool(String key) {
    JsonValue value = value(key);
    if (value != JsonValue.TRUE && value != JsonValue.FALSE) {
      throw Refused.invalid();
    }
    return value == JsonValue.TRUE;
  }

  String text(String key, int longest) {
    return text(value(key), longest);
  }

  static String text(JsonValue value, int longest) {
    if (value instanceof JsonString string && string.getString().length() <= longest) {
      return string.getString();
    }
    throw Refused.invalid();
  }

  Payload object(String key) {
    return of(value(key));
  }

  static Payload of(JsonValue value) {
    if (value instanceof JsonObject inner) {
      return new Payload(inner);
    }
    throw Refused.invalid();
  }

  /** The elements of an array; no more than {@code most}. */
  List<JsonValue> list(String key, int most) {
    return list(value(key), most);
  }

  static List<JsonValue> list(JsonValue value, int most) {
    if (value instanceof JsonArray array && array.size() <= most) {
      return array;
    }
    throw Refused.invalid();
  }

  /** Numbers of an array of integers. */
  static List<Integer> integers(JsonValue value, int length, int least, int most) {
    List<Integer> numbers = new ArrayList<>();
    for (JsonValue element : list(value, length)) {
      numbers.add(integer(element, least, most));
    }
    if (numbers.size() != length) {
      throw Refused.invalid();
    }
    return numbers;
  }

  JsonValue value(String key) {
    JsonValue value = object.get(key);
    if (value == null) {
      throw Refused.missing(key);
    }
    return value;
  }
}
