package org.meterledger.reading;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.meterledger.access.Access;
import org.meterledger.access.Permission;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.group.MembersChanged;
import org.meterledger.server.Database;
import org.meterledger.server.InvalidInput;

/** What is read of which meters, and how often. The tasks of the meters follow at once. */
@Stateless
@PermitAll // what changes something says who may
public class ReadingPlans {

  private static final String SELECT =
      """
      select p.*, g.name as group_name
        from reading_plan p join meter_group g on g.id = p.group_id""";

  @Inject private Database database;
  @Inject private ReadingTasks tasks;
  @Inject private Clock clock;
  @Inject private Access access;
  @Inject private Audit audit;

  /** For the container. */
  public ReadingPlans() {}

  /** Outside a server the caller brings everything. */
  public ReadingPlans(
      Database database, ReadingTasks tasks, Access access, Audit audit, Clock clock) {
    this.access = access;
    this.audit = audit;
    this.database = database;
    this.tasks = tasks;
    this.clock = clock;
  }

  /** The plans for groups that the caller sees, by name. */
  public List<ReadingPlan> all() {
    return database.query(SELECT + " order by p.name", ReadingPlans::plan).stream()
        .filter(plan -> access.seesGroup(plan.details().getGroup()))
        .toList();
  }

  /** Empty also when the caller does not see the group. */
  public Optional<ReadingPlan> find(int id) {
    return database
        .first(SELECT + " where p.id = ?", ReadingPlans::plan, id)
        .filter(plan -> access.seesGroup(plan.details().getGroup()));
  }

  /** How all plans go, whoever asks; plans without meters are left out. */
  public List<ReadingPlan.Load> loads() {
    var now = clock.instant();
    return database.query(
        """
        select plan_id, count(*) as meters, count(*) filter (where due_at <= ?) as due,
               count(*) filter (where late_at <= ?) as late
          from reading_task group by plan_id order by plan_id""",
        row ->
            new ReadingPlan.Load(
                row.getInt("plan_id"),
                row.getLong("meters"),
                row.getLong("due"),
                row.getLong("late")),
        now,
        now);
  }

  /**
   * @return the id
   * @throws InvalidInput when a rule is broken
   */
  @RolesAllowed(Permission.Names.MANAGE_PLANS)
  public int add(PlanDetails details) {
    check(details, 0);
    manage(details.getGroup());
    int id =
        database
            .first(
                """
                insert into reading_plan (name, kinds, group_id, every_s, cron, time_zone,
                  spread_s, deadline_s, enabled, version, created_at)
                values (?, ?::text[], ?, ?, ?, ?, ?, ?, ?, 0, ?) returning id""",
                row -> row.getInt(1),
                details.getName(),
                kinds(details),
                details.getGroup(),
                details.getEverySeconds(),
                details.getCron(),
                details.getTimeZone(),
                details.getSpreadSeconds(),
                details.getDeadlineSeconds(),
                details.isEnabled(),
                clock.instant())
            .orElseThrow();
    tasks.followPlan(id);
    audit.done(AuditAction.PLAN_ADD, details.getName(), null, details);
    return id;
  }

  /**
   * @param version the caller has seen
   * @return false when the plan has another version by now, or is gone
   * @throws InvalidInput when a rule is broken
   */
  @RolesAllowed(Permission.Names.MANAGE_PLANS)
  public boolean update(int id, int version, PlanDetails details) {
    var before = find(id);
    if (before.isEmpty()) {
      return false;
    }
    manage(before.get().details().getGroup());
    check(details, id);
    manage(details.getGroup());
    int changed =
        database.update(
            """
            update reading_plan
               set name = ?, kinds = ?::text[], group_id = ?, every_s = ?, cron = ?,
                   time_zone = ?, spread_s = ?, deadline_s = ?, enabled = ?, version = version + 1
             where id = ? and version = ?""",
            details.getName(),
            kinds(details),
            details.getGroup(),
            details.getEverySeconds(),
            details.getCron(),
            details.getTimeZone(),
            details.getSpreadSeconds(),
            details.getDeadlineSeconds(),
            details.isEnabled(),
            id,
            version);
    if (changed == 1) {
      var former = before.get().details();
      audit.done(AuditAction.PLAN_CHANGE, former.getName(), former, details);
      if (!times(former).equals(times(details))) {
        // what was planned by the old times is planned anew
        database.update("delete from reading_task where plan_id = ?", id);
      }
      tasks.followPlan(id);
    }
    return changed == 1;
  }

  /** False when there is no such plan. */
  @RolesAllowed(Permission.Names.MANAGE_PLANS)
  public boolean remove(int id) {
    var plan = find(id);
    if (plan.isEmpty()) {
      return false;
    }
    var details = plan.get().details();
    manage(details.getGroup());
    database.update("delete from reading_task where plan_id = ?", id);
    boolean removed = database.update("delete from reading_plan where id = ?", id) == 1;
    if (removed) {
      audit.done(AuditAction.PLAN_REMOVE, details.getName(), details, null);
    }
    return removed;
  }

  public void onMembersChanged(@Observes MembersChanged changed) {
    if (changed.meterId() == null) {
      tasks.followGroups(changed.groupIds());
    } else {
      tasks.followMeter(changed.meterId());
    }
  }

  private void manage(int group) {
    access.requireForGroup(Permission.MANAGE_PLANS, group, String.valueOf(group));
  }

  private void check(PlanDetails details, int id) {
    if (details.getKinds().isEmpty()) {
      throw new InvalidInput("kinds", "required", "A plan reads something");
    }
    checkTimes(details);
    if (database
            .first("select 1 from meter_group where id = ?", row -> 1, details.getGroup())
            .isEmpty()
        || !access.seesGroup(details.getGroup())) {
      throw new InvalidInput("group", "unknown", "There is no such group");
    }
    if (database
        .first(
            "select 1 from reading_plan where name = ? and id <> ?",
            row -> 1,
            details.getName(),
            id)
        .isPresent()) {
      throw new InvalidInput("name", "unique", "There is a plan " + details.getName() + " already");
    }
  }

  private static void checkTimes(PlanDetails details) {
    if ((details.getEverySeconds() == null) == (details.getCron() == null)) {
      throw new InvalidInput(
          "everySeconds",
          details.getCron() == null ? "required" : "ambiguous",
          "A plan has an interval or times like crontab, one of them");
    }
    if (details.getEverySeconds() != null
        && details.getSpreadSeconds() > details.getEverySeconds()) {
      throw new InvalidInput("spreadSeconds", "range", "The spread is not wider than the interval");
    }
    ZoneId zone;
    try {
      zone = ZoneId.of(details.getTimeZone());
    } catch (DateTimeException e) {
      throw new InvalidInput("timeZone", "unknown", "No time zone " + details.getTimeZone());
    }
    if (details.getCron() != null) {
      try {
        PlanTiming.cron(details.getCron(), zone, Duration.ZERO);
      } catch (IllegalArgumentException e) {
        throw new InvalidInput(
            "cron", "pattern", "Five fields as in crontab, such as 10 0 * * *: " + e.getMessage());
      }
    }
  }

  private static List<Object> times(PlanDetails details) {
    return Arrays.asList(
        details.getEverySeconds(),
        details.getCron(),
        details.getTimeZone(),
        details.getSpreadSeconds(),
        details.getDeadlineSeconds());
  }

  private static String kinds(PlanDetails details) {
    return "{" + String.join(",", details.getKinds().stream().map(Enum::name).toList()) + "}";
  }

  private static ReadingPlan plan(ResultSet row) throws SQLException {
    var details = new PlanDetails();
    details.setName(row.getString("name"));
    details.setKinds(ReadingTasks.kinds(row));
    details.setGroup(row.getInt("group_id"));
    Long every = Database.number(row, "every_s");
    details.setEverySeconds(every == null ? null : every.intValue());
    details.setCron(row.getString("cron"));
    details.setTimeZone(row.getString("time_zone"));
    details.setSpreadSeconds(row.getInt("spread_s"));
    details.setDeadlineSeconds(row.getInt("deadline_s"));
    details.setEnabled(row.getBoolean("enabled"));
    return new ReadingPlan(
        row.getInt("id"), row.getInt("version"), row.getString("group_name"), details);
  }
}
