package org.meterledger.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meterledger.access.Grant;
import org.meterledger.access.Grants;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.server.Database;
import org.meterledger.user.AccountRefused.Rule;
import org.meterledger.user.IdentityOutcome.Refusal;

/**
 * Which account an identity of the provider comes in as. One that comes for the first time gets an
 * account of its own when its claims give it something; never that of somebody whose name it bears,
 * for at the provider anybody may be called that. The owner of an account links it.
 */
@ApplicationScoped
public class Identities {

  private static final Logger LOG = System.getLogger(Identities.class.getName());

  private final Database database;
  private final Clock clock;
  private final Audit audit;
  private final Accounts accounts;
  private final Grants grants;
  private final Passwords passwords;

  /** For the client proxy only. */
  protected Identities() {
    this(null, null, null, null, null, null);
  }

  @Inject
  Identities(
      Database database,
      Clock clock,
      Audit audit,
      Accounts accounts,
      Grants grants,
      Passwords passwords) {
    this.database = database;
    this.clock = clock;
    this.audit = audit;
    this.accounts = accounts;
    this.grants = grants;
    this.passwords = passwords;
  }

  /** The account as which an identity comes in, with the grants that its claims give now. */
  public IdentityOutcome signIn(ProvedIdentity identity) {
    var outcome =
        database.inTransaction(
            connection -> {
              var known = find(connection, identity);
              if (known.isEmpty()) {
                // it may come in two tabs at once
                Accounts.lock(connection);
                known = find(connection, identity);
              }
              return known.isPresent()
                  ? comesAgain(connection, known.get(), identity)
                  : comesFirst(connection, identity);
            });
    if (!outcome.succeeded()) {
      LOG.log(Level.WARNING, "Sign-in by the identity provider refused: {0}", outcome.refusal());
      audit.failed(AuditAction.SIGN_IN, name(identity).orElse(null));
    }
    return outcome;
  }

  private static Optional<Account> find(Connection connection, ProvedIdentity identity)
      throws SQLException {
    return Accounts.one(
        connection,
        "select "
            + Accounts.COLUMNS
            + " from account a join account_identity n on n.account_id = a.id"
            + " where n.issuer = ? and n.subject = ?",
        identity.issuer(),
        identity.subject());
  }

  private IdentityOutcome comesFirst(Connection connection, ProvedIdentity identity)
      throws SQLException {
    var given = given(connection, identity.claims());
    if (given.isEmpty()) {
      return IdentityOutcome.refused(Refusal.NO_ROLE);
    }
    var name = name(identity);
    if (name.isEmpty()) {
      return IdentityOutcome.refused(Refusal.NAME_FORM);
    }
    var account = accounts.insert(connection, name.get(), null, given);
    if (account.isEmpty()) {
      return IdentityOutcome.refused(Refusal.NAME_TAKEN);
    }
    insert(connection, account.get(), identity, true);
    return IdentityOutcome.of(find(connection, identity).orElseThrow());
  }

  private IdentityOutcome comesAgain(
      Connection connection, Account account, ProvedIdentity identity) throws SQLException {
    if (account.identity() == Account.Identity.MANAGED) {
      var given = given(connection, identity.claims());
      give(connection, account, given);
      if (given.isEmpty()) {
        return IdentityOutcome.refused(Refusal.NO_ROLE);
      }
    }
    // read anew: another role may demand a second factor
    return account.open()
        ? IdentityOutcome.of(find(connection, identity).orElseThrow())
        : IdentityOutcome.refused(Refusal.CLOSED);
  }

  private void give(Connection connection, Account account, Set<Grant> given) throws SQLException {
    var held = grants.of(connection, account.id());
    if (held.equals(given)) {
      return;
    }
    Accounts.lock(connection);
    grants.replace(connection, account.id(), given);
    Accounts.execute(
        connection, "update account set version = version + 1 where id = ?", account.id());
    Accounts.execute(connection, "delete from web_session where account_id = ?", account.id());
    audit.done(
        connection,
        AuditAction.ACCOUNT_CHANGE,
        account.name(),
        new Accounts.Standing(account.enabled(), held),
        new Accounts.Standing(account.enabled(), given));
  }

  /** Of two that differ by access only, the one that gives more. */
  private static Set<Grant> given(Connection connection, Set<String> claims) throws SQLException {
    var given = new HashMap<String, Grant>();
    for (var each : ClaimGrants.all(connection)) {
      if (claims.contains(each.claim())) {
        var grant = each.grant();
        given.merge(
            grant.roleId() + " " + grant.groupId(),
            grant,
            (one, other) -> one.access().compareTo(other.access()) > 0 ? one : other);
      }
    }
    return Set.copyOf(given.values());
  }

  private static Optional<String> name(ProvedIdentity identity) {
    return identity.names().stream().filter(Accounts::isName).findFirst();
  }

  private void insert(
      Connection connection, Account account, ProvedIdentity identity, boolean managed)
      throws SQLException {
    int linked =
        Accounts.execute(
            connection,
            "insert into account_identity (account_id, issuer, subject, managed, linked_at)"
                + " values (?, ?, ?, ?, ?) on conflict do nothing",
            account.id(),
            identity.issuer(),
            identity.subject(),
            managed,
            clock.instant());
    if (linked == 0) {
      throw new AccountRefused(
          find(connection, identity).isPresent() ? Rule.IDENTITY_TAKEN : Rule.IDENTITY_PRESENT);
    }
    audit.done(connection, AuditAction.IDENTITY_LINK, account.name(), null, told(identity));
  }

  private static Map<String, Object> told(ProvedIdentity identity) {
    return Map.of("issuer", identity.issuer(), "subject", identity.subject());
  }

  /**
   * Before an account is linked: a session alone must not open it to somebody else for good.
   *
   * @param address of the client, as a literal
   * @throws AccountRefused when the password is wrong, or the account is linked already
   */
  public void mayLink(Account account, String password, String address) {
    passwords.require(account, password, address, AuditAction.IDENTITY_LINK);
    if (account.identity() != Account.Identity.NONE) {
      throw new AccountRefused(Rule.IDENTITY_PRESENT);
    }
  }

  /**
   * Has an identity come in as an account that is there, with the grants that administrators give.
   *
   * @throws AccountRefused when one of the two belongs to another already
   */
  public void link(Account account, ProvedIdentity identity) {
    database.inTransaction(
        connection -> {
          insert(connection, account, identity, false);
          return null;
        });
  }

  /**
   * The owner parts them.
   *
   * @param address of the client, as a literal
   * @throws AccountRefused when the password is wrong, or there is none
   */
  public void unlink(Account account, String password, String address) {
    if (!account.hasPassword()) {
      throw new AccountRefused(Rule.IDENTITY_NEEDED);
    }
    passwords.require(account, password, address, AuditAction.IDENTITY_UNLINK);
    unlink(account);
  }

  /**
   * An administrator parts them. The account keeps its grants, which administrators give from then
   * on; its sessions end.
   *
   * @return whether they belonged together
   */
  public boolean unlink(Account account) {
    return database.inTransaction(
        connection -> {
          int parted =
              Accounts.execute(
                  connection, "delete from account_identity where account_id = ?", account.id());
          if (parted > 0) {
            Accounts.execute(
                connection, "update account set version = version + 1 where id = ?", account.id());
            Accounts.execute(
                connection, "delete from web_session where account_id = ?", account.id());
            audit.done(connection, AuditAction.IDENTITY_UNLINK, account.name(), null, null);
          }
          return parted > 0;
        });
  }
}
