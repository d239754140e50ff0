package org.meterledger.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.meter.MeterSecrets;
import org.meterledger.server.Database;
import org.meterledger.user.AccountRefused.Rule;

/**
 * Codes of an app as the second factor, with recovery codes for when the app is lost. A code is
 * good once, whichever of several attempts at the same moment comes first.
 */
@ApplicationScoped
public class SecondFactors {

  private static final Logger LOG = System.getLogger(SecondFactors.class.getName());

  /** Time to take the telephone out after the password. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final int RECOVERY_CODES = 10;
  private static final String BEGUN = "confirmed_at is null";
  private static final String CONFIRMED = "confirmed_at is not null";
  private static final Pattern OF_APP = Pattern.compile("[0-9]{6}");

  private final Database database;
  private final Clock clock;
  private final Audit audit;
  private final MeterSecrets secrets;
  private final Passwords passwords;
  private final SignInThrottle throttle;

  /** For the client proxy only. */
  protected SecondFactors() {
    this(null, null, null, null, null, null);
  }

  @Inject
  SecondFactors(
      Database database,
      Clock clock,
      Audit audit,
      MeterSecrets secrets,
      Passwords passwords,
      SignInThrottle throttle) {
    this.database = database;
    this.clock = clock;
    this.audit = audit;
    this.secrets = secrets;
    this.passwords = passwords;
    this.throttle = throttle;
  }

  /**
   * What an app has to know.
   *
   * @param secret base32, to be typed
   * @param uri the same, to be read from a picture
   */
  public record Begun(String secret, String uri) {

    @Override
    public String toString() {
      return "Begun";
    }
  }

  /** Whether the portal has a master key, without which no secret can be kept. */
  public boolean available() {
    return secrets.available();
  }

  /**
   * Begins to set one up; it asks for nothing before {@link #confirm}. Begun again, the secret
   * remains the same for a person who has already scanned it.
   *
   * @throws AccountRefused when there is one, or no master key
   */
  public Begun begin(Account account) {
    if (!secrets.available()) {
      throw new AccountRefused(Rule.SECRETS_UNAVAILABLE);
    }
    var kept = totp(account, BEGUN);
    if (kept.isEmpty()) {
      kept = Optional.of(Totp.random());
      int begun =
          database.update(
              "insert into second_factor as f (account_id, secret, last_step) values (?, ?, 0)"
                  + " on conflict (account_id) do update set secret = excluded.secret where f."
                  + BEGUN,
              account.id(),
              secrets.encrypt(kept.get().secret()));
      if (begun == 0) {
        throw new AccountRefused(Rule.SECOND_FACTOR_PRESENT);
      }
    }
    return new Begun(kept.get().secret(), kept.get().uri(account.name()));
  }

  /**
   * Has the account come with it from now on.
   *
   * @param code of the app
   * @param address of the client, as a literal
   * @return the recovery codes; this answer is the only one that shows them
   * @throws AccountRefused when password or code are wrong, or nothing was begun
   */
  public List<String> confirm(Account account, String password, String code, String address) {
    passwords.require(account, password, address, AuditAction.SECOND_FACTOR_ADD);
    var totp =
        totp(account, BEGUN).orElseThrow(() -> new AccountRefused(Rule.SECOND_FACTOR_MISSING));
    var step = totp.step(folded(code), clock.instant());
    if (step.isEmpty()) {
      audit.failed(AuditAction.SECOND_FACTOR_ADD, account.name());
      throw new AccountRefused(Rule.CODE_WRONG);
    }
    var codes = new ArrayList<String>();
    for (int i = 0; i < RECOVERY_CODES; i++) {
      codes.add(Secret.typed());
    }
    database.inTransaction(
        connection -> {
          int confirmed =
              Accounts.execute(
                  connection,
                  "update second_factor set confirmed_at = ?, last_step = ?"
                      + " where account_id = ? and confirmed_at is null",
                  clock.instant(),
                  step.getAsLong(),
                  account.id());
          if (confirmed == 0) {
            throw new AccountRefused(Rule.SECOND_FACTOR_PRESENT);
          }
          for (String each : codes) {
            Accounts.execute(
                connection,
                "insert into recovery_code (account_id, code_hash) values (?, ?)",
                account.id(),
                Secret.hash(folded(each)));
          }
          audit.done(connection, AuditAction.SECOND_FACTOR_ADD, account.name(), null, null);
          return null;
        });
    return codes;
  }

  /** How many recovery codes are not used yet. */
  public int recoveryCodesLeft(Account account) {
    return database
        .first(
            "select count(*) as n from recovery_code where account_id = ?",
            row -> row.getInt("n"),
            account.id())
        .orElse(0);
  }

  /**
   * Has the account come without it again.
   *
   * @param code of the app, or a recovery code
   * @param address of the client, as a literal
   * @throws AccountRefused when password or code are wrong, or there is none
   */
  public void remove(Account account, String password, String code, String address) {
    passwords.require(account, password, address, AuditAction.SECOND_FACTOR_REMOVE);
    if (throttle.charge(account.name(), address).isPresent()) {
      throw new AccountRefused(Rule.TOO_MANY_FAILURES);
    }
    if (!spend(account, code)) {
      audit.failed(AuditAction.SECOND_FACTOR_REMOVE, account.name());
      throw new AccountRefused(Rule.CODE_WRONG);
    }
    throttle.succeeded(account.name(), address);
    database.inTransaction(
        connection -> {
          Accounts.execute(
              connection, "delete from second_factor where account_id = ?", account.id());
          audit.done(connection, AuditAction.SECOND_FACTOR_REMOVE, account.name(), null, null);
          return null;
        });
  }

  /** What an account with a second factor has reached by its password. */
  public PasswordPassed passed(Account account) {
    return new PasswordPassed(
        account.id(), account.name(), account.passwordChangedAt(), clock.instant().plus(PATIENCE));
  }

  /** Whether the code can still follow. */
  public boolean lasts(PasswordPassed passed) {
    return passed.until().isAfter(clock.instant());
  }

  /**
   * Whether a code is right for who gave the password. Wrong codes count like wrong passwords.
   *
   * @param code of the app, or a recovery code
   * @param address of the client, as a literal
   */
  public SignInOutcome check(PasswordPassed passed, String code, String address) {
    var blocked = throttle.charge(passed.name(), address);
    if (blocked.isPresent()) {
      LOG.log(Level.WARNING, "Sign-in refused until {0}: too many failures", blocked.get());
      audit.denied(AuditAction.SIGN_IN, passed.name());
      return new SignInOutcome(null, blocked.get());
    }
    var account =
        database.first(
            "select "
                + Accounts.COLUMNS
                + " from account a where a.id = ? and a.password_changed_at is not distinct from ? and "
                + Accounts.OPEN,
            Accounts::read,
            passed.accountId(),
            passed.passwordChangedAt());
    if (account.isEmpty() || !lasts(passed) || !spend(account.get(), code)) {
      LOG.log(Level.WARNING, "Sign-in failed from {0}: second factor", address);
      audit.failed(AuditAction.SIGN_IN, passed.name());
      return SignInOutcome.WRONG;
    }
    throttle.succeeded(passed.name(), address);
    return new SignInOutcome(account.get(), null);
  }

  /** Whether a code was right; then it is right no more. */
  private boolean spend(Account account, String code) {
    String typed = folded(code);
    if (!OF_APP.matcher(typed).matches()) {
      return database.update(
              "delete from recovery_code where account_id = ? and code_hash = ?",
              account.id(),
              Secret.hash(typed))
          > 0;
    }
    var step =
        totp(account, CONFIRMED)
            .map(totp -> totp.step(typed, clock.instant()).orElse(0))
            .orElse(0L);
    return database.update(
            "update second_factor set last_step = ? where account_id = ? and last_step < ?",
            step,
            account.id(),
            step)
        > 0;
  }

  private static String folded(String code) {
    return Secret.folded(code == null ? "" : code);
  }

  private Optional<Totp> totp(Account account, String state) {
    try {
      return database
          .first(
              "select secret from second_factor where account_id = ? and " + state,
              row -> row.getBytes("secret"),
              account.id())
          .map(secret -> new Totp(secrets.decrypt(secret)));
    } catch (IllegalStateException e) {
      // the recovery codes remain
      LOG.log(Level.ERROR, "The second factor of account " + account.name() + " is unreadable", e);
      return Optional.empty();
    }
  }
}
