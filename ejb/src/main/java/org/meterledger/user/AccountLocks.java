package org.meterledger.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.server.Database;
import org.meterledger.user.AccountRefused.Rule;

/**
 * Accounts that an administrator closes for the time being. Who may call what is decided where the
 * call comes in.
 */
@ApplicationScoped
public class AccountLocks {

  private static final int LONGEST_REASON = 200;

  private final Database database;
  private final Clock clock;
  private final Audit audit;
  private final SignInThrottle throttle;

  /** For the client proxy only. */
  protected AccountLocks() {
    this(null, null, null, null);
  }

  @Inject
  AccountLocks(Database database, Clock clock, Audit audit, SignInThrottle throttle) {
    this.database = database;
    this.clock = clock;
    this.audit = audit;
    this.throttle = throttle;
  }

  /**
   * Ends all sessions; the account does not sign in and its tokens open nothing until it is
   * unlocked.
   *
   * @param reason in the administrator's words, 1 to 200 characters
   * @throws AccountRefused when the reason breaks its rule, or no administrator would be left
   */
  public void lock(Account account, String reason) {
    if (reason == null || reason.isBlank() || reason.strip().length() > LONGEST_REASON) {
      throw new AccountRefused(Rule.LOCK_REASON_FORM);
    }
    database.inTransaction(
        connection -> {
          Accounts.lock(connection);
          Accounts.execute(
              connection,
              "update account set locked_at = ?, lock_reason = ?, version = version + 1"
                  + " where id = ?",
              clock.instant(),
              reason.strip(),
              account.id());
          Accounts.keepAdministrator(connection);
          Accounts.execute(
              connection, "delete from web_session where account_id = ?", account.id());
          audit.done(
              connection,
              AuditAction.ACCOUNT_LOCK,
              account.name(),
              null,
              Map.of("reason", reason.strip()));
          return null;
        });
  }

  /** Takes the lock away, and lets the account try again at once after too many failures. */
  public void unlock(Account account) {
    database.inTransaction(
        connection -> {
          Accounts.execute(
              connection,
              "update account set locked_at = null, lock_reason = null, version = version + 1"
                  + " where id = ? and locked_at is not null",
              account.id());
          throttle.clear(connection, account.name());
          audit.done(
              connection,
              AuditAction.ACCOUNT_UNLOCK,
              account.name(),
              account.lock() == null ? null : Map.of("reason", account.lock().reason()),
              null);
          return null;
        });
  }
}
