package org.meterledger.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.meterledger.access.Grant;
import org.meterledger.meter.MeterSecrets;
import org.meterledger.user.AccountRefused.Rule;

class SecondFactorsTest {

  private static final Duration STEP = Duration.ofSeconds(30);

  private final UserFixture users = new UserFixture();
  private final SecondFactors factors = users.factors;
  private final Account ben = users.account("ben");
  private Totp app;

  private List<String> setUp() {
    app = new Totp(factors.begin(ben).secret());
    return factors.confirm(ben, UserFixture.PASSWORD, code(), UserFixture.ADDRESS);
  }

  private String code() {
    return app.code(users.clock.instant());
  }

  private boolean comesIn(String code) {
    return attempt(code).succeeded();
  }

  private SignInOutcome attempt(String code) {
    return factors.check(factors.passed(users.now(ben)), code, UserFixture.ADDRESS);
  }

  @Test
  void isThereOnceACodeWasTyped() {
    app = new Totp(factors.begin(ben).secret());
    assertThat(users.now(ben).secondFactor()).isFalse();
    assertThat(factors.begin(ben).secret()).as("scanned already").isEqualTo(app.secret());
    refused(Rule.PASSWORD_WRONG, () -> factors.confirm(ben, "wrong", code(), UserFixture.ADDRESS));
    refused(
        Rule.CODE_WRONG,
        () -> factors.confirm(ben, UserFixture.PASSWORD, "00000x", UserFixture.ADDRESS));

    var codes = factors.confirm(ben, UserFixture.PASSWORD, code(), UserFixture.ADDRESS);

    assertThat(codes).hasSize(10).doesNotHaveDuplicates();
    assertThat(users.now(ben).secondFactor()).isTrue();
    refused(Rule.SECOND_FACTOR_PRESENT, () -> factors.begin(ben));
    assertThat(users.trail())
        .containsExactly(
            "SECOND_FACTOR_ADD FAILED ben",
            "SECOND_FACTOR_ADD FAILED ben",
            "SECOND_FACTOR_ADD DONE ben");
    assertThat(users.everythingWritten()).doesNotContain(app.secret());
  }

  @Test
  void nothingSecretStandsInTheTables() {
    var codes = setUp();

    assertThat(
            users.database.query(
                "select secret from second_factor",
                row -> new String(row.getBytes("secret"), StandardCharsets.ISO_8859_1)))
        .singleElement()
        .asString()
        .doesNotContain(app.secret());
    assertThat(users.database.query("select c::text from recovery_code c", r -> r.getString(1)))
        .hasSize(10)
        .noneMatch(row -> codes.stream().anyMatch(row::contains));
  }

  @Test
  void aCodeIsGoodOnce() {
    setUp();
    assertThat(comesIn(code())).as("used to set up").isFalse();
    users.clock.advance(STEP);
    String code = code();

    assertThat(comesIn(code)).isTrue();
    assertThat(comesIn(code)).isFalse();
    users.clock.advance(STEP);
    assertThat(comesIn(code)).as("of the step before").isFalse();
    assertThat(comesIn(code().substring(0, 3) + " " + code().substring(3))).isTrue();
  }

  @Test
  void ofTwoAppsTheSlowerOneIsTaken() {
    setUp();
    users.clock.advance(STEP.multipliedBy(2));

    assertThat(comesIn(app.code(users.clock.instant().minus(STEP)))).isTrue();
    assertThat(comesIn(app.code(users.clock.instant().plus(STEP)))).isTrue();
    assertThat(comesIn(code())).as("older than the one before").isFalse();
  }

  @Test
  void aRecoveryCodeIsGoodOnce() {
    var codes = setUp();

    assertThat(comesIn(codes.get(3).toLowerCase(Locale.ROOT))).isTrue();
    assertThat(comesIn(codes.get(3))).isFalse();
    assertThat(comesIn(codes.get(4))).isTrue();
    assertThat(factors.recoveryCodesLeft(ben)).isEqualTo(8);
  }

  @Test
  void wrongCodesAreSlowedThoughThePasswordIsRight() {
    setUp();
    users.clock.advance(STEP);
    for (int i = 0; i < 5; i++) {
      assertThat(
              users.passwords.check("ben", UserFixture.PASSWORD, UserFixture.ADDRESS).succeeded())
          .isTrue();
      assertThat(attempt("12345x")).isEqualTo(SignInOutcome.WRONG);
    }

    assertThat(attempt(code()).throttled()).isTrue();
    assertThat(users.passwords.check("ben", UserFixture.PASSWORD, UserFixture.ADDRESS).throttled())
        .isTrue();
    users.locks.unlock(ben);
    assertThat(comesIn(code())).isTrue();
    assertThat(users.trail()).contains("SIGN_IN FAILED ben", "SIGN_IN DENIED ben");
  }

  @Test
  void whatThePasswordReachedEndsWithItAndByTime() {
    setUp();
    var passed = factors.passed(users.now(ben));
    users.clock.advance(Duration.ofMinutes(5));
    assertThat(factors.lasts(passed)).isFalse();
    assertThat(factors.check(passed, code(), UserFixture.ADDRESS)).isEqualTo(SignInOutcome.WRONG);

    var beforeTheChange = factors.passed(users.now(ben));
    users.clock.advance(STEP);
    users.passwords.change(
        ben, UserFixture.PASSWORD, "another good secret", UserFixture.ADDRESS, 0);
    assertThat(factors.check(beforeTheChange, code(), UserFixture.ADDRESS))
        .isEqualTo(SignInOutcome.WRONG);

    var beforeTheLock = factors.passed(users.now(ben));
    users.administrator("anna");
    users.locks.lock(ben, "gone");
    assertThat(factors.check(beforeTheLock, code(), UserFixture.ADDRESS))
        .isEqualTo(SignInOutcome.WRONG);
  }

  @Test
  void goesOnlyWithPasswordAndCode() {
    setUp();
    users.clock.advance(STEP);
    String code = code();
    refused(Rule.PASSWORD_WRONG, () -> factors.remove(ben, "wrong", code, UserFixture.ADDRESS));
    refused(
        Rule.CODE_WRONG,
        () -> factors.remove(ben, UserFixture.PASSWORD, "AAAA", UserFixture.ADDRESS));

    factors.remove(ben, UserFixture.PASSWORD, code, UserFixture.ADDRESS);

    assertThat(users.now(ben).secondFactor()).isFalse();
    assertThat(factors.recoveryCodesLeft(ben)).isZero();
    assertThat(users.trail()).endsWith("SECOND_FACTOR_REMOVE DONE ben");
  }

  @Test
  void aRoleCanDemandIt() {
    assertThat(users.now(ben).confined()).isFalse();
    users.database.update(
        "update role set second_factor = true where id = ?", Grant.VIEWER.roleId());

    assertThat(users.now(ben).confined()).isTrue();
    setUp();
    assertThat(users.now(ben).confined()).isFalse();
  }

  @Test
  void withoutAMasterKeyNoneIsBegunAndWithAnotherTheRecoveryCodesRemain() {
    var without = with(new MeterSecrets(""));
    refused(Rule.SECRETS_UNAVAILABLE, () -> without.begin(ben));
    var codes = setUp();
    users.clock.advance(STEP);
    var other = with(new MeterSecrets("AQ" + "A".repeat(41) + "="));

    assertThat(other.check(other.passed(users.now(ben)), code(), UserFixture.ADDRESS))
        .isEqualTo(SignInOutcome.WRONG);
    assertThat(
            other
                .check(other.passed(users.now(ben)), codes.get(0), UserFixture.ADDRESS)
                .succeeded())
        .isTrue();
  }

  private SecondFactors with(MeterSecrets secrets) {
    return new SecondFactors(
        users.database, users.clock, users.audit, secrets, users.passwords, users.throttle);
  }

  private static void refused(Rule rule, Runnable change) {
    assertThatExceptionOfType(AccountRefused.class)
        .isThrownBy(change::run)
        .extracting(AccountRefused::rule)
        .isEqualTo(rule);
  }
}
