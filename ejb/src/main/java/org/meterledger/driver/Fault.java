package org.meterledger.driver;

/**
 * Why a meter did not give what was asked of it. Expected in operation, hence a value.
 *
 * @param kind what a program decides by
 * @param detail one plain sentence in English for a person; names address and cause, no secret
 * @param answer the answer that it is about, for those who support the device: printable, at most
 *     {@value #LONGEST_ANSWER} characters, secrets masked; null where there is none
 */
public record Fault(Kind kind, String detail, String answer) {

  public static final int LONGEST_ANSWER = 4096;

  public Fault(Kind kind, String detail) {
    this(kind, detail, null);
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
    /** Sent, and nobody knows whether it was done: it could not be read back. */
    UNCONFIRMED(false),
    /** Sent, and not done: read back, the meter is not as it was told to be. */
    NOT_DONE(false);

    private final boolean retryable;

    Kind(boolean retryable) {
      this.retryable = retryable;
    }

    public boolean retryable() {
      return retryable;
    }
  }
}
