package org.meterledger.web.security;

import jakarta.security.enterprise.CallerPrincipal;
import org.meterledger.access.Privileges;
import org.meterledger.user.Account;

/** A signed-in account as the container knows it: by its name. */
final class AccountPrincipal extends CallerPrincipal {

  private static final long serialVersionUID = 1L;

  private final Account account;
  private final Privileges privileges;
  private final Integer tokenId;
  private final long webSession;

  /**
   * @param tokenId of the API token it came with, null for none
   * @param webSession number of the session it came with, 0 for none
   */
  AccountPrincipal(Account account, Privileges privileges, Integer tokenId, long webSession) {
    super(account.name());
    this.account = account;
    this.privileges = privileges;
    this.tokenId = tokenId;
    this.webSession = webSession;
  }

  Privileges privileges() {
    return privileges;
  }

  Integer tokenId() {
    return tokenId;
  }

  long webSession() {
    return webSession;
  }

  Account account() {
    return account;
  }
}
