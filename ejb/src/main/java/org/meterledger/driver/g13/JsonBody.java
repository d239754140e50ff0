package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonStructure;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;

/** Reads a body as JSON, and what is whole of one that was cut. */
final class JsonBody {

  private static final int DEEPEST = 20;

  /** Of two members of the same name one would be lost without a word. */
  private static final JsonReaderFactory READERS =
      Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

  private JsonBody() {}

  /** Empty where it is no JSON, or nested deeper than any answer (the parser recurses). */
  static Optional<JsonStructure> parse(byte[] body) {
    return parse(new String(body, StandardCharsets.UTF_8));
  }

  private static Optional<JsonStructure> parse(String text) {
    try (var reader = READERS.createReader(new StringReader(text))) {
      return tooDeep(text) ? Optional.empty() : Optional.of(reader.read());
    } catch (JsonException
        | IllegalStateException
        | UnsupportedOperationException
        | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * The elements that came whole before a cut: the text up to the last one of the list that stands
   * at depth 2, with what was open closed.
   */
  static Optional<JsonStructure> mended(byte[] body) {
    var text = new String(body, StandardCharsets.UTF_8);
    var open = new ArrayDeque<Character>();
    var quoted = false;
    var end = -1;
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (quoted) {
        i += c == '\\' ? 1 : 0;
        quoted = c != '"';
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{' || c == '[') {
        open.push(c);
      } else if ((c == '}' || c == ']') && !open.isEmpty()) {
        open.pop();
        end = open.size() == 2 && open.peek() == '[' ? i : end;
      }
    }
    return end < 0 ? Optional.empty() : parse(text.substring(0, end + 1) + "]}");
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
}
