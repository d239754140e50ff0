package org.meterledger.web.security;

import static jakarta.security.enterprise.identitystore.CredentialValidationResult.INVALID_RESULT;
import static jakarta.security.enterprise.identitystore.CredentialValidationResult.NOT_VALIDATED_RESULT;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import org.meterledger.user.Account;
import org.meterledger.user.ApiTokens;
import org.meterledger.user.Passwords;

/** Looks passwords and tokens up in the accounts of the portal. */
@ApplicationScoped
public class AccountStore implements IdentityStore {

  @Inject private Passwords passwords;
  @Inject private ApiTokens tokens;

  @Override
  public CredentialValidationResult validate(Credential credential) {
    if (credential instanceof SignInCredential form) {
      var outcome = passwords.check(form.name(), form.password(), form.address());
      form.decided(outcome);
      return outcome.succeeded() ? valid(outcome.account()) : INVALID_RESULT;
    }
    if (credential instanceof BearerCredential bearer) {
      return tokens.bearer(bearer.token()).map(AccountStore::valid).orElse(INVALID_RESULT);
    }
    return NOT_VALIDATED_RESULT;
  }

  private static CredentialValidationResult valid(Account account) {
    return new CredentialValidationResult(new AccountPrincipal(account), account.role().groups());
  }
}
