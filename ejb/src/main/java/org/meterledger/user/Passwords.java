package org.meterledger.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.server.Database;
import org.meterledger.user.AccountRefused.Rule;

/** Checks and changes passwords. */
@ApplicationScoped
public class Passwords {

  private static final Logger LOG = System.getLogger(Passwords.class.getName());

  private final Database database;
  private final Clock clock;
  private final Audit audit;
  private final PasswordHashing hashing;
  private final SignInThrottle throttle;

  /** For the client proxy only. */
  protected Passwords() {
    this(null, null, null, null, null);
  }

  @Inject
  Passwords(
      Database database,
      Clock clock,
      Audit audit,
      PasswordHashing hashing,
      SignInThrottle throttle) {
    this.database = database;
    this.clock = clock;
    this.audit = audit;
    this.hashing = hashing;
    this.throttle = throttle;
  }

  private record Known(Account account, String hash) {

    /** What was typed as the name of nobody may be a password, and is not written anywhere. */
    private String name() {
      return account == null ? null : account.name();
    }
  }

  /**
   * Whether name and password belong together. An unknown name, an account that is disabled, locked
   * or without password and a wrong password cannot be told apart, neither by the answer nor by the
   * time it takes. Where the account has a second factor, that remains to be asked for.
   *
   * @param address of the client, as a literal
   */
  public SignInOutcome check(String name, String password, String address) {
    return check(known(name), name, password, address, AuditAction.SIGN_IN);
  }

  private Known known(String name) {
    return database
        .first(
            "select " + Accounts.COLUMNS + ", a.password_hash from account a where a.name_key = ?",
            row -> new Known(Accounts.read(row), row.getString("password_hash")),
            Accounts.key(name))
        .orElse(new Known(null, null));
  }

  private SignInOutcome check(
      Known known, String name, String password, String address, AuditAction what) {
    var blocked = throttle.charge(name, address);
    if (blocked.isPresent()) {
      LOG.log(Level.WARNING, "Sign-in refused until {0}: too many failures", blocked.get());
      audit.denied(what, known.name());
      return new SignInOutcome(null, blocked.get());
    }
    boolean right = hashing.matches(known.hash, password);
    if (!right || !known.account.open()) {
      LOG.log(Level.WARNING, "Sign-in failed from {0}", address);
      audit.failed(what, known.name());
      return SignInOutcome.WRONG;
    }
    if (known.account.secondFactor()) {
      // else who has the password could try codes without end, by it in between
      throttle.halfWay(name, address);
    } else {
      throttle.succeeded(name, address);
    }
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
   * Asks for the password of who has signed in before something that it takes to sign in is
   * changed. Who has none came in by the identity provider, which has asked for what it takes.
   *
   * @param address of the client, as a literal
   * @param what is to be changed
   * @throws AccountRefused when it is wrong, or was not looked at after too many failures
   */
  void require(Account account, String password, String address, AuditAction what) {
    if (!account.hasPassword() && account.identity() != Account.Identity.NONE) {
      return;
    }
    var outcome = check(known(account.name()), account.name(), password, address, what);
    if (!outcome.succeeded()) {
      throw new AccountRefused(outcome.throttled() ? Rule.TOO_MANY_FAILURES : Rule.PASSWORD_WRONG);
    }
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
    require(account, present, address, AuditAction.PASSWORD_CHANGE);
    String hash = hashing.hash(next);
    database.inTransaction(
        connection -> {
          Accounts.execute(
              connection,
              "update account set password_hash = ?, password_changed_at = ?,"
                  + " version = version + 1 where id = ?",
              hash,
              clock.instant(),
              account.id());
          Accounts.execute(
              connection,
              "delete from web_session where account_id = ? and id <> ?",
              account.id(),
              session);
          audit.done(connection, AuditAction.PASSWORD_CHANGE, account.name(), null, null);
          return null;
        });
  }
}
