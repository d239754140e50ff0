package org.meterledger.user;

import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A person or program that may come in.
 *
 * @param id never used again
 * @param name as it was written, unique without regard to case
 * @param language IETF tag; null for what the browser asks
 * @param theme null for what the system is set to
 * @param timeZone null for that of the portal
 * @param enabled a disabled account is kept for the trail, but neither signs in nor holds tokens
 * @param lock null unless an administrator has locked it; a locked one is out like a disabled one
 * @param secondFactor whether it has one
 * @param secondFactorRequired whether one of its roles demands one
 * @param version grows with each change
 * @param passwordChangedAt null while it has no password
 * @param identity whether it can come in by the identity provider
 */
public record Account(
    int id,
    String name,
    String language,
    Theme theme,
    ZoneId timeZone,
    boolean enabled,
    Lock lock,
    boolean secondFactor,
    boolean secondFactorRequired,
    int version,
    Instant createdAt,
    Instant passwordChangedAt,
    Identity identity)
    implements Serializable {

  /**
   * What an administrator has closed for the time being.
   *
   * @param reason in the administrator's words
   */
  public record Lock(Instant at, String reason) implements Serializable {}

  /** How an account belongs to an identity of the provider. */
  public enum Identity {
    /** Not at all. */
    NONE,
    /** Its owner has linked them; administrators give the grants. */
    LINKED,
    /** Made when the identity first came; its grants are those of its claims. */
    MANAGED
  }

  /** Neither disabled nor locked. */
  public boolean open() {
    return enabled && lock == null;
  }

  /** Whether it may do nothing before it has set up a second factor. */
  public boolean confined() {
    return secondFactorRequired && !secondFactor;
  }

  public boolean hasPassword() {
    return passwordChangedAt != null;
  }

  /** The same where a second factor was asked for elsewhere. */
  public Account proven() {
    return new Account(
        id,
        name,
        language,
        theme,
        timeZone,
        enabled,
        lock,
        secondFactor,
        false,
        version,
        createdAt,
        passwordChangedAt,
        identity);
  }
}
