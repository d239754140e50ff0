package org.meterledger.user;

import java.util.Set;
import org.meterledger.access.Grant;
import org.meterledger.access.Grants;
import org.meterledger.server.Database;
import org.meterledger.server.SettableClock;
import org.meterledger.server.TestDatabase;

/** All of this package on tables without rows; the hashes are cheap. */
final class UserFixture {

  static final String PASSWORD = "a long enough secret";
  static final String ADDRESS = "192.0.2.7";

  final SettableClock clock = new SettableClock("2026-11-21T08:00:00Z");
  final Database database = TestDatabase.database();
  final PasswordHashing hashing = new PasswordHashing(new Argon2id(64, 1, 1));
  final Grants grants = new Grants(database);
  final Accounts accounts = new Accounts(database, clock, hashing, grants);
  final WebSessions sessions = new WebSessions(database, clock);
  final ApiTokens tokens = new ApiTokens(database, clock, sessions);
  final FirstAccount firstAccount = new FirstAccount(database, clock, accounts);
  final Passwords passwords = node();

  UserFixture() {
    database.update("truncate account, setup_code, sign_in_attempt cascade");
  }

  /** What another node of the cluster would have. */
  Passwords node() {
    return new Passwords(database, clock, hashing, new SignInThrottle(database, clock));
  }

  Account account(String name) {
    return accounts.create(name, PASSWORD, Set.of(Grant.VIEWER));
  }

  Account administrator(String name) {
    return accounts.create(name, PASSWORD, Set.of(Grant.ADMINISTRATOR));
  }
}
