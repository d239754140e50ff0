package org.meterledger.web.api;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * A JSON object as maps, lists and single values. Stricter than the parser: a field comes once, and
 * depth, which is what breaks parsers, is not followed.
 */
final class JsonTree {

  /** A step of a bundle has parameters, which may be settings, which may have rows. */
  private static final int DEEPEST = 7;

  private final JsonParser parser;

  private JsonTree(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * @return values are {@link JsonValue} but for arrays, which are {@link List}, and objects, which
   *     are {@link Map}
   * @throws Refused when the stream holds anything but one well-formed object
   */
  static Map<String, Object> read(InputStream in) {
    try (var parser = Json.createParser(in)) {
      if (parser.next() != Event.START_OBJECT) {
        throw Refused.field("", "type", "must be a JSON object");
      }
      var fields = new JsonTree(parser).object("", 1);
      // looks at what follows, and throws if that is anything
      parser.hasNext();
      return fields;
    } catch (JsonException | IllegalStateException | NoSuchElementException e) {
      throw Refused.field("", "json", "is not well-formed JSON");
    }
  }

  private Map<String, Object> object(String path, int depth) {
    var fields = new LinkedHashMap<String, Object>();
    while (parser.next() == Event.KEY_NAME) {
      String name = path.isEmpty() ? parser.getString() : path + "." + parser.getString();
      String key = parser.getString();
      check(path, key);
      if (fields.put(key, value(parser.next(), name, depth + 1)) != null) {
        throw Refused.field(name, "repeated", "is given twice");
      }
    }
    return fields;
  }

  private List<Object> array(String path, int depth) {
    var items = new ArrayList<>();
    for (var event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
      items.add(value(event, path + "[" + items.size() + "]", depth + 1));
    }
    return items;
  }

  private static void check(String path, String text) {
    if (!Characters.sound(text)) {
      throw Refused.field(path, Characters.RULE, Characters.MESSAGE);
    }
  }

  private Object value(Event event, String path, int depth) {
    if (event != Event.START_ARRAY && event != Event.START_OBJECT) {
      var value = parser.getValue();
      if (value instanceof JsonString text) {
        check(path, text.getString());
      }
      return value;
    }
    if (depth > DEEPEST) {
      throw Refused.field(path.replaceAll("[.\\[].*", ""), "depth", "is nested too deeply");
    }
    return event == Event.START_ARRAY ? array(path, depth) : object(path, depth);
  }
}
