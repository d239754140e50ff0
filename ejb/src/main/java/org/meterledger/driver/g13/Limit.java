package org.meterledger.driver.g13;

import java.util.regex.Pattern;

/**
 * The limits of the manual, checked before anything is sent. A broken one is an {@link
 * IllegalArgumentException} whose message names the rule in a sentence for a person.
 */
final class Limit {

  static final int SERIAL = 17;
  static final int ALIAS = 21;
  static final int LOCATION = 51;
  static final int PROFILE_NAME = 30;
  static final Pattern USER = Pattern.compile("[a-z0-9]+");

  private static final Pattern SERIALS = Pattern.compile("[A-Za-z0-9_-]{1," + SERIAL + "}");

  private Limit() {}

  static void rule(boolean kept, String sentence) {
    if (!kept) {
      throw new IllegalArgumentException(sentence);
    }
  }

  static void range(String what, long value, long least, long most) {
    rule(
        value >= least && value <= most,
        "%s is from %d to %d, not %d".formatted(what, least, most, value));
  }

  /** A text of 1 to {@code longest} characters. */
  static void length(String what, String text, int longest) {
    rule(
        text != null && !text.isBlank() && text.length() <= longest,
        "%s has 1 to %d characters".formatted(what, longest));
  }

  /** A serial number; it stands in addresses, so it holds nothing that means something there. */
  static String serial(String serial) {
    rule(
        serial != null && SERIALS.matcher(serial).matches(),
        "A serial number has 1 to 17 letters, digits, - and _");
    return serial;
  }

  static String user(String name) {
    rule(
        name != null && USER.matcher(name).matches(),
        "A user name has only lower-case letters a to z and digits");
    return name;
  }
}
