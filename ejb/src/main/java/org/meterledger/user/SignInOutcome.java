package org.meterledger.user;

import java.time.Instant;

/**
 * What came of a name and a password, or of a code.
 *
 * @param account null when they were wrong or not looked at
 * @param blockedUntil when the next attempt will be looked at; null unless this one was not
 */
public record SignInOutcome(Account account, Instant blockedUntil) {

  static final SignInOutcome WRONG = new SignInOutcome(null, null);

  public boolean succeeded() {
    return account != null;
  }

  /** Whether it was not looked at because too many failed before. */
  public boolean throttled() {
    return blockedUntil != null;
  }
}
