package org.meterledger.user;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.meterledger.access.Grants;
import org.meterledger.access.Permission;
import org.meterledger.access.Permission.Reach;
import org.meterledger.access.PortalRole;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.server.ChangedMeanwhile;
import org.meterledger.server.Database;
import org.meterledger.server.DatabaseException;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;
import org.meterledger.server.StillInUse;

/** The roles, those that are built in and those that administrators make. */
@Stateless
@RolesAllowed(Permission.Names.MANAGE_ACCOUNTS)
public class Roles {

  private static final int FIRST_OWN = 100;
  private static final int LONGEST_NAME = 100;

  private static final String SELECT =
      """
      select r.id, r.name, r.second_factor, r.version,
             array(select p.permission from role_permission p where p.role_id = r.id) as permissions
        from role r""";

  private final Database database;
  private final Audit audit;

  /** For the container only. */
  public Roles() {
    this(null, null);
  }

  @Inject
  Roles(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /** Those that are built in, then the others by name. */
  public List<PortalRole> all() {
    return database.query(SELECT + " order by least(r.id, " + FIRST_OWN + "), r.name", Roles::role);
  }

  /**
   * @throws NotThere when there is none
   */
  public PortalRole get(int id) {
    return database
        .first(SELECT + " where r.id = ?", Roles::role, id)
        .orElseThrow(() -> new NotThere("role " + id));
  }

  /**
   * @throws InvalidInput when the name is taken, or nothing is permitted
   */
  public PortalRole add(String name, boolean secondFactor, Set<Permission> permissions) {
    check(0, name, permissions);
    int id =
        database
            .first(
                "insert into role (name, second_factor, version) values (?, ?, 0) returning id",
                row -> row.getInt(1),
                name.strip(),
                secondFactor)
            .orElseThrow();
    permit(id, permissions);
    audit.done(AuditAction.ROLE_ADD, name.strip(), null, get(id));
    return get(id);
  }

  /**
   * Of a built-in role only the second factor can be changed.
   *
   * @param version the caller has seen
   * @throws ChangedMeanwhile when the role has another version by now
   * @throws InvalidInput as {@link #add}, and when nobody could give grants any more
   */
  public PortalRole change(
      int id, int version, String name, boolean secondFactor, Set<Permission> permissions) {
    database.update("lock table account in share row exclusive mode");
    var role = get(id);
    if (role.builtIn()) {
      if (!role.name().equals(name) || !role.permissions().equals(permissions)) {
        throw new InvalidInput(
            "name", "unchangeable", "Role " + role.name() + " stays as it is", role.name());
      }
    } else {
      check(id, name, permissions);
    }
    if (database.update(
            "update role set name = ?, second_factor = ?, version = version + 1"
                + " where id = ? and version = ?",
            name.strip(),
            secondFactor,
            id,
            version)
        == 0) {
      throw new ChangedMeanwhile("Role " + role.name());
    }
    if (!role.builtIn()) {
      permit(id, permissions);
    }
    if (!database.with(Grants::administratorLeft)) {
      throw new InvalidInput(
          "permissions", "lastAdministrator", "Nobody could manage accounts any more");
    }
    if (!role.permissions().equals(permissions) || secondFactor && !role.secondFactor()) {
      endSessions(id);
    }
    audit.done(AuditAction.ROLE_CHANGE, role.name(), role, get(id));
    return get(id);
  }

  /** Whoever had come in under the former permissions comes in again. */
  private void endSessions(int id) {
    database.update(
        "delete from web_session where account_id in"
            + " (select account_id from access_grant where role_id = ?)",
        id);
  }

  /**
   * @throws StillInUse when it is built in, or somebody holds it
   */
  public void remove(int id) {
    var role = get(id);
    if (role.builtIn()) {
      throw new StillInUse("Role " + role.name() + " is always there");
    }
    try {
      database.update("delete from role where id = ?", id);
    } catch (DatabaseException e) {
      throw e.referred()
          ? new StillInUse("Somebody holds role " + role.name() + ", or a claim gives it")
          : e;
    }
    audit.done(AuditAction.ROLE_REMOVE, role.name(), role, null);
  }

  private void check(int id, String name, Set<Permission> permissions) {
    if (name.isBlank() || name.strip().length() > LONGEST_NAME) {
      throw new InvalidInput("name", "size", "A role's name has 1 to 100 characters");
    }
    if (permissions.isEmpty()) {
      throw new InvalidInput("permissions", "nothing", "A role permits something");
    }
    if (permissions.stream().anyMatch(permission -> permission.reach() != Reach.PORTAL)
        && !permissions.contains(Permission.VIEW_METERS)) {
      throw new InvalidInput(
          "permissions", "viewMeters", "Who does something with meters must see them");
    }
    if (database
        .first("select 1 from role where name = ? and id <> ?", row -> 1, name.strip(), id)
        .isPresent()) {
      throw new InvalidInput("name", "unique", "The name " + name.strip() + " is taken", name);
    }
  }

  private void permit(int id, Set<Permission> permissions) {
    database.update("delete from role_permission where role_id = ?", id);
    database.update(
        "insert into role_permission (role_id, permission) select ?, unnest(?::text[])",
        id,
        permissions.stream().map(Enum::name).toArray(String[]::new));
  }

  private static PortalRole role(ResultSet row) throws SQLException {
    return new PortalRole(
        row.getInt("id"),
        row.getString("name"),
        row.getInt("id") < FIRST_OWN,
        row.getBoolean("second_factor"),
        row.getInt("version"),
        Permission.named((String[]) row.getArray("permissions").getArray()));
  }
}
