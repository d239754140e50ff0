package org.meterledger.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.server.Database;
import org.meterledger.user.AccountRefused.Rule;

/**
 * One-time links by which accounts choose a password: new ones, and those whose password an
 * administrator has taken away. No administrator ever knows the password of somebody else. Who may
 * call what is decided where the call comes in.
 */
@ApplicationScoped
public class AccountLinks {

  private static final String PREFIX = "mli_";
  private static final Duration LASTING = Duration.ofHours(72);

  private final Database database;
  private final Clock clock;
  private final Audit audit;
  private final PasswordHashing hashing;
  private final SignInThrottle throttle;

  /** For the client proxy only. */
  protected AccountLinks() {
    this(null, null, null, null, null);
  }

  @Inject
  AccountLinks(
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

  /**
   * A new link, and the only time that it can be seen.
   *
   * @param token what the page of the link takes
   */
  public record Issued(String token, Instant expiresAt) {

    @Override
    public String toString() {
      return "Issued[" + expiresAt + "]";
    }
  }

  /**
   * A link for an account that has no password; one that was made before opens nothing any more.
   *
   * @throws AccountRefused when it has a password
   */
  public Issued invite(Account account) {
    return database.inTransaction(
        connection -> {
          // and not what the caller has seen: the link may have been used meanwhile
          boolean waiting =
              Accounts.execute(
                      connection,
                      "update account set version = version + 1"
                          + " where id = ? and password_hash is null",
                      account.id())
                  > 0;
          if (!waiting) {
            throw new AccountRefused(Rule.PASSWORD_PRESENT);
          }
          audit.done(connection, AuditAction.ACCOUNT_INVITE, account.name(), null, null);
          return issue(connection, account);
        });
  }

  /**
   * Takes the password away, ends all sessions and makes a link for a new one.
   *
   * @param secondFactor whether that is forgotten too
   * @throws AccountRefused when no administrator would be left
   */
  public Issued reset(Account account, boolean secondFactor) {
    return database.inTransaction(
        connection -> {
          Accounts.lock(connection);
          Accounts.execute(
              connection,
              "update account set password_hash = null, password_changed_at = null,"
                  + " version = version + 1 where id = ?",
              account.id());
          Accounts.keepAdministrator(connection);
          if (secondFactor) {
            Accounts.execute(
                connection, "delete from second_factor where account_id = ?", account.id());
          }
          Accounts.execute(
              connection, "delete from web_session where account_id = ?", account.id());
          audit.done(
              connection,
              AuditAction.ACCOUNT_RESET,
              account.name(),
              null,
              Map.of("secondFactorForgotten", secondFactor));
          return issue(connection, account);
        });
  }

  private Issued issue(Connection connection, Account account) throws SQLException {
    String token = Secret.token(PREFIX);
    var expiresAt = clock.instant().plus(LASTING);
    Accounts.execute(
        connection,
        "insert into account_link (account_id, token_hash, expires_at) values (?, ?, ?)"
            + " on conflict (account_id) do update"
            + " set token_hash = excluded.token_hash, expires_at = excluded.expires_at",
        account.id(),
        Secret.hash(token),
        expiresAt);
    return new Issued(token, expiresAt);
  }

  /**
   * Whom a link is for.
   *
   * @return empty when it opens nothing, or nothing any more
   */
  public Optional<Account> account(String token) {
    return database.first(
        "select "
            + Accounts.COLUMNS
            + " from account_link l join account a on a.id = l.account_id and "
            + Accounts.OPEN
            + " where l.token_hash = ? and l.expires_at > ?",
        Accounts::read,
        Secret.hash(token),
        clock.instant());
  }

  /**
   * Gives the account of a link its password, once.
   *
   * @throws AccountRefused when the link opens nothing any more, or the password breaks a rule
   */
  public void redeem(String token, String password) {
    // first, for who has no link must not make us hash
    var account = account(token).orElseThrow(() -> new AccountRefused(Rule.LINK_ENDED));
    PasswordRules.check(password, account.name());
    String hash = hashing.hash(password);
    database.inTransaction(
        connection -> {
          int used =
              Accounts.execute(
                  connection,
                  "delete from account_link where account_id = ? and token_hash = ?",
                  account.id(),
                  Secret.hash(token));
          if (used == 0) {
            throw new AccountRefused(Rule.LINK_ENDED);
          }
          Accounts.execute(
              connection,
              "update account set password_hash = ?, password_changed_at = ?,"
                  + " version = version + 1 where id = ?",
              hash,
              clock.instant(),
              account.id());
          throttle.clear(connection, account.name());
          audit.done(connection, AuditAction.PASSWORD_CHANGE, account.name(), null, null);
          return null;
        });
  }

  void forget() {
    database.update("delete from account_link where expires_at <= ?", clock.instant());
  }
}
