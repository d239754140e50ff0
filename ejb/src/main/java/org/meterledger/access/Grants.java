package org.meterledger.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.meterledger.server.Database;
import org.meterledger.server.InvalidInput;

/** Which account holds which role over which group of meters. */
@ApplicationScoped
public class Grants {

  private static final int MOST = 200;

  private final Database database;

  /** For the client proxy only. */
  protected Grants() {
    this(null);
  }

  @Inject
  public Grants(Database database) {
    this.database = database;
  }

  /** What all grants of an account come to. */
  public Privileges privileges(int accountId) {
    return new Privileges(
        database.query(
            """
            select g.group_id, g.access,
                   array(select p.permission from role_permission p where p.role_id = g.role_id)
                     as permissions
              from access_grant g where g.account_id = ?""",
            row -> new Privileges.Given(permissions(row), row.getInt("group_id"), access(row)),
            accountId));
  }

  static Set<Permission> permissions(ResultSet row) throws SQLException {
    return Permission.named((String[]) row.getArray("permissions").getArray());
  }

  private static AccessLevel access(ResultSet row) throws SQLException {
    return AccessLevel.valueOf(row.getString("access"));
  }

  /** In no particular order. */
  public Set<Grant> of(int accountId) {
    return database.with(connection -> of(connection, accountId));
  }

  /** The same in the transaction of the connection. */
  public Set<Grant> of(Connection connection, int accountId) throws SQLException {
    try (var statement =
            Database.prepare(
                connection,
                "select role_id, group_id, access from access_grant where account_id = ?",
                accountId);
        var rows = statement.executeQuery()) {
      var grants = new HashSet<Grant>();
      while (rows.next()) {
        Long role = Database.number(rows, "role_id");
        grants.add(
            new Grant(
                role == null ? null : role.intValue(), rows.getInt("group_id"), access(rows)));
      }
      return grants;
    }
  }

  /**
   * Gives an account these grants and no others, in the transaction of the connection.
   *
   * @throws InvalidInput when a role or a group is not there, or a grant says two things
   */
  public void replace(Connection connection, int accountId, Collection<Grant> grants)
      throws SQLException {
    check(connection, grants);
    execute(connection, "delete from access_grant where account_id = ?", accountId);
    for (var grant : grants) {
      execute(
          connection,
          "insert into access_grant (account_id, role_id, group_id, access) values (?, ?, ?, ?)",
          accountId,
          grant.roleId(),
          grant.groupId(),
          grant.access().name());
    }
  }

  private static void check(Connection connection, Collection<Grant> grants) throws SQLException {
    if (grants.size() > MOST) {
      throw new InvalidInput("grants", "size", "An account has at most " + MOST + " grants");
    }
    var pairs = new TreeSet<String>();
    for (var grant : grants) {
      if (grant.access() == null
          || grant.access() == AccessLevel.NONE != (grant.roleId() == null)) {
        throw new InvalidInput(
            "grants.access", "role", "Access NONE takes no role; VIEW and CONFIGURE take one");
      }
      if (grant.roleId() != null && !there(connection, "role", grant.roleId())) {
        throw new InvalidInput(
            "grants.roleId",
            "unknown",
            "No role " + grant.roleId(),
            String.valueOf(grant.roleId()));
      }
      if (!there(connection, "meter_group", grant.groupId())) {
        throw new InvalidInput(
            "grants.groupId",
            "unknown",
            "No group " + grant.groupId(),
            String.valueOf(grant.groupId()));
      }
      if (!pairs.add(grant.roleId() + " " + grant.groupId())) {
        throw new InvalidInput("grants", "unique", "A role is granted once for a group");
      }
    }
  }

  private static boolean there(Connection connection, String table, int id) throws SQLException {
    try (var statement =
            Database.prepare(connection, "select 1 from " + table + " where id = ?", id);
        var rows = statement.executeQuery()) {
      return rows.next();
    }
  }

  /**
   * Whether somebody can still give and take grants, in the transaction of the connection, and come
   * in for it whatever becomes of the identity provider and its claims. Ask it after the change,
   * and with the accounts locked: two must not take each other's away at once.
   */
  public static boolean administratorLeft(Connection connection) throws SQLException {
    try (var statement =
            Database.prepare(
                connection,
                """
                select 1 from access_grant g
                  join account a on a.id = g.account_id and a.enabled
                   and a.locked_at is null and a.password_hash is not null
                  join role_permission p on p.role_id = g.role_id
                   and p.permission = 'MANAGE_ACCOUNTS'
                 where g.group_id = 1 and g.access <> 'NONE'
                   and not exists (select 1 from account_identity i
                                    where i.account_id = a.id and i.managed)
                   and not exists (select 1 from access_grant n where n.account_id = a.id
                                      and n.group_id = 1 and n.access = 'NONE') limit 1""");
        var rows = statement.executeQuery()) {
      return rows.next();
    }
  }

  /**
   * Who sees a meter.
   *
   * @param name of the account
   * @param changes whether some grant lets it change the meter
   */
  public record Seer(String name, boolean changes) {}

  /** The accounts that see a meter and are neither disabled nor locked, by name. */
  public List<Seer> whoSees(int meterId) {
    return database.query(
        """
        select a.name, bool_or(g.access = 'CONFIGURE') as changes
          from access_grant g
          join account a on a.id = g.account_id and a.enabled and a.locked_at is null
          join role_permission p on p.role_id = g.role_id and p.permission = 'VIEW_METERS'
          join meter_group_member m on m.group_id = g.group_id and not m.leaving
         where m.meter_id = ?
           and not exists (select 1 from access_grant n
                             join meter_group_member h on h.group_id = n.group_id and not h.leaving
                            where n.account_id = a.id and n.access = 'NONE' and h.meter_id = ?)
         group by a.name order by a.name""",
        row -> new Seer(row.getString("name"), row.getBoolean("changes")),
        meterId,
        meterId);
  }

  static int execute(Connection connection, String sql, Object... parameters) throws SQLException {
    try (var statement = Database.prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    }
  }
}
