package org.meterledger.driver.g13;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value somewhere in an answer. The manual that is at hand does not tell for sure how keys are
 * spelled and whether numbers are quoted, so both are read: a key is found whatever stands between
 * its letters and digits, and a number in quotes is a number.
 *
 * <p>What is not there or of another kind is a {@link BadAnswer}, except for the {@code find}s.
 */
record Node(String name, JsonValue value) {

  /** What can be taken as a number without giving it memory that a gateway chooses. */
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,9})?");

  private static final int LONGEST_NUMBER = 27;
  private static final int LONGEST_TEXT = 500;

  /** Beyond, a time stands for no entry of a meter, and the number made of it would overflow. */
  private static final int LAST_YEAR = 2199;

  private static final int FIRST_YEAR = 1970;

  Optional<Node> find(String key) {
    if (!(value instanceof JsonObject object)) {
      return Optional.empty();
    }
    var exact = object.get(key);
    if (exact != null && exact != JsonValue.NULL) {
      return Optional.of(new Node(below(key), exact));
    }
    var wanted = plain(key);
    var found =
        object.entrySet().stream()
            .filter(entry -> plain(entry.getKey()).equals(wanted))
            .map(Map.Entry::getValue)
            .filter(each -> each != JsonValue.NULL)
            .distinct()
            .toList();
    if (found.size() > 1) {
      throw new BadAnswer("says two things of " + below(key));
    }
    return found.stream().findFirst().map(each -> new Node(below(key), each));
  }

  private String below(String key) {
    return name.isEmpty() ? key : name + "/" + key;
  }

  /** The same for {@code A B}, {@code a_b} and {@code aB}. */
  static String plain(String key) {
    var plain = new StringBuilder(key.length()); // 40 000 items ask for this thrice each
    for (int i = 0; i < key.length(); i++) {
      var c = key.charAt(i);
      if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
        plain.append(c);
      } else if (c >= 'A' && c <= 'Z') {
        plain.append(Character.toLowerCase(c));
      }
    }
    return plain.toString();
  }

  /** Step by step along a path with slashes. */
  Optional<Node> findPath(String path) {
    var node = Optional.of(this);
    for (String key : path.split("/")) {
      node = node.flatMap(found -> found.step(key));
    }
    return node;
  }

  private Optional<Node> step(String key) {
    if (value instanceof JsonArray array && key.matches("\\d{1,3}")) {
      var place = Integer.parseInt(key);
      return place < array.size() && array.get(place) != JsonValue.NULL
          ? Optional.of(new Node(name + "/" + key, array.get(place)))
          : Optional.empty();
    }
    return find(key);
  }

  Node at(String key) {
    return find(key).orElseThrow(() -> new BadAnswer("lacks " + (name + "/" + key)));
  }

  boolean isObject() {
    return value instanceof JsonObject;
  }

  boolean isArray() {
    return value instanceof JsonArray;
  }

  List<String> keys() {
    return value instanceof JsonObject object ? List.copyOf(object.keySet()) : List.of();
  }

  /** The elements of an array. */
  List<Node> items() {
    if (!(value instanceof JsonArray array)) {
      throw new BadAnswer("has no list in " + name);
    }
    var items = new ArrayList<Node>();
    for (int i = 0; i < array.size(); i++) {
      items.add(new Node(name + "/" + i, array.get(i)));
    }
    return items;
  }

  /** A plain value as text that can be stored and shown, at most 500 characters. */
  String text() {
    if (value instanceof JsonStructure || value == JsonValue.NULL) {
      throw new BadAnswer("has no plain value in " + name);
    }
    var text = value instanceof JsonString string ? string.getString() : value.toString();
    return Printable.of(text, LONGEST_TEXT);
  }

  BigDecimal number() {
    if (value instanceof JsonNumber number && bounded(number.bigDecimalValue())) {
      return number.bigDecimalValue();
    }
    if (value instanceof JsonString) {
      var text = text().strip();
      if (NUMBER.matcher(text).matches()) {
        return new BigDecimal(text);
      }
    }
    throw new BadAnswer("has no number in " + name);
  }

  private static boolean bounded(BigDecimal number) {
    return Math.abs((long) number.scale()) <= LONGEST_NUMBER
        && number.precision() <= LONGEST_NUMBER;
  }

  long whole() {
    try {
      return number().longValueExact();
    } catch (ArithmeticException e) {
      throw new BadAnswer("has no whole number in " + name);
    }
  }

  int integer() {
    return Math.toIntExact(whole(Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  long whole(long least, long most) {
    var whole = whole();
    if (whole < least || whole > most) {
      throw new BadAnswer("has " + whole + " in " + name + ", out of " + least + ".." + most);
    }
    return whole;
  }

  boolean flag() {
    switch (text().toLowerCase(Locale.ROOT)) {
      case "true":
      case "1":
        return true;
      case "false":
      case "0":
        return false;
      default:
        throw new BadAnswer("has neither true nor false in " + name);
    }
  }

  /** {@code YYYY-MM-DDTHH:MM:SS}, by the clock of the device. */
  LocalDateTime time() {
    try {
      var text = text().strip();
      var end = text.length() - (text.endsWith("Z") ? 1 : 0);
      var time = LocalDateTime.parse(text.substring(0, end));
      if (time.getYear() >= FIRST_YEAR && time.getYear() <= LAST_YEAR) {
        return time;
      }
    } catch (DateTimeException e) {
      // It is said below.
    }
    throw new BadAnswer("has no time in " + name);
  }

  /** A value with its unit, as two strings. */
  Measured measured() {
    var pair = items();
    if (pair.isEmpty() || pair.size() > 2) {
      throw new BadAnswer("has no value with its unit in " + name);
    }
    var unit = pair.size() < 2 || pair.get(1).value == JsonValue.NULL ? "" : pair.get(1).text();
    return new Measured(pair.get(0).number(), unit.strip());
  }

  Optional<String> findText(String key) {
    return find(key).map(Node::text);
  }

  /** Empty too where the value is another kind of thing. */
  String textOr(String key, String otherwise) {
    return find(key)
        .filter(node -> !(node.value instanceof JsonStructure))
        .map(Node::text)
        .orElse(otherwise);
  }
}
