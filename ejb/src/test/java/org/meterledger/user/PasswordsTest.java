package org.meterledger.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.meterledger.access.Grant;
import org.meterledger.user.AccountRefused.Rule;

class PasswordsTest {

  private static final String WRONG = "not the right secret";

  private final UserFixture users = new UserFixture();

  private SignInOutcome attempt(String name, String password, String address) {
    return users.passwords.check(name, password, address);
  }

  @Test
  void opensForTheRightPasswordOnly() {
    users.account("ben");

    assertThat(attempt("BEN", UserFixture.PASSWORD, "192.0.2.7").account().name()).isEqualTo("ben");
    assertThat(attempt("ben", WRONG, "192.0.2.7")).isEqualTo(SignInOutcome.WRONG);
    assertThat(attempt("ben", "x".repeat(100_000), "192.0.2.7")).isEqualTo(SignInOutcome.WRONG);
    assertThat(attempt("nobody", UserFixture.PASSWORD, "192.0.2.7")).isEqualTo(SignInOutcome.WRONG);
  }

  @Test
  void waitsGrowWithTheFailuresAndHoldOnAllNodes() {
    users.account("ben");
    fail("ben", "192.0.2.7", 5);

    assertThat(users.node().check("ben", UserFixture.PASSWORD, "192.0.2.7").blockedUntil())
        .isEqualTo(users.clock.instant().plusSeconds(2));

    users.clock.advance(Duration.ofSeconds(2));
    fail("ben", "192.0.2.7", 1);
    assertThat(attempt("ben", UserFixture.PASSWORD, "192.0.2.7").blockedUntil())
        .isEqualTo(users.clock.instant().plusSeconds(4));

    users.clock.advance(Duration.ofSeconds(4));
    assertThat(attempt("ben", UserFixture.PASSWORD, "192.0.2.7").succeeded()).isTrue();
    fail("ben", "192.0.2.7", 4);
    assertThat(attempt("ben", UserFixture.PASSWORD, "192.0.2.7").succeeded()).isTrue();
  }

  @Test
  void nobodyWaitsLongerThanAQuarterOfAnHour() {
    users.account("ben");
    for (int i = 0; i < 40; i++) {
      users.clock.advance(Duration.ofMinutes(15));
      fail("ben", "192.0.2.7", 1);
    }

    assertThat(attempt("ben", WRONG, "192.0.2.7").blockedUntil())
        .isEqualTo(users.clock.instant().plus(Duration.ofMinutes(15)));
  }

  @Test
  void anUnknownNameIsThrottledLikeAKnownOne() {
    fail("nobody", "192.0.2.7", 5);

    assertThat(attempt("nobody", WRONG, "192.0.2.7").throttled()).isTrue();
  }

  @Test
  void oneAddressCannotTryManyNames() {
    for (int i = 0; i < 30; i++) {
      attempt("name" + i, WRONG, "2001:db8::" + i);
    }

    assertThat(attempt("ben", WRONG, "2001:db8::ffff").throttled()).isTrue();
    assertThat(attempt("ben", WRONG, "2001:db8:0:1::1").throttled()).isFalse();
  }

  /** Otherwise whoever knows the name of the administrator could keep him out. */
  @Test
  void strangersCannotLockOutAnAccountWhereItIsAtHome() {
    users.account("ben");
    assertThat(attempt("ben", UserFixture.PASSWORD, "192.0.2.7").succeeded()).isTrue();
    for (int i = 0; i < 25; i++) {
      attempt("ben", WRONG, "198.51.100." + i);
    }

    assertThat(attempt("ben", UserFixture.PASSWORD, "203.0.113.9").throttled()).isTrue();
    assertThat(attempt("ben", UserFixture.PASSWORD, "192.0.2.7").succeeded()).isTrue();
  }

  @Test
  void forgetsFailuresAfterHalfADay() {
    users.account("ben");
    fail("ben", "192.0.2.7", 5);
    users.clock.advance(Duration.ofHours(13));

    fail("ben", "192.0.2.7", 4);
    assertThat(attempt("ben", UserFixture.PASSWORD, "192.0.2.7").succeeded()).isTrue();

    users.clock.advance(Duration.ofDays(91));
    new SignInThrottle(users.database, users.clock).forget();
    assertThat(users.database.first("select count(*) from sign_in_attempt", row -> row.getInt(1)))
        .contains(0);
  }

  /** The work is what takes time: as many hashes for each. */
  @Test
  void whatCannotSignInIsToldByNeitherAnswerNorWork() {
    users.administrator("anna");
    users.account("known");
    var disabled = users.account("disabled");
    users.accounts.change(disabled.id(), disabled.version(), Set.of(), false);
    users.locks.lock(users.account("locked"), "left its badge on the train");
    users.accounts.create("invited", null, Set.of(Grant.VIEWER));

    for (String name : new String[] {"known", "disabled", "locked", "invited", "unknown"}) {
      users.hashing.computed = 0;
      String password = name.equals("known") ? WRONG : UserFixture.PASSWORD;
      assertThat(attempt(name, password, "192.0.2.7")).as(name).isEqualTo(SignInOutcome.WRONG);
      assertThat(users.hashing.computed).as(name).isEqualTo(1);
    }
  }

  @Test
  void aFailureIsWrittenWithoutWhatMayBeAPassword() {
    users.account("ben");
    attempt("ben", "typed as password", "192.0.2.7");
    attempt("typed as name", "also typed", "192.0.2.7");
    fail("ben", "192.0.2.7", 4);
    attempt("ben", UserFixture.PASSWORD, "192.0.2.7");

    assertThat(users.trail())
        .startsWith("SIGN_IN FAILED ben", "SIGN_IN FAILED null", "SIGN_IN FAILED ben")
        .endsWith("SIGN_IN DENIED ben");
    assertThat(users.everythingWritten()).doesNotContain("typed", UserFixture.PASSWORD);
  }

  @Test
  void anOldCostIsRaisedAtTheNextSignIn() {
    users.account("ben");
    var stronger =
        new Passwords(
            users.database,
            users.clock,
            users.audit,
            new PasswordHashing(new Argon2id(128, 1, 1)),
            new SignInThrottle(users.database, users.clock));

    assertThat(stronger.check("ben", UserFixture.PASSWORD, "192.0.2.7").succeeded()).isTrue();

    assertThat(
            users.database.first(
                "select password_hash from account", row -> row.getString("password_hash")))
        .get()
        .asString()
        .startsWith("$argon2id$v=19$m=128,");
    assertThat(stronger.check("ben", UserFixture.PASSWORD, "192.0.2.7").succeeded()).isTrue();
  }

  @Test
  void aChangeNeedsThePresentPasswordAndEndsTheOtherSessions() {
    var ben = users.account("ben");
    var here = users.sessions.start(ben, null, false);
    var there = users.sessions.start(ben, null, false);

    assertThatExceptionOfType(AccountRefused.class)
        .isThrownBy(
            () -> users.passwords.change(ben, WRONG, "another good secret", "192.0.2.7", here.id()))
        .extracting(AccountRefused::rule)
        .isEqualTo(Rule.PASSWORD_WRONG);

    users.passwords.change(
        ben, UserFixture.PASSWORD, "another good secret", "192.0.2.7", here.id());

    assertThat(users.sessions.resume(here)).isPresent();
    assertThat(users.sessions.resume(there)).isEmpty();
    assertThat(attempt("ben", "another good secret", "192.0.2.7").succeeded()).isTrue();
    assertThat(attempt("ben", UserFixture.PASSWORD, "192.0.2.7").succeeded()).isFalse();
    assertThat(users.trail())
        .containsSubsequence("PASSWORD_CHANGE FAILED ben", "PASSWORD_CHANGE DONE ben");
  }

  private void fail(String name, String address, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(attempt(name, WRONG, address)).isEqualTo(SignInOutcome.WRONG);
    }
  }
}
