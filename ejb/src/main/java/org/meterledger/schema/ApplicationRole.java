package org.meterledger.schema;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The role as which the portal works when it does not own its tables: it works with their rows, of
 * the audit trail it only adds some, and it makes, alters and drops no table.
 */
final class ApplicationRole {

  private static final Logger LOGGER = System.getLogger(ApplicationRole.class.getName());

  private static final Set<String> ONLY_GROWING = Set.of("audit_entry", "audit_seal");
  private static final Set<String> ONLY_READ = Set.of("flyway_schema_history");

  /**
   * As make_partition() takes it: two that change the rights of one table at once hinder another.
   */
  private static final long LOCK = 0x4d4c_5041_5254L;

  private final String name;

  private ApplicationRole(String name) {
    this.name = name;
  }

  /** Whose connections these are. */
  static ApplicationRole of(DataSource application) throws SQLException {
    try (var connection = application.getConnection();
        var statement = connection.createStatement()) {
      return new ApplicationRole(texts(statement, "select current_user").get(0));
    }
  }

  /**
   * Gives it what it needs and takes away what it does not; nothing where it is the owner itself.
   */
  void grant(DataSource owner) throws SQLException {
    try (var connection = owner.getConnection();
        var statement = connection.createStatement()) {
      if (texts(statement, "select current_user").contains(name)) {
        return;
      }
      connection.setAutoCommit(false);
      statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
      grant(connection, statement);
      connection.commit();
      warn(statement);
      connection.commit();
    }
  }

  private void grant(Connection connection, Statement statement) throws SQLException {
    String role = statement.enquoteIdentifier(name, true);
    String schema = statement.enquoteIdentifier(connection.getSchema(), true);
    statement.execute("grant usage on schema " + schema + " to " + role);
    for (String table : texts(statement, tables("not c.relispartition"))) {
      String quoted = schema + "." + statement.enquoteIdentifier(table, true);
      statement.execute("revoke all on " + quoted + " from " + role);
      statement.execute("grant " + rights(table) + " on " + quoted + " to " + role);
    }
    // rows of partitions are reached by their table, whose rights count then
    for (String table : texts(statement, tables("c.relispartition and " + mayReach()))) {
      statement.execute(
          "revoke all on "
              + schema
              + "."
              + statement.enquoteIdentifier(table, true)
              + " from "
              + role);
    }
    statement.execute("grant usage, select on all sequences in schema " + schema + " to " + role);
    statement.execute(
        "grant execute on function make_partition(text, date, boolean), drop_partitions(text, date)"
            + " to "
            + role);
  }

  private static String rights(String table) {
    if (ONLY_READ.contains(table)) {
      return "select";
    }
    return ONLY_GROWING.contains(table) ? "select, insert" : "select, insert, update, delete";
  }

  private static String tables(String which) {
    return """
        select c.relname from pg_class c
         where c.relnamespace = quote_ident(current_schema())::regnamespace
           and c.relkind in ('r', 'p') and\s"""
        + which
        + " order by 1";
  }

  private String mayReach() {
    return "has_table_privilege("
        + literal()
        + ", c.oid, 'select, insert, update, delete, truncate, references, trigger')";
  }

  private String literal() {
    return "'" + name.replace("'", "''") + "'";
  }

  /** What nobody but who runs the database can put right. */
  private void warn(Statement statement) throws SQLException {
    String rule =
        "select 1 from pg_roles r where r.rolname = "
            + literal()
            + " and (r.rolsuper or pg_has_role(r.oid, current_user, 'member')"
            + " or has_schema_privilege(r.oid, current_schema(), 'create'))";
    if (!texts(statement, rule).isEmpty()) {
      LOGGER.log(
          Level.WARNING,
          "The role {0} of the portal could make or alter tables: it is a superuser, or a member of"
              + " the owner, or may create in the schema",
          name);
    }
  }

  private static List<String> texts(Statement statement, String sql) throws SQLException {
    try (var rows = statement.executeQuery(sql)) {
      var texts = new ArrayList<String>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }
}
