package org.meterledger.driver.dmed4;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.meterledger.driver.SettingsField;

/**
 * A row of parameters.csv.
 *
 * @param menu from 1; {@code number} likewise
 * @param words how many registers its value takes
 * @param withheld whether it may be the password, and is not told where it is that of the portal
 * @param choices by number; empty where it is no choice
 */
record Parameter(
    String name,
    Kind kind,
    int menu,
    int number,
    int words,
    boolean withheld,
    List<String> choices) {

  /** What the number of a parameter is. */
  enum Kind {
    NUMBER,
    CHOICE,
    /** Of IPv4, the first of its four bytes the highest. */
    ADDRESS
  }

  private static final int WORD = 16;
  private static final int LONGEST_ADDRESS = 15;
  private static final int BYTES = 4;
  private static final int BITS = 8;
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final String QUAD = OCTET + "(\\." + OCTET + "){3}";

  static Parameter of(Map<String, String> row) {
    var name = row.get("name");
    var choices = row.get("choices");
    return new Parameter(
        name,
        Kind.valueOf(row.get("kind").toUpperCase(Locale.ROOT)),
        Integer.parseInt(name.substring(1, 3)),
        Integer.parseInt(name.substring(4)),
        Integer.parseInt(row.get("words")),
        row.get("withheld").equals("yes"),
        choices.isEmpty() ? List.of() : List.of(choices.split(" ")));
  }

  SettingsField field() {
    switch (kind) {
      case CHOICE:
        return SettingsField.choice(name, choices);
      case ADDRESS:
        return SettingsField.text(name, LONGEST_ADDRESS, QUAD);
      default:
        var field = SettingsField.number(name, null, 0, most());
        return withheld ? field.optional() : field;
    }
  }

  private long most() {
    return choices.isEmpty() ? (1L << WORD * words) - 1 : choices.size() - 1;
  }

  /** Whether a number can be one of this parameter. */
  boolean holds(BigDecimal value) {
    return value.signum() >= 0
        && value.stripTrailingZeros().scale() <= 0
        && value.compareTo(BigDecimal.valueOf(most())) <= 0;
  }

  /** The number as people read it. */
  String text(long value) {
    switch (kind) {
      case CHOICE:
        return choices.get((int) value);
      case ADDRESS:
        return (value >> 24 & 0xff)
            + "."
            + (value >> 16 & 0xff)
            + "."
            + (value >> 8 & 0xff)
            + "."
            + (value & 0xff);
      default:
        return Long.toString(value);
    }
  }

  /**
   * @param text as {@link #text} gives it
   */
  long value(String text) {
    switch (kind) {
      case CHOICE:
        return choices.indexOf(text);
      case ADDRESS:
        var value = 0L;
        for (String part : text.split("\\.")) {
          value = value << BITS | Integer.parseInt(part);
        }
        return value;
      default:
        return new BigDecimal(text).longValueExact();
    }
  }

  /** One of the four bytes of an address. */
  static long part(long address, int place) {
    return address >> BITS * (BYTES - place) & 0xff;
  }
}
