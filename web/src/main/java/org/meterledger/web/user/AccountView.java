package org.meterledger.web.user;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.meterledger.access.Grant;
import org.meterledger.user.Account;
import org.meterledger.user.Theme;

/**
 * An account as the API shows it.
 *
 * @param language null for what the browser asks
 * @param theme null for what the system is set to
 */
public record AccountView(
    String name,
    List<GrantView> grants,
    boolean enabled,
    String language,
    Theme theme,
    Instant createdAt,
    Instant passwordChangedAt) {

  static AccountView of(Account account, Set<Grant> grants) {
    return new AccountView(
        account.name(),
        GrantView.of(grants),
        account.enabled(),
        account.language(),
        account.theme(),
        account.createdAt(),
        account.passwordChangedAt());
  }
}
