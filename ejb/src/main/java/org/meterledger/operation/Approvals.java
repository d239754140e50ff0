package org.meterledger.operation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.meterledger.access.Access;
import org.meterledger.access.AccessDenied;
import org.meterledger.access.CurrentCaller;
import org.meterledger.access.Grants;
import org.meterledger.access.MeterScope;
import org.meterledger.access.Permission;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.notice.Notices;
import org.meterledger.operation.ApprovalRefused.Why;
import org.meterledger.server.Database;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;

/**
 * The second pair of eyes: what is of a marked kind is done only when somebody else than who asked
 * has approved it, as a whole and as it was asked.
 */
@Stateless
@RolesAllowed(Permission.Names.APPROVE)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) // a refusal is written all the same
public class Approvals {

  private static final int LONGEST_REASON = 500;

  /** Between the kinds of a bundle. */
  private static final String KINDS = ", ";

  private final Database database;
  private final Access access;
  private final CurrentCaller caller;
  private final Grants grants;
  private final OperationKinds kinds;
  private final Audit audit;
  private final Clock clock;

  /** For the container only. */
  public Approvals() {
    this(null, null, null, null, null, null, null);
  }

  @Inject
  public Approvals(
      Database database,
      Access access,
      CurrentCaller caller,
      Grants grants,
      OperationKinds kinds,
      Audit audit,
      Clock clock) {
    this.database = database;
    this.access = access;
    this.caller = caller;
    this.grants = grants;
    this.kinds = kinds;
    this.audit = audit;
    this.clock = clock;
  }

  /** A request as it was made. */
  private record Asked(int accountId, String by, String kind, Instant expiresAt) {}

  /**
   * Queues what waits.
   *
   * @param id of the operation, of the first of its bundle, or of the request to many meters
   * @throws NotThere when the caller sees none of its meters, or it needs no approval
   * @throws AccessDenied when the caller may not approve for each of its meters
   * @throws ApprovalRefused when it is the caller's own, does not wait any more, or was asked for
   *     by somebody who may not do so any more
   */
  public void approve(long id) {
    decide(AuditAction.OPERATION_APPROVE, id, null);
  }

  /**
   * Ends what waits.
   *
   * @param reason 1..500 characters
   * @throws InvalidInput when there is no reason
   * @throws ApprovalRefused as {@link #approve} and with the other two, but whoever asked
   */
  public void reject(long id, String reason) {
    if (reason == null || reason.isBlank()) {
      throw new InvalidInput("reason", "reason", "A reason is needed to reject something");
    }
    if (reason.strip().length() > LONGEST_REASON) {
      throw new InvalidInput("reason", "longReason", "A reason has at most 500 characters");
    }
    decide(AuditAction.OPERATION_REJECT, id, reason.strip());
  }

  private void decide(AuditAction action, long id, String reason) {
    try {
      var asked = asked(id);
      if (asked.accountId() == caller.accountId()) {
        throw new ApprovalRefused(Why.OWN, "Somebody else than who asked has to decide", "");
      }
      var requester = reason == null ? requester(asked) : MeterScope.EVERYTHING;
      database.inTransaction(
          connection -> {
            decide(connection, action, id, asked, requester, reason);
            return null;
          });
    } catch (NotThere | AccessDenied refused) {
      audit.denied(action, String.valueOf(id));
      throw refused;
    } catch (ApprovalRefused refused) {
      if (refused.why() == Why.OWN) {
        audit.denied(action, String.valueOf(id));
      } else {
        audit.failed(action, String.valueOf(id));
      }
      throw refused;
    }
  }

  private Asked asked(long id) {
    var parameters = new ArrayList<Object>(List.of(id));
    return database
        .first(
            """
            select a.account_id, a.expires_at, o.requested_by,
                   coalesce((select string_agg(b.kind, ', ' order by b.step) from operation b
                              where b.bundle_id = o.bundle_id), o.kind) as kind
              from operation_approval a join operation o on o.approval_id = a.id
             where a.id = ?"""
                + access.sight().and("o.meter_id", parameters)
                + " limit 1",
            row ->
                new Asked(
                    row.getInt("account_id"),
                    row.getString("requested_by"),
                    row.getString("kind"),
                    Database.instant(row, "expires_at")),
            parameters.toArray())
        .orElseThrow(() -> new NotThere("request " + id + " that needs approval"));
  }

  /** The meters of which this may be asked; none when who asked is disabled or gone. */
  private MeterScope requester(Asked asked) {
    var enabled =
        database.first(
            "select 1 from account where id = ? and enabled", row -> 1, asked.accountId());
    if (enabled.isEmpty()) {
      return MeterScope.NOTHING;
    }
    var held = grants.privileges(asked.accountId());
    return Stream.of(asked.kind().split(KINDS))
        .map(kind -> held.scope(kinds.permission(kind)))
        .reduce(held.scope(Permission.OPERATE), MeterScope::both);
  }

  private void decide(
      Connection connection,
      AuditAction action,
      long id,
      Asked asked,
      MeterScope requester,
      String reason)
      throws SQLException {
    var now = clock.instant();
    checkUndecided(connection, id);
    if (!asked.expiresAt().isAfter(now)) {
      throw new ApprovalRefused(Why.EXPIRED, "The time of this request is over", "");
    }
    if (outside(connection, id, access.scope(Permission.APPROVE))) {
      throw new AccessDenied(Permission.APPROVE, "each meter of request " + id);
    }
    if (outside(connection, id, requester)) {
      throw new ApprovalRefused(
          Why.REQUESTER,
          asked.by() + " may not ask this of each of the meters any more",
          asked.by());
    }
    int decided = end(connection, id, reason == null, now);
    if (decided == 0) {
      throw new ApprovalRefused(Why.CANCELLED, "This request was cancelled meanwhile", "");
    }
    update(
        connection,
        """
        update operation_approval
           set approved = ?, decider_id = ?, decided_by = ?, decided_at = ?, reason = ?
         where id = ?""",
        reason == null,
        caller.accountId(),
        caller.name(),
        now,
        reason,
        id);
    audit.done(
        connection,
        action,
        String.valueOf(id),
        Map.of("state", OperationState.AWAITING_APPROVAL),
        after(asked, decided, reason));
    Notices.tell(connection, OperationQueue.TOPIC, "");
  }

  /** Whoever decides at the same time waits here. */
  private static void checkUndecided(Connection connection, long id) throws SQLException {
    try (var statement =
            Database.prepare(
                connection,
                "select approved, decided_by from operation_approval where id = ? for update",
                id);
        var row = statement.executeQuery()) {
      row.next();
      if (row.getObject("approved") != null) {
        boolean approved = row.getBoolean("approved");
        var by = row.getString("decided_by");
        throw new ApprovalRefused(
            approved ? Why.APPROVED : Why.REJECTED,
            by + " has " + (approved ? "approved" : "rejected") + " it already",
            by);
      }
    }
  }

  /** Whether something of a request is for a meter outside of a scope. */
  private static boolean outside(Connection connection, long id, MeterScope scope)
      throws SQLException {
    if (scope.everything()) {
      return false;
    }
    var parameters = new ArrayList<Object>(List.of(id));
    String sql =
        "select 1 from operation o where o.approval_id = ? and o.state = 'AWAITING_APPROVAL'"
            + " and not (true"
            + scope.and("o.meter_id", parameters)
            + ") limit 1";
    try (var statement = Database.prepare(connection, sql, parameters.toArray());
        var row = statement.executeQuery()) {
      return row.next();
    }
  }

  /** How many operations were released, or ended. */
  private static int end(Connection connection, long id, boolean approved, Instant now)
      throws SQLException {
    return update(
        connection,
        """
        update operation set state = ?, ended_at = ?
         where approval_id = ? and state = 'AWAITING_APPROVAL'""",
        (approved ? OperationState.QUEUED : OperationState.REJECTED).name(),
        approved ? null : now,
        id);
  }

  private static Map<String, Object> after(Asked asked, int operations, String reason) {
    var after = new LinkedHashMap<String, Object>();
    after.put("state", reason == null ? OperationState.QUEUED : OperationState.REJECTED);
    after.put("kind", asked.kind());
    after.put("requestedBy", asked.by());
    after.put("operations", operations);
    if (reason != null) {
      after.put("reason", reason);
    }
    return after;
  }

  private static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (var statement = Database.prepare(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }
}
