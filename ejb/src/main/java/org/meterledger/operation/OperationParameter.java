package org.meterledger.operation;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * Something that may be given along with an operation.
 *
 * @param choices what is allowed, for {@link Type#CHOICE}; else empty
 * @param least for {@link Type#NUMBER}
 * @param most for {@link Type#NUMBER}; of a {@link Type#TEXT} or {@link Type#SECRET} the most
 *     characters
 */
public record OperationParameter(
    String name, Type type, boolean required, List<String> choices, long least, long most) {

  /** What a value must be. */
  public enum Type {
    /** A point in time, in JSON as 2026-11-21T00:00:00Z. */
    TIME,
    /** One of {@link OperationParameter#choices()}. */
    CHOICE,
    /** A whole number within {@link OperationParameter#least()} and most. */
    NUMBER,
    /** Not blank, and not longer than {@link OperationParameter#most()}. */
    TEXT,
    /** As {@link #TEXT}, but never shown again: kept encrypted, and only while it is needed. */
    SECRET,
    /** A JSON object, which the kind checks. No form is made for it by itself. */
    OBJECT
  }

  public static OperationParameter time(String name, boolean required) {
    return new OperationParameter(name, Type.TIME, required, List.of(), 0, 0);
  }

  public static OperationParameter choice(String name, boolean required, List<String> choices) {
    return new OperationParameter(name, Type.CHOICE, required, List.copyOf(choices), 0, 0);
  }

  public static OperationParameter text(String name, boolean required, int longest) {
    return new OperationParameter(name, Type.TEXT, required, List.of(), 1, longest);
  }

  public static OperationParameter secret(String name, boolean required, int longest) {
    return new OperationParameter(name, Type.SECRET, required, List.of(), 1, longest);
  }

  public static OperationParameter object(String name, boolean required) {
    return new OperationParameter(name, Type.OBJECT, required, List.of(), 0, 0);
  }

  /** What this one and another of the same name both allow. */
  OperationParameter narrowedBy(OperationParameter other) {
    return new OperationParameter(
        name,
        type,
        required || other.required,
        choices.stream().filter(other.choices::contains).toList(),
        Math.max(least, other.least),
        Math.min(most, other.most));
  }

  /**
   * @throws InvalidOperation when the value breaks a rule
   */
  void check(JsonValue value) {
    switch (type) {
      case TIME:
        checkTime(value);
        break;
      case CHOICE:
        if (!(value instanceof JsonString text) || !choices.contains(text.getString())) {
          throw invalid("unknown", name + " is one of " + choices);
        }
        break;
      case TEXT, SECRET:
        if (!(value instanceof JsonString text)
            || text.getString().isBlank()
            || text.getString().length() > most) {
          throw invalid("length", name + " is a text of 1 to " + most + " characters");
        }
        break;
      case OBJECT:
        if (value.getValueType() != JsonValue.ValueType.OBJECT) {
          throw invalid("type", name + " is a JSON object");
        }
        break;
      default:
        if (!(value instanceof JsonNumber number)
            || !number.isIntegral()
            || number.bigDecimalValue().compareTo(java.math.BigDecimal.valueOf(least)) < 0
            || number.bigDecimalValue().compareTo(java.math.BigDecimal.valueOf(most)) > 0) {
          throw invalid("range", name + " is a whole number from " + least + " to " + most);
        }
    }
  }

  private void checkTime(JsonValue value) {
    try {
      Instant.parse(value instanceof JsonString text ? text.getString() : "");
    } catch (DateTimeParseException e) {
      throw invalid("type", name + " is a time like 2026-11-21T00:00:00Z");
    }
  }

  private InvalidOperation invalid(String rule, String message) {
    return new InvalidOperation("parameters." + name, rule, message);
  }
}
