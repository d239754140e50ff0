package org.meterledger.driver;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Why a meter did not give what was asked of it. Expected in operation, hence a value.
 *
 * @param kind what a program decides by
 * @param detail one plain sentence in English for a person; names address and cause, no secret
 * @param answer the answer that it is about, for those who support the device: at most {@value
 *     #LONGEST_ANSWER} bytes in UTF-8, {@link Secrets} masked; null where there is none
 */
public record Fault(Kind kind, String detail, String answer) {

  public static final int LONGEST_ANSWER = 4096;

  private static final int LONGEST_DETAIL = 2000;

  /** What cannot be printed is spelled out, for a database takes no NUL in a text. */
  public Fault {
    detail = printable(detail, LONGEST_DETAIL);
    answer = answer == null ? null : printable(answer, LONGEST_ANSWER);
  }

  public Fault(Kind kind, String detail) {
    this(kind, detail, null);
  }

  private static String printable(String text, int longest) {
    var clean = new StringBuilder();
    var left = longest;
    for (int at = 0; at < text.length() && left > 0; ) {
      var character = text.codePointAt(at);
      at += Character.charCount(character);
      var shown = shown(character);
      left -= shown.getBytes(StandardCharsets.UTF_8).length;
      clean.append(left < 0 ? "" : shown);
    }
    return clean.toString();
  }

  private static String shown(int character) {
    var control = Character.isISOControl(character) && character != '\n' && character != '\t';
    return control
        ? "\\x%02x".formatted(character)
        : Character.getType(character) == Character.SURROGATE
            ? "\uFFFD"
            : Character.toString(character);
  }

  /** Closed list; {@link #retryable()} says whether asking again can help. */
  public enum Kind {
    /** Nobody listens at the address, or the name is unknown. */
    UNREACHABLE(true),
    /** Somebody listens, no answer in time. */
    TIMEOUT(true),
    /** The meter said to come back later, or speaks with somebody else. */
    BUSY(true),
    /** An answer that breaks the protocol: cut, garbage, server error. */
    PROTOCOL(true),
    /** Wrong or missing password. */
    ACCESS_DENIED(false),
    /** This meter does not have what was asked for. */
    UNSUPPORTED(false),
    /** A well-formed answer of something that is not this kind of meter, or redirects elsewhere. */
    INVALID_DATA(false),
    /** What was to be changed is not any more as it was when somebody decided so. */
    CHANGED_MEANWHILE(false),
    /** The meter holds what it held before, whatever it answered. */
    NOT_TAKEN(false),
    /** Of several things that were sent together the meter took some. */
    PARTLY_TAKEN(false),
    /** Nobody knows whether the meter took what was sent. */
    UNCONFIRMED(false);

    /** What says nothing of how the meter can be reached. */
    private static final Set<Kind> OF_THE_REQUEST =
        Set.of(UNSUPPORTED, CHANGED_MEANWHILE, NOT_TAKEN, PARTLY_TAKEN, UNCONFIRMED);

    private final boolean retryable;

    Kind(boolean retryable) {
      this.retryable = retryable;
    }

    /** Whether it tells how the meter can be reached, and not only how one request went. */
    public boolean ofContact() {
      return !OF_THE_REQUEST.contains(this);
    }

    public boolean retryable() {
      return retryable;
    }
  }
}
