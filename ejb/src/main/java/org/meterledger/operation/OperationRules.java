package org.meterledger.operation;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.meterledger.access.CurrentCaller;
import org.meterledger.access.Permission;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.server.Database;
import org.meterledger.server.NotThere;

/** Which kinds of operation wait for a second person. What waits already goes on waiting. */
@Stateless
@PermitAll // what changes something says who may
public class OperationRules {

  private final Database database;
  private final OperationKinds kinds;
  private final CurrentCaller caller;
  private final Audit audit;
  private final Clock clock;

  /** For the container only. */
  public OperationRules() {
    this(null, null, null, null, null);
  }

  @Inject
  OperationRules(
      Database database, OperationKinds kinds, CurrentCaller caller, Audit audit, Clock clock) {
    this.database = database;
    this.kinds = kinds;
    this.caller = caller;
    this.audit = audit;
    this.clock = clock;
  }

  /** One of each kind, sorted by it. */
  public List<OperationRule> all() {
    Map<String, OperationRule> set =
        database.query("select * from operation_rule", OperationRules::rule).stream()
            .collect(Collectors.toMap(OperationRule::kind, Function.identity()));
    return kinds.names().stream()
        .map(kind -> set.getOrDefault(kind, new OperationRule(kind, false, null, null)))
        .toList();
  }

  /**
   * Says whether operations of a kind wait, from the next request on.
   *
   * @throws NotThere when there is no such kind
   */
  @RolesAllowed(Permission.Names.MANAGE_ACCOUNTS)
  public OperationRule set(String kind, boolean approval) {
    if (kinds.find(kind).isEmpty()) {
      throw new NotThere("kind of operation " + kind);
    }
    var before = find(kind);
    boolean same = before.map(OperationRule::approval).orElse(false) == approval;
    if (!same) {
      database.update(
          """
          insert into operation_rule (kind, approval, set_by, set_at) values (?, ?, ?, ?)
          on conflict (kind) do update set approval = excluded.approval, set_by = excluded.set_by,
                                           set_at = excluded.set_at""",
          kind,
          approval,
          caller.name(),
          clock.instant());
      audit.done(
          AuditAction.OPERATION_RULE,
          kind,
          Map.of("approval", !approval),
          Map.of("approval", approval));
    }
    return find(kind).orElseGet(() -> new OperationRule(kind, false, null, null));
  }

  private Optional<OperationRule> find(String kind) {
    return database.first(
        "select * from operation_rule where kind = ? for update", OperationRules::rule, kind);
  }

  private static OperationRule rule(ResultSet row) throws SQLException {
    return new OperationRule(
        row.getString("kind"),
        row.getBoolean("approval"),
        row.getString("set_by"),
        Database.instant(row, "set_at"));
  }
}
