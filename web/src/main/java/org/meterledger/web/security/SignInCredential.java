package org.meterledger.web.security;

import jakarta.security.enterprise.credential.AbstractClearableCredential;
import org.meterledger.user.PasswordPassed;
import org.meterledger.user.Passwords;
import org.meterledger.user.SecondFactors;
import org.meterledger.user.SignInOutcome;

/** What one step of the form brought, and what came of it. */
final class SignInCredential extends AbstractClearableCredential {

  private final String name;
  private final PasswordPassed passed;
  private final String address;
  private String secret;
  private SignInOutcome outcome;

  private SignInCredential(String name, PasswordPassed passed, String secret, String address) {
    this.name = name;
    this.passed = passed;
    this.secret = secret;
    this.address = address;
  }

  /**
   * The first step.
   *
   * @param address of the client, as a literal
   */
  static SignInCredential password(String name, String password, String address) {
    return new SignInCredential(name, null, password, address);
  }

  /** The second step, for accounts with a second factor. */
  static SignInCredential code(PasswordPassed passed, String code, String address) {
    return new SignInCredential(passed.name(), passed, code, address);
  }

  SignInOutcome check(Passwords passwords, SecondFactors factors) {
    return passed == null
        ? passwords.check(name, secret, address)
        : factors.check(passed, secret, address);
  }

  /** Null until the store has looked. */
  SignInOutcome outcome() {
    return outcome;
  }

  void decided(SignInOutcome outcome) {
    this.outcome = outcome;
  }

  /** Whether a code was asked for. */
  boolean second() {
    return passed != null;
  }

  /** Whether all was right that is asked for. */
  boolean complete() {
    return outcome.succeeded() && (second() || !outcome.account().secondFactor());
  }

  /** Whether the password was right and a code is asked for. */
  boolean halfWay() {
    return outcome != null && outcome.succeeded() && !complete();
  }

  @Override
  protected void clearCredential() {
    secret = null;
  }
}
