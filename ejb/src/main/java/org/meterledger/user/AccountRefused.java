package org.meterledger.user;

import java.util.Locale;

/**
 * A change breaks a rule that people can keep. Unchecked, so that it rolls a transaction back and
 * reaches the one place of the API or page that words it.
 */
public class AccountRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is wrong. The names are part of the API and keys of the message bundles. */
  public enum Rule {
    NAME_FORM("name", "1 to 64 letters, digits or . _ @ + -"),
    NAME_TAKEN("name", "another account has this name"),
    LANGUAGE_UNKNOWN("language", "one of en, de"),
    TIME_ZONE_UNKNOWN("timeZone", "an IANA name as Europe/Zurich"),
    LOCK_REASON_FORM("reason", "1 to 200 characters"),
    PASSWORD_PRESENT("name", "has a password; reset it first"),
    LINK_ENDED("link", "used already, too old or replaced by another"),
    SECOND_FACTOR_PRESENT("secondFactor", "is there already; remove it first"),
    SECOND_FACTOR_MISSING("secondFactor", "is not there, or was not begun"),
    SECRETS_UNAVAILABLE("secondFactor", "the portal has no master key to keep it with"),
    CODE_WRONG("code", "is not right, or was used already"),
    TOO_MANY_FAILURES("currentPassword", "too many failures; wait a little"),
    PASSWORD_TOO_SHORT("password", "at least 12 characters"),
    PASSWORD_TOO_LONG("password", "at most 128 characters"),
    PASSWORD_TOO_COMMON("password", "one of the most common or too easily guessed"),
    PASSWORD_HOLDS_NAME("password", "must not contain the name of the account or the product"),
    PASSWORD_WRONG("currentPassword", "is not the present password"),
    LAST_ADMINISTRATOR("grants", "one enabled account must remain that manages accounts"),
    GRANTS_OF_PROVIDER("grants", "come from the identity provider at each sign-in"),
    IDENTITY_TAKEN("identity", "this identity of the provider belongs to another account"),
    IDENTITY_PRESENT("identity", "the account is linked already; unlink it first"),
    IDENTITY_NEEDED("identity", "without a password the account could not come in any more"),
    LABEL_FORM("label", "1 to 100 characters"),
    EXPIRY_OUT_OF_RANGE("expiresAt", "in the future and at most two years ahead"),
    SCOPE_EMPTY("permissions", "a token opens something"),
    SETUP_CODE_WRONG("code", "is not a code from the log, or there is an account already");

    private final String field;
    private final String text;

    Rule(String field, String text) {
      this.field = field;
      this.text = text;
    }

    /** The field that breaks it, as it is named in the API. */
    public String field() {
      return field;
    }

    /** The rule in English. */
    public String text() {
      return text;
    }

    /** In lower case with hyphens, as {@code name-taken}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Rule rule;

  public AccountRefused(Rule rule) {
    super(rule.field() + ": " + rule.text());
    this.rule = rule;
  }

  public Rule rule() {
    return rule;
  }
}
