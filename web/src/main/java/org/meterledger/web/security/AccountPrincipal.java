package org.meterledger.web.security;

import jakarta.security.enterprise.CallerPrincipal;
import java.util.HashSet;
import java.util.Set;
import org.meterledger.access.Permission;
import org.meterledger.access.Privileges;
import org.meterledger.user.Account;

/** A signed-in account as the container knows it: by its name. */
final class AccountPrincipal extends CallerPrincipal {

  private static final long serialVersionUID = 1L;

  private final Account account;
  private final Privileges privileges;
  private final Integer tokenId;
  private final long webSession;
  private final boolean confined;

  /**
   * A person who must set up a second factor first may nothing else; programs have none, and go on.
   *
   * @param tokenId of the API token it came with, null for none
   * @param webSession number of the session it came with, 0 for none
   */
  AccountPrincipal(Account account, Privileges privileges, Integer tokenId, long webSession) {
    super(account.name());
    this.account = account;
    this.confined = tokenId == null && account.confined();
    this.privileges = confined ? Privileges.NONE : privileges;
    this.tokenId = tokenId;
    this.webSession = webSession;
  }

  Privileges privileges() {
    return privileges;
  }

  /** Whether there is nothing to be done but to set up a second factor. */
  boolean confined() {
    return confined;
  }

  Set<String> containerRoles() {
    var roles = new HashSet<>(confined ? Set.<String>of() : privileges.containerRoles());
    roles.add(Permission.Names.PASSWORD_RIGHT);
    return roles;
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
