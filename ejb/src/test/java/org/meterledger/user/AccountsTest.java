package org.meterledger.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meterledger.access.Grant;
import org.meterledger.user.AccountRefused.Rule;

class AccountsTest {

  private final UserFixture users = new UserFixture();

  @Test
  void namesAreOneWhateverTheirCase() {
    users.account("Müller");

    refused(Rule.NAME_TAKEN, () -> users.account("MÜLLER"));
    assertThat(users.accounts.byName("müller")).get().extracting(Account::name).isEqualTo("Müller");
  }

  @Test
  void refusesNamesThatNobodyCanRead() {
    refused(Rule.NAME_FORM, () -> users.account("two words"));
    refused(Rule.NAME_FORM, () -> users.account("x".repeat(65)));
  }

  @Test
  void keepsTheLastAdministrator() {
    var last = users.administrator("anna");
    users.account("ben");

    refused(Rule.LAST_ADMINISTRATOR, () -> users.accounts.remove(last.id()));
    refused(
        Rule.LAST_ADMINISTRATOR,
        () -> users.accounts.change(last.id(), last.version(), Set.of(Grant.VIEWER), true));
    refused(
        Rule.LAST_ADMINISTRATOR,
        () -> users.accounts.change(last.id(), last.version(), Set.of(Grant.ADMINISTRATOR), false));
    assertThat(users.accounts.byName("anna")).contains(last);
  }

  @Test
  void refusesAChangeAgainstAnOldVersion() {
    users.administrator("anna");
    var ben = users.account("ben");
    users.accounts.change(ben.id(), ben.version(), Set.of(Grant.ADMINISTRATOR), true);

    assertThat(users.accounts.change(ben.id(), ben.version(), Set.of(Grant.VIEWER), true))
        .isEmpty();
    assertThat(users.grants.of(ben.id())).containsOnly(Grant.ADMINISTRATOR);
  }

  @Test
  void whatIsDoneToAnAccountIsInTheTrail() {
    users.administrator("chief");
    var anna = users.accounts.create("anna", UserFixture.PASSWORD, Set.of(Grant.VIEWER));
    users.accounts.change(anna.id(), anna.version(), Set.of(), false);
    users.accounts.remove(anna.id());
    users.accounts.remove(anna.id());

    assertThat(users.trail())
        .containsExactly(
            "ACCOUNT_ADD DONE anna", "ACCOUNT_CHANGE DONE anna", "ACCOUNT_REMOVE DONE anna");
    assertThat(users.everythingWritten())
        .contains(
            "{\"\"enabled\"\":true,\"\"grants\"\":[{", "{\"\"enabled\"\":false,\"\"grants\"\":[]}")
        .doesNotContain(UserFixture.PASSWORD, "argon2");
  }

  @Test
  void aDisabledAccountLosesItsSessionsAndItsTokensOpenNothing() {
    users.administrator("anna");
    var ben = users.account("ben");
    var session = users.sessions.start(ben, null, false);
    var token =
        users
            .tokens
            .issue(ben, "script", users.clock.instant().plusSeconds(3600), TokenScope.ALL)
            .token();

    users.accounts.change(ben.id(), ben.version(), Set.of(Grant.VIEWER), false);

    assertThat(users.sessions.resume(session)).isEmpty();
    assertThat(users.tokens.bearer(session.token())).isEmpty();
    assertThat(users.tokens.bearer(token)).isEmpty();
    assertThat(users.passwords.check("ben", UserFixture.PASSWORD, UserFixture.ADDRESS))
        .isEqualTo(SignInOutcome.WRONG);
  }

  @Test
  void remembersLanguageThemeAndTimeZone() {
    var ben = users.account("ben");

    users.accounts.prefer(ben.id(), "de", Theme.DARK, "Europe/Zurich");

    assertThat(users.accounts.byName("ben"))
        .get()
        .extracting(Account::language, Account::theme, Account::timeZone)
        .containsExactly("de", Theme.DARK, ZoneId.of("Europe/Zurich"));
    refused(Rule.LANGUAGE_UNKNOWN, () -> users.accounts.prefer(ben.id(), "tlh", null, null));
    refused(Rule.TIME_ZONE_UNKNOWN, () -> users.accounts.prefer(ben.id(), null, null, "Mars"));
  }

  private static void refused(Rule rule, Runnable change) {
    assertThatExceptionOfType(AccountRefused.class)
        .isThrownBy(change::run)
        .extracting(AccountRefused::rule)
        .isEqualTo(rule);
  }
}
