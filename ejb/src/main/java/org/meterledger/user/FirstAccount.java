package org.meterledger.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meterledger.access.Grant;
import org.meterledger.server.Database;
import org.meterledger.user.AccountRefused.Rule;

/**
 * Brings in the first administrator: by the environment, or else by who can read the log. There is
 * no password to begin with.
 */
@ApplicationScoped
public class FirstAccount {

  static final String NAME = "METERLEDGER_ADMIN_NAME";
  static final String PASSWORD = "METERLEDGER_ADMIN_PASSWORD";

  private static final Logger LOG = System.getLogger(FirstAccount.class.getName());

  private final Database database;
  private final Clock clock;
  private final Accounts accounts;

  /** For the client proxy only. */
  protected FirstAccount() {
    this(null, null, null);
  }

  @Inject
  FirstAccount(Database database, Clock clock, Accounts accounts) {
    this.database = database;
    this.clock = clock;
    this.accounts = accounts;
  }

  /** Whether nobody can sign in yet. */
  public boolean missing() {
    return database.first("select 1 from account limit 1", row -> true).isEmpty();
  }

  /** Called once at the start of a node. */
  void prepare(Map<String, String> environment) {
    if (!missing()) {
      return;
    }
    String password = environment.getOrDefault(PASSWORD, "");
    if (password.isEmpty()) {
      offerCode();
    } else {
      createFrom(environment.getOrDefault(NAME, "admin"), password);
    }
  }

  private void createFrom(String name, String password) {
    try {
      String hash = accounts.newHash(name, password);
      if (database
          .inTransaction(connection -> createIfMissing(connection, name, hash))
          .isPresent()) {
        LOG.log(Level.INFO, "Created the first administrator from {0}", PASSWORD);
      }
    } catch (AccountRefused e) {
      LOG.log(Level.ERROR, "{0} and {1} give no account: {2}", NAME, PASSWORD, e.getMessage());
      offerCode();
    }
  }

  private void offerCode() {
    String code = Secret.typed();
    database.update(
        "insert into setup_code (code_hash, created_at) values (?, ?)",
        Secret.hash(Secret.folded(code)),
        clock.instant());
    LOG.log(
        Level.WARNING,
        "There is no account yet. Open /setup.xhtml and enter this code, good once: {0}",
        code);
  }

  /**
   * Creates the first administrator by a code from the log.
   *
   * @throws AccountRefused when the code is wrong, or name or password break a rule
   */
  public Account redeem(String code, String name, String password) {
    byte[] codeHash = Secret.hash(Secret.folded(code));
    if (!missing()
        || database
            .first("select 1 from setup_code where code_hash = ?", row -> true, codeHash)
            .isEmpty()) {
      // before the password: who has no code must not make us hash
      throw new AccountRefused(Rule.SETUP_CODE_WRONG);
    }
    String hash = accounts.newHash(name, password);
    return database
        .inTransaction(connection -> createIfMissing(connection, name, hash))
        .orElseThrow(() -> new AccountRefused(Rule.SETUP_CODE_WRONG));
  }

  /** Two nodes, or two people with a code each, make one account. */
  private Optional<Account> createIfMissing(Connection connection, String name, String hash)
      throws SQLException {
    Accounts.execute(connection, "lock table account in share row exclusive mode");
    try (var statement = Database.prepare(connection, "select 1 from account limit 1");
        var rows = statement.executeQuery()) {
      if (rows.next()) {
        return Optional.empty();
      }
    }
    Accounts.execute(connection, "delete from setup_code");
    return accounts.insert(connection, name, hash, Set.of(Grant.ADMINISTRATOR));
  }
}
