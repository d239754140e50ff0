package org.meterledger.user;

import java.util.Locale;
import java.util.Set;

/**
 * What a new password must be: long, and neither the name nor a well-known word. No rule on kinds
 * of characters, as NIST SP 800-63B section 3.1.1.2 asks.
 */
final class PasswordRules {

  static final int MIN_LENGTH = 12;

  /** Bounds the work of one sign-in; a sentence fits. */
  static final int MAX_LENGTH = 128;

  private static final int MIN_DISTINCT = 5;
  private static final String PRODUCT = "meterledger";

  /** The frequent ones of twelve characters and more that the other rules let through. */
  private static final Set<String> COMMON =
      Set.of(
          "123456789012",
          "1234567890123",
          "12345678901234",
          "123456789123",
          "1234567890qwertyuiop",
          "1q2w3e4r5t6y",
          "1q2w3e4r5t6y7u8i",
          "1qaz2wsx3edc",
          "1qaz2wsx3edc4rfv",
          "abcdefghijkl",
          "abcdefghijklmnop",
          "administrator",
          "administrator1",
          "adminadmin123",
          "changeme1234",
          "correcthorsebatterystaple",
          "iloveyou1234",
          "letmein12345",
          "passw0rd1234",
          "password1234",
          "password12345",
          "password123456",
          "passwordpassword",
          "passwort1234",
          "passwort12345",
          "q1w2e3r4t5y6",
          "qazwsxedcrfv",
          "qwertyqwerty",
          "qwerty123456",
          "qwertyuiop12",
          "qwertyuiop123",
          "qwertyuiopasdfghjkl",
          "qwertzuiopasdfghjkl",
          "welcome12345",
          "willkommen123",
          "zaq12wsxcde3");

  private PasswordRules() {}

  static void check(String password, String accountName) {
    int length = password.codePointCount(0, password.length());
    if (length < MIN_LENGTH) {
      throw new AccountRefused(AccountRefused.Rule.PASSWORD_TOO_SHORT);
    }
    if (length > MAX_LENGTH) {
      throw new AccountRefused(AccountRefused.Rule.PASSWORD_TOO_LONG);
    }
    String folded = password.toLowerCase(Locale.ROOT);
    if (COMMON.contains(folded) || password.codePoints().distinct().count() < MIN_DISTINCT) {
      throw new AccountRefused(AccountRefused.Rule.PASSWORD_TOO_COMMON);
    }
    String name = accountName.toLowerCase(Locale.ROOT);
    if (folded.contains(PRODUCT) || (name.length() >= 4 && folded.contains(name))) {
      throw new AccountRefused(AccountRefused.Rule.PASSWORD_HOLDS_NAME);
    }
  }
}
