package org.meterledger.simulators.g13;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A meter's type designation, for example {@code A44 512-100} (annex 1, p. 243 and 244).
 *
 * @param text as the meter shows it
 * @param phases 1 or 3
 * @param indirect whether it is connected through transformers
 */
record Label(String text, int phases, boolean indirect, Level level) {
  private static final Pattern FORM =
      Pattern.compile("[A-Z][0-9]([1-4]) ([0-5])[0-9]{2}-[0-9]{2}[0-9A]");

  /**
   * Reads a designation.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Label of(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("Not a meter's label: " + text);
    }
    int phase = Integer.parseInt(parts.group(1));
    Level level = Level.values()[Integer.parseInt(parts.group(2))];
    return new Label(text, phase <= 2 ? 1 : 3, phase % 2 == 0, level);
  }

  boolean can(Level.Function function) {
    return level.compareTo(function.from) >= 0;
  }
}
