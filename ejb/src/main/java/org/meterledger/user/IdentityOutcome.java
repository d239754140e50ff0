package org.meterledger.user;

/**
 * What came of an identity that wants to come in.
 *
 * @param account null when it may not
 * @param refusal null when it may
 */
public record IdentityOutcome(Account account, Refusal refusal) {

  /** Why not. The names are keys of the message bundles. */
  public enum Refusal {
    /** None of its claims gives anything here. */
    NO_ROLE,
    /** Its name is that of an account which its owner has not linked. */
    NAME_TAKEN,
    /** It goes by no name that an account can have. */
    NAME_FORM,
    /** The account is disabled or locked. */
    CLOSED
  }

  static IdentityOutcome of(Account account) {
    return new IdentityOutcome(account, null);
  }

  static IdentityOutcome refused(Refusal refusal) {
    return new IdentityOutcome(null, refusal);
  }

  public boolean succeeded() {
    return account != null;
  }
}
