package org.meterledger.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.meterledger.server.Database;

/**
 * Sessions of signed-in browsers, in the database: any node can end them, and one that died with
 * its node ends by itself.
 */
@ApplicationScoped
public class WebSessions {

  static final String PREFIX = "mls_";

  /** Without a page asked for; the session of the container has the same, in web.xml. */
  private static final Duration IDLE = Duration.ofMinutes(30);

  /** A working day with overtime; then the password is asked for again. */
  private static final Duration LONGEST = Duration.ofHours(12);

  /** Spares the database a write with every page. */
  private static final Duration SEEN_STEP = Duration.ofMinutes(1);

  private final Database database;
  private final Clock clock;

  /** For the client proxy only. */
  protected WebSessions() {
    this(null, null);
  }

  @Inject
  WebSessions(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  public WebSession start(Account account) {
    var now = clock.instant();
    String token = Secret.token(PREFIX);
    long id =
        database
            .first(
                "insert into web_session (account_id, token_hash, started_at, seen_at, expires_at)"
                    + " values (?, ?, ?, ?, ?) returning id",
                row -> row.getLong("id"),
                account.id(),
                Secret.hash(token),
                now,
                now,
                now.plus(LONGEST))
            .orElseThrow();
    return new WebSession(id, token);
  }

  /** The account of a session that a browser came with, and notes that it came. */
  public Optional<Account> resume(WebSession session) {
    var account = find("s.id = ?", session.id());
    if (account.isPresent()) {
      var now = clock.instant();
      database.update(
          "update web_session set seen_at = ? where id = ? and seen_at < ?",
          now,
          session.id(),
          now.minus(SEEN_STEP));
    }
    return account;
  }

  /**
   * Those of these sessions that have not ended; unlike {@link #resume} it does not prolong them.
   */
  public Set<Long> lasting(Set<Long> ids) {
    if (ids.isEmpty()) {
      return Set.of();
    }
    var now = clock.instant();
    return Set.copyOf(
        database.query(
            "select s.id from web_session s join account a on a.id = s.account_id and a.enabled"
                + " where s.id = any (?) and s.expires_at > ? and s.seen_at > ?",
            row -> row.getLong("id"),
            ids.toArray(Long[]::new),
            now,
            now.minus(IDLE)));
  }

  /** The account whose page gave this token to its script. */
  Optional<Account> byToken(String token) {
    return find("s.token_hash = ?", Secret.hash(token));
  }

  public void end(WebSession session) {
    database.update("delete from web_session where id = ?", session.id());
  }

  void forget() {
    var now = clock.instant();
    database.update(
        "delete from web_session where expires_at <= ? or seen_at <= ?", now, now.minus(IDLE));
  }

  private Optional<Account> find(String which, Object key) {
    var now = clock.instant();
    return database.first(
        "select "
            + Accounts.COLUMNS
            + " from web_session s join account a on a.id = s.account_id and a.enabled where "
            + which
            + " and s.expires_at > ? and s.seen_at > ?",
        Accounts::read,
        key,
        now,
        now.minus(IDLE));
  }
}
