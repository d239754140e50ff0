package org.meterledger.user;

import static org.meterledger.server.Database.instant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meterledger.access.Permission;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.server.Database;
import org.meterledger.user.AccountRefused.Rule;

/** Tokens of the API. */
@ApplicationScoped
public class ApiTokens {

  private static final String PREFIX = "mla_";
  private static final Duration LONGEST = Duration.ofDays(731);
  private static final int LONGEST_LABEL = 100;

  /** Spares the database a write with every request. */
  private static final Duration USED_STEP = Duration.ofMinutes(1);

  private static final String COLUMNS =
      "t.id, a.name as account, t.label, t.permissions, t.group_ids, t.created_at, t.expires_at, t.last_used_at, t.revoked_at";

  private final Database database;
  private final Clock clock;
  private final WebSessions sessions;
  private final Audit audit;

  /** For the client proxy only. */
  protected ApiTokens() {
    this(null, null, null, null);
  }

  @Inject
  ApiTokens(Database database, Clock clock, WebSessions sessions, Audit audit) {
    this.database = database;
    this.clock = clock;
    this.sessions = sessions;
    this.audit = audit;
  }

  /** A new token, and the only time that it can be seen. */
  public record Issued(ApiToken description, String token) {

    @Override
    public String toString() {
      return description.toString();
    }
  }

  /**
   * @param label what it is for, in the words of its owner
   * @throws AccountRefused when label, expiry or scope break a rule
   */
  public Issued issue(Account account, String label, Instant expiresAt, TokenScope scope) {
    if (label.isBlank() || label.length() > LONGEST_LABEL) {
      throw new AccountRefused(Rule.LABEL_FORM);
    }
    if (empty(scope.permissions()) || empty(scope.groups())) {
      throw new AccountRefused(Rule.SCOPE_EMPTY);
    }
    var now = clock.instant();
    if (!expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(LONGEST))) {
      throw new AccountRefused(Rule.EXPIRY_OUT_OF_RANGE);
    }
    String token = Secret.token(PREFIX);
    var description =
        database.inTransaction(
            connection -> {
              var issued =
                  one(
                      connection,
                      """
                      insert into api_token (account_id, label, token_hash, created_at, expires_at,
                                             permissions, group_ids)
                      values (?, ?, ?, ?, ?, ?, ?)
                      returning *, (select name from account where id = account_id) as account""",
                      account.id(),
                      label,
                      Secret.hash(token),
                      now,
                      expiresAt,
                      scope.permissions() == null
                          ? null
                          : scope.permissions().stream().map(Enum::name).toArray(String[]::new),
                      scope.groups() == null ? null : scope.groups().toArray(Integer[]::new));
              audit.done(
                  connection, AuditAction.TOKEN_ISSUE, account.name(), null, issued.orElseThrow());
              return issued.get();
            });
    return new Issued(description, token);
  }

  private static Optional<ApiToken> one(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (var statement = Database.prepare(connection, sql, parameters);
        var rows = statement.executeQuery()) {
      return rows.next() ? Optional.of(read(rows)) : Optional.empty();
    }
  }

  private static boolean empty(Set<?> part) {
    return part != null && part.isEmpty();
  }

  /** Newest first, with those that no longer hold. */
  public List<ApiToken> of(Account account) {
    return database.query(
        "select "
            + COLUMNS
            + " from api_token t join account a on a.id = t.account_id where a.id = ?"
            + " order by t.created_at desc, t.id desc",
        ApiTokens::read,
        account.id());
  }

  /** Of all accounts, newest first. */
  public List<ApiToken> all() {
    return database.query(
        "select "
            + COLUMNS
            + " from api_token t join account a on a.id = t.account_id"
            + " order by t.created_at desc, t.id desc",
        ApiTokens::read);
  }

  /**
   * @param by the account that asks
   * @param any whether it may revoke also those of others
   * @return whether there is such a token that this account may revoke
   */
  public boolean revoke(int id, Account by, boolean any) {
    return database.inTransaction(
        connection -> {
          var revoked =
              one(
                  connection,
                  """
                  update api_token set revoked_at = coalesce(revoked_at, ?)
                   where id = ? and (account_id = ? or ?)
                  returning *, (select name from account where id = account_id) as account""",
                  clock.instant(),
                  id,
                  by.id(),
                  any);
          if (revoked.isPresent()) {
            audit.done(
                connection, AuditAction.TOKEN_REVOKE, revoked.get().account(), revoked.get(), null);
          }
          return revoked.isPresent();
        });
  }

  /**
   * Whom a bearer token stands for.
   *
   * @param tokenId null for one that a page gave its script
   */
  public record Bearer(Account account, Integer tokenId, TokenScope scope) {}

  /** Empty when it opens nothing, or nothing any more. */
  public Optional<Bearer> bearer(String token) {
    if (token.startsWith(WebSessions.PREFIX)) {
      return sessions.byToken(token).map(account -> new Bearer(account, null, TokenScope.ALL));
    }
    var now = clock.instant();
    byte[] hash = Secret.hash(token);
    var bearer =
        database.first(
            "select "
                + Accounts.COLUMNS
                + ", t.id as token_id, t.permissions, t.group_ids from api_token t join account a on a.id = t.account_id and "
                + Accounts.OPEN
                + " where t.token_hash = ? and t.revoked_at is null and t.expires_at > ?",
            row -> new Bearer(Accounts.read(row), row.getInt("token_id"), scope(row)),
            hash,
            now);
    if (bearer.isPresent()) {
      database.update(
          "update api_token set last_used_at = ? where token_hash = ?"
              + " and (last_used_at is null or last_used_at < ?)",
          now,
          hash,
          now.minus(USED_STEP));
    }
    return bearer;
  }

  private static TokenScope scope(ResultSet row) throws SQLException {
    var permissions = row.getArray("permissions");
    var groups = row.getArray("group_ids");
    return new TokenScope(
        permissions == null ? null : Permission.named((String[]) permissions.getArray()),
        groups == null ? null : Set.of((Integer[]) groups.getArray()));
  }

  private static ApiToken read(ResultSet row) throws SQLException {
    return new ApiToken(
        row.getInt("id"),
        row.getString("account"),
        row.getString("label"),
        scope(row),
        instant(row, "created_at"),
        instant(row, "expires_at"),
        instant(row, "last_used_at"),
        instant(row, "revoked_at"));
  }
}
