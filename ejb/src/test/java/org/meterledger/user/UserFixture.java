package org.meterledger.user;

import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.meterledger.access.CurrentCaller;
import org.meterledger.access.Grant;
import org.meterledger.access.Grants;
import org.meterledger.audit.Audit;
import org.meterledger.meter.MeterSecrets;
import org.meterledger.server.Database;
import org.meterledger.server.SettableClock;
import org.meterledger.server.TestDatabase;

/** All of this package on tables without rows; the hashes are cheap. */
final class UserFixture {

  static final String PASSWORD = "a long enough secret";
  static final String ADDRESS = "192.0.2.7";

  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  final SettableClock clock = new SettableClock("2026-11-21T08:00:00Z");
  final Database database = TestDatabase.database();
  final CountingHashes hashing = new CountingHashes();
  final CurrentCaller caller = new CurrentCaller();
  final Audit audit = new Audit(database, caller, clock);
  final SignInThrottle throttle = new SignInThrottle(database, clock);
  final Grants grants = new Grants(database);
  final Accounts accounts = new Accounts(database, clock, hashing, grants, audit);
  final WebSessions sessions = new WebSessions(database, clock, audit);
  final ApiTokens tokens = new ApiTokens(database, clock, sessions, audit);
  final FirstAccount firstAccount = new FirstAccount(database, clock, accounts);
  final Passwords passwords = node();
  final AccountLinks links = new AccountLinks(database, clock, audit, hashing, throttle);
  final AccountLocks locks = new AccountLocks(database, clock, audit, throttle);
  final SecondFactors factors =
      new SecondFactors(database, clock, audit, new MeterSecrets(KEY), passwords, throttle);

  /** How many times a password was hashed, which is what takes time. */
  static final class CountingHashes extends PasswordHashing {
    int computed;

    CountingHashes() {
      super(new Argon2id(64, 1, 1));
    }

    @Override
    <T> T onACore(Supplier<T> computation) {
      computed++;
      return super.onACore(computation);
    }
  }

  final Identities identities = new Identities(database, clock, audit, accounts, grants, passwords);
  final ClaimGrants claims = new ClaimGrants(database, audit);

  private long written;

  UserFixture() {
    database.update("truncate account, claim_grant, setup_code, sign_in_attempt cascade");
    database.update("update role set second_factor = false");
    written = lastWritten();
  }

  private long lastWritten() {
    return database
        .first("select coalesce(max(id), 0) as id from audit_entry", row -> row.getLong("id"))
        .orElseThrow();
  }

  /** What was written to the trail since the last account was made here. */
  List<String> trail() {
    return database.query(
        "select action, outcome, subject from audit_entry where id > ? order by id",
        row -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3),
        written);
  }

  /** The same as one text, with all that is in it. */
  String everythingWritten() {
    return String.join(
        "\n",
        database.query(
            "select e::text from audit_entry e where id > ?", row -> row.getString(1), written));
  }

  /** As it stands now. */
  Account now(Account account) {
    return accounts.byName(account.name()).orElseThrow();
  }

  /** What another node of the cluster would have. */
  Passwords node() {
    return new Passwords(database, clock, audit, hashing, new SignInThrottle(database, clock));
  }

  Account account(String name) {
    return made(name, Grant.VIEWER);
  }

  Account administrator(String name) {
    return made(name, Grant.ADMINISTRATOR);
  }

  private Account made(String name, Grant grant) {
    var account = accounts.create(name, PASSWORD, Set.of(grant));
    written = lastWritten();
    return account;
  }
}
