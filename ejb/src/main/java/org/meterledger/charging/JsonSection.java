package org.meterledger.charging;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.meterledger.charging.NotOcmf.Rule;

/**
 * Reads a section as a JSON object. Numbers keep the digits that were written; a name that stands
 * twice is refused.
 */
final class JsonSection {

  static final int DEEPEST = 8;

  /** As it is told to people; names of the format have two or three letters. */
  private static final int LONGEST_NAME = 40;

  private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

  /** A number as it was written. */
  record Digits(String text) {}

  /** A value and where it ends in the whole text. */
  record Value(Object content, int position) {}

  private final JsonParser parser;
  private final int offset;
  private final int end;

  private JsonSection(String section, int offset) {
    this.parser = PARSERS.createParser(new StringReader(section));
    this.offset = offset;
    this.end = offset + section.length();
  }

  /**
   * @param offset of the section in the whole text
   * @return by name: a {@link String}, {@link Digits}, {@link Boolean}, null, {@code List<Value>}
   *     or {@code Map<String, Value>}
   * @throws NotOcmf where it is no JSON object of which each name stands once
   */
  static Map<String, Value> parse(String section, int offset) throws NotOcmf {
    var reader = new JsonSection(section, offset);
    try (reader.parser) {
      if (reader.parser.next() != Event.START_OBJECT) {
        throw new NotOcmf(Rule.NO_JSON, "", offset, "A section must be a JSON object");
      }
      var members = reader.members("", 1);
      if (reader.parser.hasNext()) {
        throw reader.noJson(null);
      }
      return members;
    } catch (JsonException | NoSuchElementException | IllegalStateException e) {
      throw reader.noJson(e);
    }
  }

  private NotOcmf noJson(RuntimeException cause) {
    var at =
        cause instanceof JsonParsingException parsing
            ? position(parsing.getLocation())
            : position();
    var notOcmf = new NotOcmf(Rule.NO_JSON, "", at, "The section is not written in JSON");
    notOcmf.initCause(cause);
    return notOcmf;
  }

  private int position() {
    return position(parser.getLocation());
  }

  /** A parser that looks ahead may stand behind the end, or not know where it stands. */
  private int position(JsonLocation location) {
    return (int) Math.max(offset, Math.min(end, offset + location.getStreamOffset()));
  }

  private Map<String, Value> members(String path, int depth) throws NotOcmf {
    var members = new LinkedHashMap<String, Value>();
    while (parser.next() != Event.END_OBJECT) {
      var name = parser.getString();
      var shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
      var field = path.isEmpty() ? shown : path + "." + shown;
      if (members.containsKey(name)) {
        throw new NotOcmf(
            Rule.DUPLICATE_NAME, field, position(), "The name " + shown + " stands twice");
      }
      members.put(name, value(parser.next(), field, depth));
    }
    return members;
  }

  private List<Value> elements(String path, int depth) throws NotOcmf {
    var elements = new ArrayList<Value>();
    for (var event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
      elements.add(value(event, path + "[" + elements.size() + "]", depth));
    }
    return elements;
  }

  private Value value(Event event, String field, int depth) throws NotOcmf {
    if ((event == Event.START_OBJECT || event == Event.START_ARRAY) && depth == DEEPEST) {
      throw new NotOcmf(
          Rule.TOO_DEEP, field, position(), "A record is nested at most " + DEEPEST + " deep");
    }
    switch (event) {
      case START_OBJECT:
        return new Value(members(field, depth + 1), position());
      case START_ARRAY:
        return new Value(elements(field, depth + 1), position());
      case VALUE_STRING:
        return new Value(parser.getString(), position());
      case VALUE_NUMBER:
        return new Value(new Digits(parser.getString()), position());
      case VALUE_TRUE:
        return new Value(true, position());
      case VALUE_FALSE:
        return new Value(false, position());
      default:
        return new Value(null, position());
    }
  }
}
