package org.meterledger.user;

import static org.meterledger.server.Database.instant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.meterledger.access.Grant;
import org.meterledger.access.Grants;
import org.meterledger.server.Database;
import org.meterledger.user.AccountRefused.Rule;

/** All accounts. Who may call what is decided where the call comes in. */
@ApplicationScoped
public class Accounts {

  /** Languages in which the pages exist. */
  public static final Set<String> LANGUAGES = Set.of("en", "de");

  /** Of the table under the alias {@code a}, as {@link #read} wants them. */
  static final String COLUMNS =
      "a.id, a.name, a.language, a.theme, a.enabled, a.version, a.created_at,"
          + " a.password_changed_at";

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._@+-]{1,64}");

  private final Database database;
  private final Clock clock;
  private final PasswordHashing hashing;
  private final Grants grants;

  /** For the client proxy only. */
  protected Accounts() {
    this(null, null, null, null);
  }

  @Inject
  Accounts(Database database, Clock clock, PasswordHashing hashing, Grants grants) {
    this.database = database;
    this.clock = clock;
    this.hashing = hashing;
    this.grants = grants;
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
   * @throws AccountRefused when name or password break a rule
   */
  public Account create(String name, String password, Collection<Grant> given) {
    String hash = newHash(name, password);
    return database
        .inTransaction(connection -> insert(connection, name, hash, given))
        .orElseThrow(() -> new AccountRefused(Rule.NAME_TAKEN));
  }

  /** The hash of a password for a name, when both keep the rules. */
  String newHash(String name, String password) {
    if (!NAME.matcher(name).matches()) {
      throw new AccountRefused(Rule.NAME_FORM);
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
            now);
    if (account.isPresent()) {
      grants.replace(connection, account.get().id(), given);
    }
    return account;
  }

  /**
   * Changes grants and standing. The account loses its sessions at once, so that nothing goes on
   * under what it could do before; tokens of a disabled one open nothing until it is enabled again.
   *
   * @param version the one that the change was made against
   * @return empty when the account was changed meanwhile or is gone
   * @throws AccountRefused when no administrator would be left
   */
  public Optional<Account> change(int id, int version, Collection<Grant> given, boolean enabled) {
    return database.inTransaction(
        connection -> {
          lock(connection);
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
            grants.replace(connection, id, given);
            keepAdministrator(connection);
            execute(connection, "delete from web_session where account_id = ?", id);
          }
          return changed;
        });
  }

  /**
   * Language and theme of the pages.
   *
   * @param language null for what the browser asks
   * @param theme null for what the system is set to
   */
  public void prefer(int id, String language, Theme theme) {
    if (language != null && !LANGUAGES.contains(language)) {
      throw new AccountRefused(Rule.LANGUAGE_UNKNOWN);
    }
    database.update(
        "update account set language = ?, theme = ? where id = ?",
        language,
        theme == null ? null : theme.name(),
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
          boolean removed = execute(connection, "delete from account where id = ?", id) > 0;
          keepAdministrator(connection);
          return removed;
        });
  }

  /** Two administrators must not remove each other at the same moment. */
  private static void lock(Connection connection) throws SQLException {
    execute(connection, "lock table account in share row exclusive mode");
  }

  private static void keepAdministrator(Connection connection) throws SQLException {
    if (!Grants.administratorLeft(connection)) {
      throw new AccountRefused(Rule.LAST_ADMINISTRATOR);
    }
  }

  private static Optional<Account> one(Connection connection, String sql, Object... parameters)
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
    return new Account(
        row.getInt("id"),
        row.getString("name"),
        row.getString("language"),
        theme == null ? null : Theme.valueOf(theme),
        row.getBoolean("enabled"),
        row.getInt("version"),
        instant(row, "created_at"),
        instant(row, "password_changed_at"));
  }

  /** Names that look alike to people are one name. */
  static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
