package org.meterledger.audit;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.access.Permission;
import org.meterledger.server.Database;

/** Looks into the trail; newest first. */
@Stateless
@RolesAllowed(Permission.Names.VIEW_AUDIT)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class AuditTrail {

  private static final int MOST_ROWS = 1_000;

  private final Database database;
  private final AuditSeals seals;
  private final Audit audit;

  /** For the container only. */
  public AuditTrail() {
    this(null, null, null);
  }

  @Inject
  AuditTrail(Database database, AuditSeals seals, Audit audit) {
    this.database = database;
    this.seals = seals;
    this.audit = audit;
  }

  /**
   * A page of the trail.
   *
   * @param first number of the first entry, from 0
   * @param max at most 1000
   */
  public List<AuditEntry> list(AuditFilter filter, int first, int max) {
    var parameters = new ArrayList<Object>();
    String where = where(filter, parameters);
    parameters.add(Math.min(max, MOST_ROWS));
    parameters.add(first);
    return database.query(
        "select * from audit_entry where true" + where + " order by id desc limit ? offset ?",
        AuditTrail::entry,
        parameters.toArray());
  }

  public long count(AuditFilter filter) {
    var parameters = new ArrayList<Object>();
    String where = where(filter, parameters);
    return database
        .first(
            "select count(*) from audit_entry where true" + where,
            row -> row.getLong(1),
            parameters.toArray())
        .orElseThrow();
  }

  /**
   * Part of the trail for who takes all of it, without leaving out or repeating any while it grows.
   *
   * @param before id of the last entry of the part before; null for the first part
   * @return at most 1000 entries, newest first; empty behind the oldest
   */
  public List<AuditEntry> part(AuditFilter filter, Long before) {
    var parameters = new ArrayList<Object>();
    var where = new StringBuilder(where(filter, parameters));
    rule(before, " and id < ?", where, parameters);
    return database.query(
        "select * from audit_entry where true" + where + " order by id desc limit " + MOST_ROWS,
        AuditTrail::entry,
        parameters.toArray());
  }

  /** Looks at all of the trail, which takes the longer the more there is. */
  public AuditVerdict verify() {
    var verdict = seals.verify();
    audit.done(AuditAction.AUDIT_VERIFY, null, null, verdict);
    return verdict;
  }

  private static String where(AuditFilter filter, List<Object> parameters) {
    var where = new StringBuilder();
    rule(filter.from(), " and at >= ?", where, parameters);
    rule(filter.to(), " and at < ?", where, parameters);
    rule(filter.account(), " and account = ?", where, parameters);
    rule(filter.subject(), " and subject = ?", where, parameters);
    rule(filter.correlationId(), " and correlation_id = ?", where, parameters);
    rule(
        filter.outcome() == null ? null : filter.outcome().name(),
        " and outcome = ?",
        where,
        parameters);
    if (filter.action() != null) {
      where.append(" and (action = ? or starts_with(action, ?))");
      parameters.add(filter.action());
      parameters.add(filter.action() + "_");
    }
    return where.toString();
  }

  private static void rule(
      Object wanted, String sql, StringBuilder where, List<Object> parameters) {
    if (wanted != null) {
      where.append(sql);
      parameters.add(wanted);
    }
  }

  static AuditEntry entry(ResultSet row) throws SQLException {
    Long account = Database.number(row, "account_id");
    Long token = Database.number(row, "token_id");
    return new AuditEntry(
        row.getLong("id"),
        Database.instant(row, "at"),
        account == null ? null : account.intValue(),
        row.getString("account"),
        token == null ? null : token.intValue(),
        row.getString("address"),
        row.getString("correlation_id"),
        row.getString("action"),
        row.getString("subject"),
        AuditEntry.Outcome.valueOf(row.getString("outcome")),
        row.getString("before"),
        row.getString("after"));
  }
}
