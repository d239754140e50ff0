package org.meterledger.web.security;

import jakarta.security.enterprise.credential.AbstractClearableCredential;
import org.meterledger.user.SignInOutcome;

/** What the form brought, and what came of it. */
final class SignInCredential extends AbstractClearableCredential {

  private final String name;
  private final String address;
  private String password;
  private SignInOutcome outcome;

  /**
   * @param address of the client, as a literal
   */
  SignInCredential(String name, String password, String address) {
    this.name = name;
    this.password = password;
    this.address = address;
  }

  String name() {
    return name;
  }

  String password() {
    return password;
  }

  String address() {
    return address;
  }

  /** Null until the store has looked. */
  SignInOutcome outcome() {
    return outcome;
  }

  void decided(SignInOutcome outcome) {
    this.outcome = outcome;
  }

  @Override
  protected void clearCredential() {
    password = null;
  }
}
