package org.meterledger.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meterledger.access.Grant;
import org.meterledger.user.AccountRefused.Rule;

/** Links and locks: how an account comes in and is kept out. */
class AccountLifeTest {

  private static final String CHOSEN = "ruthless copper kettle";

  private final UserFixture users = new UserFixture();
  private final Account anna = users.administrator("anna");

  private Account invited(String name) {
    return users.accounts.create(name, null, Set.of(Grant.VIEWER));
  }

  private SignInOutcome attempt(String name, String password) {
    return users.passwords.check(name, password, UserFixture.ADDRESS);
  }

  @Test
  void aLinkGivesAPasswordOnce() {
    var link = users.links.invite(invited("ida"));
    assertThat(attempt("ida", CHOSEN).succeeded()).isFalse();
    assertThat(users.links.account(link.token())).map(Account::name).contains("ida");
    refused(Rule.PASSWORD_TOO_COMMON, () -> users.links.redeem(link.token(), "password1234"));

    users.links.redeem(link.token(), CHOSEN);

    assertThat(attempt("ida", CHOSEN).succeeded()).isTrue();
    assertThat(users.links.account(link.token())).isEmpty();
    refused(Rule.LINK_ENDED, () -> users.links.redeem(link.token(), "somebody else chose it"));
    assertThat(users.trail())
        .contains("ACCOUNT_INVITE DONE ida", "PASSWORD_CHANGE DONE ida")
        .doesNotContain("PASSWORD_CHANGE FAILED ida");
    assertThat(users.everythingWritten()).doesNotContain(link.token(), CHOSEN);
  }

  @Test
  void aLinkIsKeptAsHashOnlyAndEndsAfterThreeDays() {
    var link = users.links.invite(invited("ida"));
    assertThat(users.database.query("select l::text from account_link l", row -> row.getString(1)))
        .singleElement()
        .asString()
        .doesNotContain(link.token());
    assertThat(link.toString()).doesNotContain(link.token());

    users.clock.advance(Duration.ofHours(72).minusSeconds(1));
    assertThat(users.links.account(link.token())).isPresent();
    users.clock.advance(Duration.ofSeconds(1));

    assertThat(users.links.account(link.token())).isEmpty();
    refused(Rule.LINK_ENDED, () -> users.links.redeem(link.token(), CHOSEN));
    users.links.forget();
    assertThat(users.database.query("select 1 from account_link", row -> 1)).isEmpty();
  }

  @Test
  void aNewLinkTakesThePlaceOfTheOld() {
    var ida = invited("ida");
    var first = users.links.invite(ida);
    var second = users.links.invite(ida);

    refused(Rule.LINK_ENDED, () -> users.links.redeem(first.token(), CHOSEN));
    users.links.redeem(second.token(), CHOSEN);
    refused(Rule.PASSWORD_PRESENT, () -> users.links.invite(ida));
  }

  @Test
  void aLinkOfAnAccountThatIsClosedOpensNothing() {
    var ida = invited("ida");
    var link = users.links.invite(ida);
    users.locks.lock(ida, "not yet");
    refused(Rule.LINK_ENDED, () -> users.links.redeem(link.token(), CHOSEN));

    users.locks.unlock(ida);
    users.links.redeem(link.token(), CHOSEN);
    assertThat(attempt("ida", CHOSEN).succeeded()).isTrue();
  }

  @Test
  void aResetTakesPasswordAndSessionsAndOnRequestTheSecondFactor() {
    var ben = users.account("ben");
    var app = new Totp(users.factors.begin(ben).secret());
    users.factors.confirm(
        ben, UserFixture.PASSWORD, app.code(users.clock.instant()), UserFixture.ADDRESS);
    var session = users.sessions.start(ben, null, false);

    var link = users.links.reset(ben, false);

    assertThat(users.sessions.resume(session)).isEmpty();
    assertThat(attempt("ben", UserFixture.PASSWORD).succeeded()).isFalse();
    users.links.redeem(link.token(), CHOSEN);
    assertThat(attempt("ben", CHOSEN).account().secondFactor()).isTrue();

    users.links.redeem(users.links.reset(ben, true).token(), CHOSEN);
    assertThat(attempt("ben", CHOSEN).account().secondFactor()).isFalse();
    assertThat(users.factors.recoveryCodesLeft(ben)).isZero();
    assertThat(users.trail()).contains("ACCOUNT_RESET DONE ben");
  }

  @Test
  void aLockedAccountIsOutWithSessionsAndTokensUntilItIsUnlocked() {
    var ben = users.account("ben");
    var session = users.sessions.start(ben, null, false);
    var token =
        users
            .tokens
            .issue(ben, "script", users.clock.instant().plusSeconds(3600), TokenScope.ALL)
            .token();
    refused(Rule.LOCK_REASON_FORM, () -> users.locks.lock(ben, " "));

    users.locks.lock(ben, "lost laptop");

    assertThat(users.now(ben).lock())
        .isEqualTo(new Account.Lock(users.clock.instant(), "lost laptop"));
    assertThat(users.now(ben).enabled()).isTrue();
    assertThat(users.sessions.resume(session)).isEmpty();
    assertThat(users.tokens.bearer(token)).isEmpty();
    assertThat(attempt("ben", UserFixture.PASSWORD)).isEqualTo(SignInOutcome.WRONG);

    users.locks.unlock(users.now(ben));
    assertThat(users.tokens.bearer(token)).isPresent();
    assertThat(attempt("ben", UserFixture.PASSWORD).succeeded()).isTrue();
    assertThat(users.trail()).contains("ACCOUNT_LOCK DONE ben", "ACCOUNT_UNLOCK DONE ben");
  }

  @Test
  void anUnlockedAccountNeedNotWaitForWhatWasTried() {
    var ben = users.account("ben");
    users.account("carl");
    for (int i = 0; i < 5; i++) {
      attempt("ben", "wrong");
      attempt("carl", "wrong");
    }
    assertThat(users.throttle.blockedUntil("BEN")).isPresent();

    users.locks.unlock(ben);

    assertThat(users.throttle.blockedUntil("ben")).isEmpty();
    assertThat(attempt("ben", UserFixture.PASSWORD).succeeded()).isTrue();
    assertThat(attempt("carl", UserFixture.PASSWORD).throttled()).isTrue();
  }

  @Test
  void oneWhoCanManageAccountsRemains() {
    var second = users.accounts.create("second", null, Set.of(Grant.ADMINISTRATOR));

    refused(Rule.LAST_ADMINISTRATOR, () -> users.locks.lock(anna, "why not"));
    refused(Rule.LAST_ADMINISTRATOR, () -> users.links.reset(anna, true));
    assertThat(attempt("anna", UserFixture.PASSWORD).succeeded()).isTrue();

    users.links.redeem(users.links.invite(second).token(), CHOSEN);
    users.locks.lock(anna, "why not");
    refused(Rule.LAST_ADMINISTRATOR, () -> users.links.reset(second, false));
  }

  private static void refused(Rule rule, Runnable change) {
    assertThatExceptionOfType(AccountRefused.class)
        .isThrownBy(change::run)
        .extracting(AccountRefused::rule)
        .isEqualTo(rule);
  }
}
