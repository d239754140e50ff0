package org.meterledger.web.user;

import java.time.Instant;
import java.time.ZoneId;
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
 * @param timeZone null for that of the portal
 * @param lock null unless an administrator has locked it
 * @param passwordChangedAt null while it has none
 * @param identity whether it can come in by the identity provider
 */
public record AccountView(
    String name,
    List<GrantView> grants,
    boolean enabled,
    Account.Lock lock,
    boolean secondFactor,
    String language,
    Theme theme,
    ZoneId timeZone,
    Instant createdAt,
    Instant passwordChangedAt,
    Account.Identity identity) {

  static AccountView of(Account account, Set<Grant> grants) {
    return new AccountView(
        account.name(),
        GrantView.of(grants),
        account.enabled(),
        account.lock(),
        account.secondFactor(),
        account.language(),
        account.theme(),
        account.timeZone(),
        account.createdAt(),
        account.passwordChangedAt(),
        account.identity());
  }
}
