package org.meterledger.operation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterledger.access.Access;
import org.meterledger.access.MeterScope;
import org.meterledger.access.Permission;
import org.meterledger.server.Database;

/** What waits for a second person, as far as the caller may decide it or has asked for it. */
@ApplicationScoped
public class AwaitedApprovals {

  private static final int MOST_ROWS = 1_000;

  private static final String WAITING = "o.approval_id = a.id and o.state = 'AWAITING_APPROVAL'";

  private static final String AWAITED =
      """
      select o.*, m.serial_number, m.time_zone, a.approved, a.decided_by, a.decided_at, a.reason,
             g.id is not null as many, g.group_id as meter_group, a.account_id,
             (select count(*) from operation o where %s) as meters
        from operation_approval a
        join lateral (select * from operation o where %s limit 1) o on true
        join meter m on m.id = o.meter_id left join operation_group g on g.id = a.id"""
          .formatted(WAITING, WAITING);

  private final Database database;
  private final Access access;
  private final Clock clock;

  /** For the client proxy only. */
  protected AwaitedApprovals() {
    this(null, null, null);
  }

  @Inject
  AwaitedApprovals(Database database, Access access, Clock clock) {
    this.database = database;
    this.access = access;
    this.clock = clock;
  }

  /**
   * What waits and the caller may decide, and what the caller has asked for; the newest first.
   *
   * @param first number of the first row, from 0
   * @param max rows at most, 1..1000
   */
  public List<AwaitedApproval> rows(int first, int max) {
    var parameters = new ArrayList<Object>();
    String where = " where " + decidable(parameters) + " or " + own(parameters);
    parameters.add(Math.min(max, MOST_ROWS));
    parameters.add(first);
    return database.query(
        AWAITED + where + " order by a.id desc limit ? offset ?",
        this::awaited,
        parameters.toArray());
  }

  /** How many {@link #rows} has. */
  public long count() {
    var parameters = new ArrayList<Object>();
    return count(decidable(parameters) + " or " + own(parameters), parameters);
  }

  /** How many wait for the caller: those that somebody else has asked for. */
  public long decidable() {
    var parameters = new ArrayList<Object>();
    return count(decidable(parameters), parameters);
  }

  /** One of {@link #rows}. */
  public Optional<AwaitedApproval> find(long id) {
    var parameters = new ArrayList<Object>();
    String where = " where (" + decidable(parameters) + " or " + own(parameters) + ")";
    parameters.add(id);
    return database.first(AWAITED + where + " and a.id = ?", this::awaited, parameters.toArray());
  }

  private long count(String where, List<Object> parameters) {
    return database
        .first(
            "select count(*) from operation_approval a where " + where,
            row -> row.getLong(1),
            parameters.toArray())
        .orElseThrow();
  }

  private String decidable(List<Object> parameters) {
    return open("<>", access.scope(Permission.APPROVE), parameters);
  }

  private String own(List<Object> parameters) {
    return open("=", access.sight(), parameters);
  }

  private String open(String whose, MeterScope scope, List<Object> parameters) {
    parameters.add(clock.instant());
    parameters.add(access.accountId());
    return "(a.approved is null and a.expires_at > ? and a.account_id "
        + whose
        + " ? and exists (select 1 from operation o where "
        + WAITING
        + ")"
        + (scope.everything()
            ? ""
            : " and not exists (select 1 from operation o where "
                + WAITING
                + " and not (true"
                + scope.and("o.meter_id", parameters)
                + "))")
        + ")";
  }

  private AwaitedApproval awaited(ResultSet row) throws SQLException {
    boolean many = row.getBoolean("many");
    Long group = Database.number(row, "meter_group");
    return new AwaitedApproval(
        OperationList.operation(row),
        many,
        group == null ? null : group.intValue(),
        many ? row.getInt("meters") : 1,
        access.accountId().equals(row.getInt("account_id")));
  }
}
