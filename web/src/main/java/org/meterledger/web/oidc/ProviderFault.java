package org.meterledger.web.oidc;

/** Why somebody did not come in by the identity provider. */
public class ProviderFault extends Exception {

  private static final long serialVersionUID = 1L;

  /** The names are keys of the message bundles. */
  public enum Kind {
    /** It does not answer, or not in time. */
    UNREACHABLE,
    /** It, or the person at its page, said no. */
    REFUSED,
    /** What came proves nothing: not what was asked for, forged, changed or used already. */
    INVALID,
    /** It was not begun in this browser, or too long ago. */
    LATE
  }

  private final Kind kind;

  public ProviderFault(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public ProviderFault(Kind kind, String message) {
    this(kind, message, null);
  }

  public Kind kind() {
    return kind;
  }
}
