package org.meterledger.user;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.access.AccessLevel;
import org.meterledger.access.Grant;
import org.meterledger.access.Permission;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.server.Database;
import org.meterledger.server.DatabaseException;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;

/** What the claims of identities give: a value of the claim is worth a grant. */
@Stateless
@RolesAllowed(Permission.Names.MANAGE_ACCOUNTS)
public class ClaimGrants {

  /** As many as an account can have: somebody may have all of these claims. */
  private static final int MOST = 200;

  private static final int LONGEST = 200;

  private final Database database;
  private final Audit audit;

  /** For the container only. */
  public ClaimGrants() {
    this(null, null);
  }

  @Inject
  ClaimGrants(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /**
   * Who has a claim is given something.
   *
   * @param claim a value of the claim, as the provider writes it
   */
  public record ClaimGrant(int id, String claim, Grant grant) {}

  /** By claim. */
  public List<ClaimGrant> all() {
    return database.with(ClaimGrants::all);
  }

  static List<ClaimGrant> all(Connection connection) throws SQLException {
    try (var statement =
            Database.prepare(
                connection,
                "select id, claim_value, role_id, group_id, access from claim_grant"
                    + " order by claim_value, group_id, role_id nulls first");
        var rows = statement.executeQuery()) {
      var all = new ArrayList<ClaimGrant>();
      while (rows.next()) {
        Long role = Database.number(rows, "role_id");
        all.add(
            new ClaimGrant(
                rows.getInt("id"),
                rows.getString("claim_value"),
                new Grant(
                    role == null ? null : role.intValue(),
                    rows.getInt("group_id"),
                    AccessLevel.valueOf(rows.getString("access")))));
      }
      return all;
    }
  }

  /**
   * Whoever came in by the provider comes in again, now with this.
   *
   * @throws InvalidInput when role or group are not there, or the claim gives the same already
   */
  public ClaimGrant add(String claim, Grant grant) {
    check(claim, grant);
    try {
      int id =
          database
              .first(
                  "insert into claim_grant (claim_value, role_id, group_id, access)"
                      + " values (?, ?, ?, ?) on conflict do nothing returning id",
                  row -> row.getInt(1),
                  claim.strip(),
                  grant.roleId(),
                  grant.groupId(),
                  grant.access().name())
              .orElseThrow(
                  () ->
                      new InvalidInput(
                          "claim", "unique", "The claim gives this role for this group already"));
      endSessions();
      audit.done(AuditAction.CLAIM_GRANT_ADD, claim.strip(), null, grant);
      return new ClaimGrant(id, claim.strip(), grant);
    } catch (DatabaseException e) {
      throw e.referred()
          ? new InvalidInput("grant", "unknown", "There is no such role or no such group")
          : e;
    }
  }

  /**
   * @throws NotThere when there is none
   */
  public void remove(int id) {
    var gone =
        all().stream()
            .filter(each -> each.id() == id)
            .findFirst()
            .orElseThrow(() -> new NotThere("grant " + id + " of a claim"));
    database.update("delete from claim_grant where id = ?", id);
    endSessions();
    audit.done(AuditAction.CLAIM_GRANT_REMOVE, gone.claim(), gone.grant(), null);
  }

  private void check(String claim, Grant grant) {
    if (claim == null || claim.isBlank() || claim.strip().length() > LONGEST) {
      throw new InvalidInput("claim", "size", "The value of a claim has 1 to 200 characters");
    }
    if (grant.access() == null || grant.access() == AccessLevel.NONE != (grant.roleId() == null)) {
      throw new InvalidInput(
          "access", "role", "Access NONE takes no role; VIEW and CONFIGURE take one");
    }
    if (all().size() >= MOST) {
      throw new InvalidInput("claim", "most", "At most " + MOST + " grants of claims");
    }
  }

  private void endSessions() {
    database.update(
        "delete from web_session where account_id in"
            + " (select account_id from account_identity where managed)");
  }
}
