package org.meterledger.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.user.AccountRefused.Rule;

class PasswordRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "twelve chars",
        "twenty-four-meters",
        "ein längerer Satz, der sich merken lässt",
        "🔑🔒🔓🗝️ vier Schlüssel"
      })
  void takesLongOnes(String password) {
    assertThatCode(() -> PasswordRules.check(password, "anna")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "elevenchars, PASSWORD_TOO_SHORT",
    "'', PASSWORD_TOO_SHORT",
    "aaaaaaaaaaaaaaaaaaaa, PASSWORD_TOO_COMMON",
    "QwertyQwerty, PASSWORD_TOO_COMMON",
    "P@ssw0rd12345, PASSWORD_TOO_COMMON",
    "1qaz2wsx3edc4rfv, PASSWORD_TOO_COMMON",
    "correcthorsebatterystaple, PASSWORD_TOO_COMMON",
    "Willkommen123, PASSWORD_TOO_COMMON",
    "Passwort2026!, PASSWORD_TOO_COMMON",
    "Sommer2026!!, PASSWORD_TOO_COMMON",
    "my name is ANNA!, PASSWORD_HOLDS_NAME",
    "MeterLedger-2026, PASSWORD_HOLDS_NAME"
  })
  void refusesOthersByRule(String password, Rule rule) {
    assertThat(refusal(password)).isEqualTo(rule);
  }

  @Test
  void boundsTheLength() {
    assertThat(refusal("0123456789 ".repeat(12))).isEqualTo(Rule.PASSWORD_TOO_LONG);
  }

  private static Rule refusal(String password) {
    return catchThrowableOfType(AccountRefused.class, () -> PasswordRules.check(password, "anna"))
        .rule();
  }
}
