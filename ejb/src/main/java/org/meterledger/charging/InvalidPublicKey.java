package org.meterledger.charging;

import java.util.Objects;

/** A text is no public key that a record can be verified with. Checked, for people type keys. */
public class InvalidPublicKey extends Exception {

  private static final long serialVersionUID = 1L;

  /** The rule that the text breaks. */
  public enum Rule {
    /** Nothing but blanks. */
    EMPTY,
    /** Longer than any key. */
    TOO_LONG,
    /** Neither hexadecimal digits in pairs nor base64. */
    NO_BYTES,
    /** The bytes are no SubjectPublicKeyInfo, and no point of 64 or 65 bytes either. */
    NO_KEY,
    /** Not a key of an elliptic curve: RSA, say. */
    NO_EC_KEY,
    /** A point alone whose length does not decide the curve. */
    CURVE_NOT_TOLD,
    /** Of a curve that the format does not know, or with the curve's parameters spelled out. */
    UNKNOWN_CURVE,
    /** The point does not lie on the curve. */
    NOT_ON_CURVE
  }

  private final Rule rule;

  /**
   * @param message one plain sentence in English that tells the rule
   */
  InvalidPublicKey(Rule rule, String message) {
    super(message);
    this.rule = Objects.requireNonNull(rule);
  }

  public Rule rule() {
    return rule;
  }
}
