package org.meterledger.driver.meterextension;

import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a body as the JSON object that a box answers with. */
final class BoxAnswer {

  static final String ID = "id";
  static final String ERROR = "error";
  static final String RESULT = "result";

  /** The box spells it so (manual 3.2.1). */
  static final String UNKNOWN_COMMAND = "unkown_cmd";

  private static final int DEEPEST = 12;
  private static final int LONGEST_VALUE = 200;

  /**
   * The one answer that is no JSON, for {@code result} has no value in it (manual 3.2.1). Nothing
   * else is mended.
   */
  private static final Pattern UNKNOWN =
      Pattern.compile(
          "\\s*\\{\\s*\"error\"\\s*:\\s*\"unkown_cmd\"\\s*,\\s*\"result\"\\s*"
              + "(?:,\\s*\"id\"\\s*:\\s*\"([^\"\\\\]{0,40})\"\\s*)?}\\s*");

  /** Of two members of the same name one would be lost without a word. */
  private static final JsonReaderFactory READERS =
      Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

  private BoxAnswer() {}

  /** Empty where it is no JSON object, or nested deeper than any answer (the parser recurses). */
  static Optional<JsonObject> parse(byte[] body) {
    var text = utf8(body);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    var unknown = UNKNOWN.matcher(text.get());
    if (unknown.matches()) {
      var mended = Json.createObjectBuilder().add(ERROR, UNKNOWN_COMMAND);
      if (unknown.group(1) != null) {
        mended.add(ID, unknown.group(1));
      }
      return Optional.of(mended.build());
    }
    return tooDeep(text.get()) ? Optional.empty() : object(text.get());
  }

  private static Optional<JsonObject> object(String text) {
    try (var reader = READERS.createReader(new StringReader(text))) {
      return reader.read() instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    } catch (JsonException
        | IllegalStateException
        | UnsupportedOperationException
        | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Empty where the bytes are none: what was replaced would be silently changed. */
  static Optional<String> utf8(byte[] body) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static boolean tooDeep(String text) {
    var depth = 0;
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      if (depth > DEEPEST) {
        return true;
      }
    }
    return false;
  }

  /**
   * A plain value as text, for the box prints numbers as strings; at most 200 characters. Empty for
   * none, for null, for a structure and for more than that.
   */
  static Optional<String> text(JsonObject object, String key) {
    JsonValue value = object.get(key);
    if (value == null || value == JsonValue.NULL || value instanceof JsonStructure) {
      return Optional.empty();
    }
    var text =
        value instanceof JsonString string
            ? string.getString()
            : value instanceof JsonNumber number ? number.toString() : value.toString();
    return text.length() > LONGEST_VALUE ? Optional.empty() : Optional.of(printable(text).strip());
  }

  /** Fit to be stored and shown: a database takes no NUL in a text. */
  static String printable(String text) {
    var clean = new StringBuilder(text);
    for (int i = 0; i < clean.length(); i++) {
      var c = clean.charAt(i);
      if (Character.isISOControl(c) && c != '\t' || Character.isSurrogate(c)) {
        clean.setCharAt(i, '\uFFFD');
      }
    }
    return clean.toString();
  }
}
