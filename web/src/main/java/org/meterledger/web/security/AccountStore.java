package org.meterledger.web.security;

import static jakarta.security.enterprise.identitystore.CredentialValidationResult.INVALID_RESULT;
import static jakarta.security.enterprise.identitystore.CredentialValidationResult.NOT_VALIDATED_RESULT;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import org.meterledger.access.Grants;
import org.meterledger.user.ApiTokens;
import org.meterledger.user.Passwords;
import org.meterledger.user.SecondFactors;
import org.meterledger.user.TokenScope;

/** Looks passwords, codes and tokens up in the accounts of the portal. */
@ApplicationScoped
public class AccountStore implements IdentityStore {

  @Inject private Passwords passwords;
  @Inject private SecondFactors factors;
  @Inject private ApiTokens tokens;
  @Inject private Grants grants;

  @Override
  public CredentialValidationResult validate(Credential credential) {
    if (credential instanceof SignInCredential form) {
      form.decided(form.check(passwords, factors));
      var outcome = form.outcome();
      return form.complete()
          ? valid(new ApiTokens.Bearer(outcome.account(), null, TokenScope.ALL))
          : INVALID_RESULT;
    }
    if (credential instanceof BearerCredential bearer) {
      return tokens.bearer(bearer.token()).map(this::valid).orElse(INVALID_RESULT);
    }
    return NOT_VALIDATED_RESULT;
  }

  private CredentialValidationResult valid(ApiTokens.Bearer bearer) {
    var account = bearer.account();
    var privileges = bearer.scope().of(grants.privileges(account.id()));
    var caller = new AccountPrincipal(account, privileges, bearer.tokenId(), 0);
    return new CredentialValidationResult(caller, caller.containerRoles());
  }
}
