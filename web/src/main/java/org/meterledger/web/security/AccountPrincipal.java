package org.meterledger.web.security;

import jakarta.security.enterprise.CallerPrincipal;
import org.meterledger.user.Account;

/** A signed-in account as the container knows it: by its name. */
final class AccountPrincipal extends CallerPrincipal {

  private static final long serialVersionUID = 1L;

  private final Account account;
  private final long webSession;

  AccountPrincipal(Account account) {
    this(account, 0);
  }

  /**
   * @param webSession number of the session it came with, 0 for none
   */
  AccountPrincipal(Account account, long webSession) {
    super(account.name());
    this.account = account;
    this.webSession = webSession;
  }

  long webSession() {
    return webSession;
  }

  Account account() {
    return account;
  }
}
