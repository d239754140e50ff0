package org.meterledger.user;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import me.gosimple.nbvcxz.Nbvcxz;
import me.gosimple.nbvcxz.resources.Configuration;
import me.gosimple.nbvcxz.resources.ConfigurationBuilder;
import me.gosimple.nbvcxz.resources.Dictionary;

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

  /**
   * Binary logarithm of the guesses that a password must outlast when the well-known ones, words,
   * rows of keys, dates and the like are tried first. Two words that do not go together do.
   */
  private static final double LEAST_BITS = 26;

  private PasswordRules() {}

  /** Made with the first password, since its words take some megabytes. */
  private static final class Guesses {

    /** What the English lists of the library lack; the number is how many are tried before. */
    private static final Map<String, Integer> GERMAN =
        Map.of(
            "passwort", 1,
            "willkommen", 2,
            "geheim", 3,
            "hallo", 4,
            "kennwort", 5,
            "sommer", 6,
            "winter", 7,
            "herbst", 8,
            "schatz", 9,
            "zugang", 10);

    private static final Nbvcxz MEASURE = new Nbvcxz(configuration());

    private static Configuration configuration() {
      var dictionaries = new ArrayList<>(ConfigurationBuilder.getDefaultDictionaries());
      dictionaries.add(new Dictionary("german", GERMAN, false));
      return new ConfigurationBuilder()
          .setDictionaries(dictionaries)
          .setMinimumEntropy(LEAST_BITS)
          .createConfiguration();
    }

    static boolean few(String password) {
      return !MEASURE.estimate(password).isMinimumEntropyMet();
    }
  }

  static void check(String password, String accountName) {
    int length = password.codePointCount(0, password.length());
    if (length < MIN_LENGTH) {
      throw new AccountRefused(AccountRefused.Rule.PASSWORD_TOO_SHORT);
    }
    if (length > MAX_LENGTH) {
      throw new AccountRefused(AccountRefused.Rule.PASSWORD_TOO_LONG);
    }
    String folded = password.toLowerCase(Locale.ROOT);
    String name = accountName.toLowerCase(Locale.ROOT);
    if (folded.contains(PRODUCT) || (name.length() >= 4 && folded.contains(name))) {
      throw new AccountRefused(AccountRefused.Rule.PASSWORD_HOLDS_NAME);
    }
    if (password.codePoints().distinct().count() < MIN_DISTINCT || Guesses.few(password)) {
      throw new AccountRefused(AccountRefused.Rule.PASSWORD_TOO_COMMON);
    }
  }
}
