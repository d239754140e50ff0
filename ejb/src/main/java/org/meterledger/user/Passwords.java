package org.meterledger.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import org.meterledger.server.Database;
import org.meterledger.user.AccountRefused.Rule;

/** Checks and changes passwords. */
@ApplicationScoped
public class Passwords {

  private static final Logger LOG = System.getLogger(Passwords.class.getName());

  private final Database database;
  private final Clock clock;
  private final PasswordHashing hashing;
  private final SignInThrottle throttle;

  /** For the client proxy only. */
  protected Passwords() {
    this(null, null, null, null);
  }

  @Inject
  Passwords(Database database, Clock clock, PasswordHashing hashing, SignInThrottle throttle) {
    this.database = database;
    this.clock = clock;
    this.hashing = hashing;
    this.throttle = throttle;
  }

  private record Known(Account account, String hash) {}

  /**
   * Whether name and password belong together. An unknown name, a disabled account and a wrong
   * password cannot be told apart, neither by the answer nor by the time it takes.
   *
   * @param address of the client, as a literal
   */
  public SignInOutcome check(String name, String password, String address) {
    var blocked = throttle.charge(name, address);
    if (blocked.isPresent()) {
      LOG.log(Level.WARNING, "Sign-in refused until {0}: too many failures", blocked.get());
      return new SignInOutcome(null, blocked.get());
    }
    var known =
        database
            .first(
                "select "
                    + Accounts.COLUMNS
                    + ", a.password_hash from account a"
                    + " where a.name_key = ?",
                row -> new Known(Accounts.read(row), row.getString("password_hash")),
                Accounts.key(name))
            .orElse(new Known(null, null));
    boolean right = hashing.matches(known.hash, password);
    if (!right || !known.account.enabled()) {
      LOG.log(Level.WARNING, "Sign-in failed from {0}", address);
      return SignInOutcome.WRONG;
    }
    throttle.succeeded(name, address);
    if (hashing.outdated(known.hash)) {
      // the only moment at which the password is known
      database.update(
          "update account set password_hash = ? where id = ? and password_hash = ?",
          hashing.hash(password),
          known.account.id(),
          known.hash);
    }
    return new SignInOutcome(known.account, null);
  }

  /**
   * An account changes its own password; all its other sessions end.
   *
   * @param address of the client, as a literal
   * @param session the session that goes on, 0 for none
   * @throws AccountRefused when the present password is wrong or the new one breaks a rule
   */
  public void change(Account account, String present, String next, String address, long session) {
    PasswordRules.check(next, account.name());
    if (!check(account.name(), present, address).succeeded()) {
      throw new AccountRefused(Rule.PASSWORD_WRONG);
    }
    store(account.id(), hashing.hash(next), session);
  }

  /** An administrator gives an account another password; all its sessions end. */
  public void reset(Account account, String next) {
    PasswordRules.check(next, account.name());
    store(account.id(), hashing.hash(next), 0);
  }

  private void store(int account, String hash, long session) {
    database.inTransaction(
        connection -> {
          Accounts.execute(
              connection,
              "update account set password_hash = ?, password_changed_at = ?,"
                  + " version = version + 1 where id = ?",
              hash,
              clock.instant(),
              account);
          return Accounts.execute(
              connection,
              "delete from web_session where account_id = ? and id <> ?",
              account,
              session);
        });
  }
}
