package org.meterledger.driver;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One value of a part of the settings. It is shown, kept and told to whoever sees the device, so a
 * secret is none.
 *
 * @param name in camel case; the portal has words for it
 * @param unit in which numbers are; null without
 * @param required whether it must be there; a value that is not required may be null or absent
 * @param least of a number; null for no limit, likewise {@code most}
 * @param decimals that a number may have
 * @param longest most characters of a text
 * @param pattern that a text fits as a whole; null for any
 * @param choices values of a choice; empty where the device tells them when it is read
 * @param moves whether it changes by itself, as the time of a clock does
 */
public record SettingsField(
    String name,
    Type type,
    String unit,
    boolean required,
    BigDecimal least,
    BigDecimal most,
    int decimals,
    int longest,
    String pattern,
    List<String> choices,
    boolean moves) {

  /** What a value is, in JSON. */
  public enum Type {
    /** A number. */
    NUMBER,
    /** A string. */
    TEXT,
    /** True or false. */
    FLAG,
    /** A string, one of {@link SettingsField#choices()}. */
    CHOICE,
    /** A string as 2026-11-21T13:45:00: local time of the device. */
    LOCAL_TIME
  }

  public SettingsField {
    choices = List.copyOf(choices);
  }

  public static SettingsField number(String name, String unit, long least, long most) {
    return decimal(name, unit, BigDecimal.valueOf(least), BigDecimal.valueOf(most), 0);
  }

  public static SettingsField decimal(
      String name, String unit, BigDecimal least, BigDecimal most, int decimals) {
    return new SettingsField(
        name, Type.NUMBER, unit, true, least, most, decimals, 0, null, List.of(), false);
  }

  public static SettingsField text(String name, int longest, String pattern) {
    return new SettingsField(
        name, Type.TEXT, null, true, null, null, 0, longest, pattern, List.of(), false);
  }

  public static SettingsField flag(String name) {
    return new SettingsField(name, Type.FLAG, null, true, null, null, 0, 0, null, List.of(), false);
  }

  public static SettingsField choice(String name, List<String> choices) {
    return new SettingsField(name, Type.CHOICE, null, true, null, null, 0, 0, null, choices, false);
  }

  public static SettingsField localTime(String name) {
    return new SettingsField(
        name, Type.LOCAL_TIME, null, true, null, null, 0, 0, null, List.of(), false);
  }

  /** The same, but it may be left out. */
  public SettingsField optional() {
    return new SettingsField(
        name, type, unit, false, least, most, decimals, longest, pattern, choices, moves);
  }

  /** The same, but it changes by itself, so that it is never read as it was sent. */
  public SettingsField moving() {
    return new SettingsField(
        name, type, unit, required, least, most, decimals, longest, pattern, choices, true);
  }

  /** The same in a unit. */
  public SettingsField in(String otherUnit) {
    return new SettingsField(
        name, type, otherUnit, required, least, most, decimals, longest, pattern, choices, moves);
  }

  /**
   * @param path where it stands
   * @throws InvalidSetting when the value breaks a rule
   */
  void check(JsonValue value, String path) {
    switch (type) {
      case NUMBER -> checkNumber(value, path);
      case TEXT -> checkText(value, path);
      case FLAG -> {
        if (value != JsonValue.TRUE && value != JsonValue.FALSE) {
          throw new InvalidSetting(path, "type", name + " is true or false");
        }
      }
      case CHOICE -> {
        if (!(value instanceof JsonString text)
            || !choices.isEmpty() && !choices.contains(text.getString())) {
          throw new InvalidSetting(path, "choice", name + " is one of " + choices);
        }
      }
      default -> checkTime(value, path);
    }
  }

  private void checkNumber(JsonValue value, String path) {
    if (!(value instanceof JsonNumber number)) {
      throw new InvalidSetting(path, "type", name + " is a number");
    }
    BigDecimal given = number.bigDecimalValue();
    // an exponent of a billion is a short text and a long number
    boolean sane = given.precision() <= 30 && Math.abs((long) given.scale()) <= 30;
    if (!sane
        || least != null && given.compareTo(least) < 0
        || most != null && given.compareTo(most) > 0) {
      throw new InvalidSetting(
          path, "range", "%s is from %s to %s".formatted(name, told(least), told(most)));
    }
    if (given.stripTrailingZeros().scale() > decimals) {
      throw new InvalidSetting(
          path,
          "decimals",
          decimals == 0
              ? name + " is a whole number"
              : "%s has at most %d decimals".formatted(name, decimals));
    }
  }

  private static String told(BigDecimal limit) {
    return limit == null ? "any" : limit.toPlainString();
  }

  private void checkText(JsonValue value, String path) {
    if (!(value instanceof JsonString text) || text.getString().length() > longest) {
      throw new InvalidSetting(
          path, "length", "%s has at most %d characters".formatted(name, longest));
    }
    if (pattern != null && !Pattern.matches(pattern, text.getString())) {
      throw new InvalidSetting(path, "pattern", name + " has not the form that is asked");
    }
  }

  private void checkTime(JsonValue value, String path) {
    try {
      LocalDateTime.parse(value instanceof JsonString text ? text.getString() : "");
    } catch (DateTimeParseException e) {
      throw new InvalidSetting(path, "type", name + " is a time like 2026-11-21T13:45:00");
    }
  }
}
