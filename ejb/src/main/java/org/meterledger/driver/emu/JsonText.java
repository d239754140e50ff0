package org.meterledger.driver.emu;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.http.Answer;

/** Reads the meter's two JSON documents. */
final class JsonText {

  /** Both documents take less than 4 kB (manual p. 7 to 9). */
  static final int LARGEST = 64 << 10;

  private static final int DEEPEST = 20;
  private static final int LONGEST_VALUE = 200;

  /** What can be taken as a number without giving it memory that a meter chooses. */
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,6})?");

  private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

  private JsonText() {}

  /** The object in an answer; {@code what} is its address, for the sentence. */
  static ReadResult<JsonObject> object(Answer answer, String what) {
    if (!answer.complete()) {
      return new ReadResult.Failed<>(answer.fault());
    }
    if (answer.html()) {
      return ReadResult.failed(Kind.INVALID_DATA, what + " is a web page, not a meter's answer");
    }
    var text = new String(answer.body(), StandardCharsets.UTF_8);
    try (var reader = READERS.createReader(new StringReader(text))) {
      // The parser recurses as deep as the text says.
      var found = tooDeep(text) ? null : reader.read();
      return found instanceof JsonObject object
          ? ReadResult.complete(object)
          : new ReadResult.Failed<>(broken(what, found));
    } catch (JsonException | UnsupportedOperationException | NumberFormatException e) {
      return new ReadResult.Failed<>(broken(what, null));
    }
  }

  private static Fault broken(String what, JsonStructure found) {
    return found == null
        ? new Fault(Kind.PROTOCOL, what + " is not JSON")
        : new Fault(Kind.INVALID_DATA, what + " is JSON, but not of this kind of meter");
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
   * A plain value as text, at most 200 characters; empty for none, for null, and for a structure.
   */
  static Optional<String> text(JsonObject object, String key) {
    var value = object.get(key);
    if (value == null || value == JsonValue.NULL || value instanceof JsonStructure) {
      return Optional.empty();
    }
    var text = value instanceof JsonString string ? string.getString() : plain(value);
    return Optional.of(
        Printable.of(text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) : text));
  }

  private static String plain(JsonValue value) {
    return value instanceof JsonNumber number ? number.toString() : value.toString();
  }

  /** A number, printed as number or as string; empty where it is neither. */
  static Optional<BigDecimal> number(JsonObject object, String key) {
    return text(object, key)
        .map(String::strip)
        .filter(text -> NUMBER.matcher(text).matches())
        .map(BigDecimal::new);
  }

  /** Seconds since 1970; empty for 0, by which the meter says that it does not know. */
  static Optional<Instant> time(JsonObject object, String key) {
    return number(object, key)
        .filter(number -> number.signum() > 0 && number.scale() == 0 && number.precision() < 12)
        .map(number -> Instant.ofEpochSecond(number.longValueExact()));
  }
}
