package org.meterledger.user;

import static org.meterledger.server.Database.instant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.meterledger.access.Grant;
import org.meterledger.access.Grants;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.server.Database;
import org.meterledger.user.AccountRefused.Rule;

/** All accounts. Who may call what is decided where the call comes in. */
@ApplicationScoped
public class Accounts {

  /** Languages in which the pages exist. */
  public static final Set<String> LANGUAGES = Set.of("en", "de");

  /** Of the table under the alias {@code a}, as {@link #read} wants them. */
  static final String COLUMNS =
      """
      a.id, a.name, a.language, a.theme, a.time_zone, a.enabled, a.locked_at, a.lock_reason,
      a.version, a.created_at, a.password_changed_at,
      exists (select 1 from second_factor f
               where f.account_id = a.id and f.confirmed_at is not null) as second_factor,
      exists (select 1 from access_grant g join role r on r.id = g.role_id and r.second_factor
               where g.account_id = a.id) as second_factor_required,
      coalesce((select case when i.managed then 'MANAGED' else 'LINKED' end
                  from account_identity i where i.account_id = a.id), 'NONE') as identity""";

  /** Of the table under the alias {@code a}: whoever is locked or disabled is out. */
  static final String OPEN = "a.enabled and a.locked_at is null";

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._@+-]{1,64}");

  private final Database database;
  private final Clock clock;
  private final PasswordHashing hashing;
  private final Grants grants;
  private final Audit audit;

  /** For the client proxy only. */
  protected Accounts() {
    this(null, null, null, null, null);
  }

  @Inject
  Accounts(Database database, Clock clock, PasswordHashing hashing, Grants grants, Audit audit) {
    this.database = database;
    this.clock = clock;
    this.hashing = hashing;
    this.grants = grants;
    this.audit = audit;
  }

  /** Ordered by name. */
  public List<Account> all() {
    return database.query(
        "select " + COLUMNS + " from account a order by a.name_key", Accounts::read);
  }

  public Optional<Account> byName(String name) {
    return database.first(
        "select " + COLUMNS + " from account a where a.name_key = ?", Accounts::read, key(name));
  }

  /**
   * @param password null for an account that chooses its own by an {@link AccountLinks link}
   * @throws AccountRefused when name or password break a rule
   */
  public Account create(String name, String password, Collection<Grant> given) {
    String hash = newHash(name, password);
    return database
        .inTransaction(connection -> insert(connection, name, hash, given))
        .orElseThrow(() -> new AccountRefused(Rule.NAME_TAKEN));
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** The hash of a password for a name, when both keep the rules; null for none. */
  String newHash(String name, String password) {
    if (name == null || !isName(name)) {
      throw new AccountRefused(Rule.NAME_FORM);
    }
    if (password == null) {
      return null;
    }
    PasswordRules.check(password, name);
    return hashing.hash(password);
  }

  /** Empty when the name is taken. */
  Optional<Account> insert(Connection connection, String name, String hash, Collection<Grant> given)
      throws SQLException {
    var now = clock.instant();
    var account =
        one(
            connection,
            "insert into account as a (name, name_key, password_hash, enabled, version,"
                + " created_at, password_changed_at) values (?, ?, ?, true, 1, ?, ?)"
                + " on conflict (name_key) do nothing returning "
                + COLUMNS,
            name,
            key(name),
            hash,
            now,
            hash == null ? null : now);
    if (account.isPresent()) {
      grants.replace(connection, account.get().id(), given);
      audit.done(connection, AuditAction.ACCOUNT_ADD, name, null, new Standing(true, given));
    }
    return account;
  }

  /** What the trail tells of an account. */
  public record Standing(boolean enabled, Collection<Grant> grants) {}

  private Optional<Account> byId(Connection connection, int id) throws SQLException {
    return one(connection, "select " + COLUMNS + " from account a where a.id = ?", id);
  }

  /**
   * Changes grants and standing. The account loses its sessions at once, so that nothing goes on
   * under what it could do before; tokens of a disabled one open nothing until it is enabled again.
   *
   * @param version the one that the change was made against
   * @return empty when the account was changed meanwhile or is gone
   * @throws AccountRefused when no administrator would be left, or the grants of an account would
   *     change that gets them from the identity provider
   */
  public Optional<Account> change(int id, int version, Collection<Grant> given, boolean enabled) {
    return database.inTransaction(
        connection -> {
          lock(connection);
          var before = byId(connection, id);
          var held = grants.of(connection, id);
          var changed =
              one(
                  connection,
                  "update account a set enabled = ?, version = a.version + 1"
                      + " where a.id = ? and a.version = ? returning "
                      + COLUMNS,
                  enabled,
                  id,
                  version);
          if (changed.isPresent()) {
            if (changed.get().identity() == Account.Identity.MANAGED
                && !held.equals(Set.copyOf(given))) {
              throw new AccountRefused(Rule.GRANTS_OF_PROVIDER);
            }
            grants.replace(connection, id, given);
            keepAdministrator(connection);
            execute(connection, "delete from web_session where account_id = ?", id);
            audit.done(
                connection,
                AuditAction.ACCOUNT_CHANGE,
                changed.get().name(),
                new Standing(before.orElseThrow().enabled(), held),
                new Standing(enabled, given));
          }
          return changed;
        });
  }

  /**
   * Language, theme and time zone of the pages.
   *
   * @param language null for what the browser asks
   * @param theme null for what the system is set to
   * @param timeZone IANA name; null for that of the portal
   */
  public void prefer(int id, String language, Theme theme, String timeZone) {
    if (language != null && !LANGUAGES.contains(language)) {
      throw new AccountRefused(Rule.LANGUAGE_UNKNOWN);
    }
    if (timeZone != null && !ZoneId.getAvailableZoneIds().contains(timeZone)) {
      throw new AccountRefused(Rule.TIME_ZONE_UNKNOWN);
    }
    database.update(
        "update account set language = ?, theme = ?, time_zone = ? where id = ?",
        language,
        theme == null ? null : theme.name(),
        timeZone,
        id);
  }

  /**
   * Removes an account with its tokens and sessions.
   *
   * @return whether it was there
   * @throws AccountRefused when no administrator would be left
   */
  public boolean remove(int id) {
    return database.inTransaction(
        connection -> {
          lock(connection);
          var account = byId(connection, id);
          if (account.isPresent()) {
            var standing = new Standing(account.get().enabled(), grants.of(connection, id));
            execute(connection, "delete from account where id = ?", id);
            keepAdministrator(connection);
            audit.done(
                connection, AuditAction.ACCOUNT_REMOVE, account.get().name(), standing, null);
          }
          return account.isPresent();
        });
  }

  /** Two administrators must not remove each other at the same moment. */
  static void lock(Connection connection) throws SQLException {
    execute(connection, "lock table account in share row exclusive mode");
  }

  static void keepAdministrator(Connection connection) throws SQLException {
    if (!Grants.administratorLeft(connection)) {
      throw new AccountRefused(Rule.LAST_ADMINISTRATOR);
    }
  }

  static Optional<Account> one(Connection connection, String sql, Object... parameters)
      throws SQLException {
    try (var statement = Database.prepare(connection, sql, parameters);
        var rows = statement.executeQuery()) {
      return rows.next() ? Optional.of(read(rows)) : Optional.empty();
    }
  }

  static int execute(Connection connection, String sql, Object... parameters) throws SQLException {
    try (var statement = Database.prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  static Account read(ResultSet row) throws SQLException {
    String theme = row.getString("theme");
    String zone = row.getString("time_zone");
    var lockedAt = instant(row, "locked_at");
    return new Account(
        row.getInt("id"),
        row.getString("name"),
        row.getString("language"),
        theme == null ? null : Theme.valueOf(theme),
        zone == null ? null : ZoneId.of(zone),
        row.getBoolean("enabled"),
        lockedAt == null ? null : new Account.Lock(lockedAt, row.getString("lock_reason")),
        row.getBoolean("second_factor"),
        row.getBoolean("second_factor_required"),
        row.getInt("version"),
        instant(row, "created_at"),
        instant(row, "password_changed_at"),
        Account.Identity.valueOf(row.getString("identity")));
  }

  /** Names that look alike to people are one name. */
  static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
