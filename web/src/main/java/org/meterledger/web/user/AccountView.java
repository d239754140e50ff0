package org.meterledger.web.user;

import java.time.Instant;
import org.meterledger.user.Account;
import org.meterledger.user.Role;
import org.meterledger.user.Theme;

/**
 * An account as the API shows it.
 *
 * @param language null for what the browser asks
 * @param theme null for what the system is set to
 */
public record AccountView(
    String name,
    Role role,
    boolean enabled,
    String language,
    Theme theme,
    Instant createdAt,
    Instant passwordChangedAt) {

  static AccountView of(Account account) {
    return new AccountView(
        account.name(),
        account.role(),
        account.enabled(),
        account.language(),
        account.theme(),
        account.createdAt(),
        account.passwordChangedAt());
  }
}
