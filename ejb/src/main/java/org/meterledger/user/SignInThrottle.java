package org.meterledger.user;

import static org.meterledger.server.Database.instant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.meterledger.server.Database;

/**
 * Makes guessing slow on all nodes together. An attempt is charged before the password is looked
 * at, so that many at once count as many, and given back when it was right. What is counted does
 * not depend on whether the account exists.
 *
 * <p>Nobody is locked out for good: a wait is bounded, and who signed in from an address before is
 * not held up there by what strangers try elsewhere.
 */
@ApplicationScoped
public class SignInThrottle {

  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(12);
  private static final Duration ADDRESS_KNOWN_FOR = Duration.ofDays(90);

  private static final String GIVEN_BACK =
      "failures = greatest(failures - 1, 0), blocked_until = null";

  private enum Scope {
    ACCOUNT(20, Duration.ofMinutes(1)),
    ADDRESS(30, Duration.ofMinutes(15)),
    PAIR(5, Duration.ofMinutes(15));

    /** Failures until the first wait. */
    private final int free;

    private final Duration longest;

    Scope(int free, Duration longest) {
      this.free = free;
      this.longest = longest;
    }

    /** Two seconds, doubled with each further failure. */
    Instant blockedUntil(int failures, Instant now) {
      if (failures < free) {
        return null;
      }
      var wait = Duration.ofSeconds(1L << Math.min(failures - free + 1, 20));
      return now.plus(wait.compareTo(longest) > 0 ? longest : wait);
    }
  }

  private record Counter(int failures, Instant lastAt, Instant blockedUntil, Instant succeededAt) {
    static final Counter NONE = new Counter(0, Instant.EPOCH, null, null);
  }

  private final Database database;
  private final Clock clock;

  /** For the client proxy only. */
  protected SignInThrottle() {
    this(null, null);
  }

  @Inject
  SignInThrottle(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Charges one attempt.
   *
   * @param address of the client, as a literal
   * @return until when attempts are refused; empty when this one may go on
   */
  Optional<Instant> charge(String name, String address) {
    var now = clock.instant();
    return database.inTransaction(
        connection -> {
          // always in this order, so that two attempts cannot wait for each other
          var account = locked(connection, Scope.ACCOUNT, name, address, now);
          var place = locked(connection, Scope.ADDRESS, name, address, now);
          var pair = locked(connection, Scope.PAIR, name, address, now);
          boolean known =
              pair.succeededAt != null && pair.succeededAt.isAfter(now.minus(ADDRESS_KNOWN_FOR));
          var until = latest(place, pair, known ? Counter.NONE : account);
          if (until.isAfter(now)) {
            return Optional.of(until);
          }
          if (!known) {
            count(connection, Scope.ACCOUNT, name, address, account, now);
          }
          count(connection, Scope.ADDRESS, name, address, place, now);
          count(connection, Scope.PAIR, name, address, pair, now);
          return Optional.empty();
        });
  }

  /** Gives back the charge of an attempt that was right, but is not all that is asked for. */
  void halfWay(String name, String address) {
    database.inTransaction(
        connection -> {
          for (var scope : Scope.values()) {
            execute(connection, GIVEN_BACK, scope, name, address);
          }
          return null;
        });
  }

  /** Gives back the charge of an attempt that was right, and forgets the failures before. */
  void succeeded(String name, String address) {
    database.inTransaction(
        connection -> {
          execute(connection, "failures = 0, blocked_until = null", Scope.ACCOUNT, name, address);
          execute(connection, GIVEN_BACK, Scope.ADDRESS, name, address);
          Accounts.execute(
              connection,
              "update sign_in_attempt set failures = 0, blocked_until = null, succeeded_at = ?"
                  + " where scope = 'PAIR' and key = ?",
              clock.instant(),
              key(Scope.PAIR, name, address));
          return null;
        });
  }

  /**
   * Until when attempts with a name are refused, from wherever the wait is longest.
   *
   * @return empty when nobody waits
   */
  public Optional<Instant> blockedUntil(String name) {
    return database.first(
        "select max(blocked_until) as until from sign_in_attempt"
            + " where name_hash = ? and blocked_until > ? having max(blocked_until) is not null",
        row -> instant(row, "until"),
        hash(name),
        clock.instant());
  }

  /** Lets an account try again at once, from everywhere; what an address did elsewhere stays. */
  void clear(Connection connection, String name) throws SQLException {
    Accounts.execute(
        connection,
        "update sign_in_attempt set failures = 0, blocked_until = null where name_hash = ?",
        hash(name));
  }

  private static byte[] hash(String name) {
    return Secret.hash(Accounts.key(name));
  }

  /** Forgets what no longer holds anybody up. */
  void forget() {
    var now = clock.instant();
    database.update(
        "delete from sign_in_attempt where last_at < ? and (succeeded_at is null"
            + " or succeeded_at < ?)",
        now.minus(FORGOTTEN_AFTER),
        now.minus(ADDRESS_KNOWN_FOR));
  }

  private static void execute(
      Connection connection, String change, Scope scope, String name, String address)
      throws SQLException {
    Accounts.execute(
        connection,
        "update sign_in_attempt set " + change + " where scope = ? and key = ?",
        scope.name(),
        key(scope, name, address));
  }

  private static Instant latest(Counter... counters) {
    return Arrays.stream(counters)
        .map(Counter::blockedUntil)
        .filter(until -> until != null)
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  private static Counter locked(
      Connection connection, Scope scope, String name, String address, Instant now)
      throws SQLException {
    String sql =
        "insert into sign_in_attempt as t (scope, key, name_hash, failures, last_at)"
            + " values (?, ?, ?, 0, ?)"
            + " on conflict (scope, key) do update set last_at = t.last_at"
            + " returning failures, last_at, blocked_until, succeeded_at";
    try (var statement =
            Database.prepare(
                connection,
                sql,
                scope.name(),
                key(scope, name, address),
                scope == Scope.ADDRESS ? null : hash(name),
                now);
        var row = statement.executeQuery()) {
      row.next();
      var counter =
          new Counter(
              row.getInt("failures"),
              instant(row, "last_at"),
              instant(row, "blocked_until"),
              instant(row, "succeeded_at"));
      return counter.lastAt.isBefore(now.minus(FORGOTTEN_AFTER))
          ? new Counter(0, now, null, counter.succeededAt)
          : counter;
    }
  }

  private static void count(
      Connection connection, Scope scope, String name, String address, Counter before, Instant now)
      throws SQLException {
    int failures = before.failures + 1;
    Accounts.execute(
        connection,
        "update sign_in_attempt set failures = ?, last_at = ?, blocked_until = ?"
            + " where scope = ? and key = ?",
        failures,
        now,
        scope.blockedUntil(failures, now),
        scope.name(),
        key(scope, name, address));
  }

  private static byte[] key(Scope scope, String name, String address) {
    return switch (scope) {
      case ACCOUNT -> hash(name);
      case ADDRESS -> Secret.hash(network(address));
      case PAIR -> Secret.hash(network(address) + ' ' + Accounts.key(name));
    };
  }

  /** Who has one IPv6 address has 2^64 of them: the network counts. */
  private static String network(String address) {
    try {
      var parsed = InetAddress.getByName(address);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(parsed.getAddress(), 0, 8)
          : parsed.getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
