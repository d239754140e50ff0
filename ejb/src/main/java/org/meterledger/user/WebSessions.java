package org.meterledger.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
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
  private final Audit audit;

  /** For the client proxy only. */
  protected WebSessions() {
    this(null, null, null);
  }

  @Inject
  WebSessions(Database database, Clock clock, Audit audit) {
    this.database = database;
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * @param address of the client, as a literal; null where it is not known
   * @param secondFactor whether an identity provider has asked for one
   */
  public WebSession start(Account account, String address, boolean secondFactor) {
    var now = clock.instant();
    String token = Secret.token(PREFIX);
    long id =
        database
            .first(
                "insert into web_session (account_id, token_hash, started_at, seen_at, expires_at,"
                    + " address, second_factor) values (?, ?, ?, ?, ?, ?, ?) returning id",
                row -> row.getLong("id"),
                account.id(),
                Secret.hash(token),
                now,
                now,
                now.plus(LONGEST),
                address,
                secondFactor)
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
            "select s.id from web_session s join account a on a.id = s.account_id and "
                + Accounts.OPEN
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

  /**
   * A session that lasts.
   *
   * @param address from which it was begun; null where that is not known
   */
  public record Open(long id, Instant startedAt, Instant seenAt, String address) {}

  /** A session that lasts, and whose it is. */
  public record Held(String account, Open session) {}

  /** The lasting sessions of all accounts, those seen last first; at most 1000. */
  public List<Held> all() {
    var now = clock.instant();
    return database.query(
        "select a.name, s.id, s.started_at, s.seen_at, s.address"
            + " from web_session s join account a on a.id = s.account_id"
            + " where s.expires_at > ? and s.seen_at > ?"
            + " order by s.seen_at desc, s.id desc limit 1000",
        row -> new Held(row.getString("name"), open(row)),
        now,
        now.minus(IDLE));
  }

  private static Open open(ResultSet row) throws SQLException {
    return new Open(
        row.getLong("id"),
        Database.instant(row, "started_at"),
        Database.instant(row, "seen_at"),
        row.getString("address"));
  }

  /** The lasting sessions of an account, those seen last first. */
  public List<Open> of(int accountId) {
    var now = clock.instant();
    return database.query(
        "select id, started_at, seen_at, address from web_session"
            + " where account_id = ? and expires_at > ? and seen_at > ?"
            + " order by seen_at desc, id desc",
        WebSessions::open,
        accountId,
        now,
        now.minus(IDLE));
  }

  /** Ends all sessions of an account. */
  public void endAll(Account account) {
    endOthers(account, 0);
  }

  /**
   * Ends all sessions of an account but one.
   *
   * @param keep the session that goes on, 0 for none
   */
  public void endOthers(Account account, long keep) {
    end(account, "id <> ?", keep);
  }

  /** Whether there was such a session of the account. */
  public boolean end(Account account, long id) {
    return end(account, "id = ?", id);
  }

  private boolean end(Account account, String which, long id) {
    return database.inTransaction(
        connection -> {
          int ended =
              Accounts.execute(
                  connection,
                  "delete from web_session where account_id = ? and " + which,
                  account.id(),
                  id);
          if (ended > 0) {
            audit.done(
                connection,
                AuditAction.SESSION_END,
                account.name(),
                Map.of("sessions", ended),
                null);
          }
          return ended > 0;
        });
  }

  /** Of a browser that signs out or came in anew. */
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
            + ", s.second_factor as proven"
            + " from web_session s join account a on a.id = s.account_id and "
            + Accounts.OPEN
            + " where "
            + which
            + " and s.expires_at > ? and s.seen_at > ?",
        row -> row.getBoolean("proven") ? Accounts.read(row).proven() : Accounts.read(row),
        key,
        now,
        now.minus(IDLE));
  }
}
