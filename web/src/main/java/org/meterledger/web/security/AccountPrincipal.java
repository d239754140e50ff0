package org.meterledger.web.security;

import jakarta.security.enterprise.CallerPrincipal;
import org.meterledger.user.Account;

/** A signed-in account as the container knows it: by its name. */
final class AccountPrincipal extends CallerPrincipal {

  private static final long serialVersionUID = 1L;

  private final Account account;

  AccountPrincipal(Account account) {
    super(account.name());
    this.account = account;
  }

  Account account() {
    return account;
  }
}
