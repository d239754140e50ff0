package org.meterledger.web.api;

/** Which characters a text may hold: those of XML 1.0, for parts of pages travel in it. */
public final class Characters {

  /** What is said of a text that holds others. */
  static final String RULE = "characters";

  static final String MESSAGE = "holds a control character or half of a character";

  private Characters() {}

  /**
   * Whether a text has none of the control characters but tab and line ends, no half of a surrogate
   * pair and nothing else that is no character. The database keeps no NUL, and no half.
   */
  public static boolean sound(String text) {
    return text.codePoints().allMatch(Characters::sound);
  }

  /** The text without what makes it unsound. */
  public static String soundPart(String text) {
    return text.codePoints()
        .filter(Characters::sound)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean sound(int character) {
    return character >= ' ' && character < Character.MIN_SURROGATE
        || character == '\t'
        || character == '\n'
        || character == '\r'
        || character > Character.MAX_SURROGATE && character != 0xFFFE && character != 0xFFFF;
  }
}
