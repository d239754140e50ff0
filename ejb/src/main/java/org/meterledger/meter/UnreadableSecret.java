package org.meterledger.meter;

/** A stored secret that no master key opens. The message names the key's id, never the secret. */
public final class UnreadableSecret extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  public UnreadableSecret(String message, Throwable cause) {
    super(message, cause);
  }
}
