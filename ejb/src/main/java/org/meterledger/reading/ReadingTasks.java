package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.meterledger.server.Database;

/** What is read of each meter; follows from the plans and the groups they are for. */
@ApplicationScoped
public class ReadingTasks {

  private static final String LEASABLE =
      """
      insert into meter_contact (meter_id, leased_until)
      select g.meter_id, ?
        from reading_plan p join meter_group_member g on g.group_id = p.group_id
       where %s and not exists (select 1 from meter_contact c where c.meter_id = g.meter_id)
      on conflict do nothing""";

  /** A single meter is due at once, many within their spread; %s names the plans. */
  private static final String FOLLOW =
      """
      insert into reading_task (meter_id, plan_id, network_id, due_at, late_at)
      select m.id, p.id, m.network_id, ?::timestamptz + wait, ?::timestamptz + wait
             + make_interval(secs => p.deadline_s)
        from reading_plan p
        join meter_group_member g on g.group_id = p.group_id and not g.leaving
        join meter m on m.id = g.meter_id and m.state = 'ACTIVE'
       cross join lateral (
             select case when ? then interval '0'
               else make_interval(secs =>
                 mod(m.id::bigint * 2654435761 & 4294967295, greatest(p.spread_s, 1))) end as wait) w
       where p.enabled and %s
      on conflict do nothing""";

  private static final String LEAVE =
      """
      delete from reading_task t using reading_plan p
       where t.plan_id = p.id and %s
         and not (p.enabled and exists (
               select 1 from meter_group_member g join meter m on m.id = g.meter_id
                where g.group_id = p.group_id and g.meter_id = t.meter_id and not g.leaving
                  and m.state = 'ACTIVE'))""";

  private final Database database;
  private final Clock clock;

  /** For the client proxy only. */
  protected ReadingTasks() {
    this(null, null);
  }

  @Inject
  public ReadingTasks(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * What a plan asks of a meter.
   *
   * @param dueAt when it is asked, perhaps for another time
   * @param lateAt when it is late
   * @param failures one after the other
   */
  public record ReadingTask(
      int planId,
      String plan,
      Set<TaskKind> kinds,
      Duration every,
      String cron,
      Instant dueAt,
      Instant lateAt,
      int failures)
      implements Serializable {}

  public List<ReadingTask> of(int meterId) {
    return database.query(
        """
        select t.*, p.name, p.kinds, p.every_s, p.cron
          from reading_task t join reading_plan p on p.id = t.plan_id
         where t.meter_id = ? order by p.every_s, p.name""",
        ReadingTasks::task,
        meterId);
  }

  static SortedSet<TaskKind> kinds(ResultSet row) throws SQLException {
    var kinds = new TreeSet<TaskKind>();
    for (var kind : (String[]) row.getArray("kinds").getArray()) {
      kinds.add(TaskKind.valueOf(kind));
    }
    return kinds;
  }

  private static ReadingTask task(ResultSet row) throws SQLException {
    Long every = Database.number(row, "every_s");
    return new ReadingTask(
        row.getInt("plan_id"),
        row.getString("name"),
        kinds(row),
        every == null ? null : Duration.ofSeconds(every),
        row.getString("cron"),
        Database.instant(row, "due_at"),
        Database.instant(row, "late_at"),
        row.getInt("failures"));
  }

  /** Asks the meter for what a plan reads as soon as a node is free, within a second or two. */
  public void readNow(int meterId, int planId) {
    var now = clock.instant();
    database.update(
        "update reading_task set due_at = ? where meter_id = ? and plan_id = ? and due_at > ?",
        now,
        meterId,
        planId,
        now);
  }

  /** A plan is new or has changed. */
  public void followPlan(int planId) {
    var now = clock.instant();
    database.update(LEASABLE.formatted("p.id = ?"), now, planId);
    database.update(LEAVE.formatted("p.id = ?"), planId);
    database.update(FOLLOW.formatted("p.id = ?"), now, now, false, planId);
  }

  /** Members came or went; in the transaction that changed them. */
  public void followGroups(Collection<Integer> groupIds) {
    database.with(
        connection -> {
          var now = clock.instant();
          var groups = connection.createArrayOf("integer", groupIds.toArray());
          var rule = "p.group_id = any (?)";
          for (var statement :
              List.of(
                  Database.prepare(connection, LEASABLE.formatted(rule), now, groups),
                  Database.prepare(connection, LEAVE.formatted(rule), groups),
                  Database.prepare(connection, FOLLOW.formatted(rule), now, now, false, groups))) {
            try (statement) {
              statement.executeUpdate();
            }
          }
          return null;
        });
  }

  /** One meter came, went or has changed; what is new of it is due at once. */
  public void followMeter(int meterId) {
    var now = clock.instant();
    database.update(LEASABLE.formatted("g.meter_id = ?"), now, meterId);
    database.update(LEAVE.formatted("t.meter_id = ?"), meterId);
    database.update(FOLLOW.formatted("m.id = ?"), now, now, true, meterId);
    database.update(
        """
        update reading_task t set network_id = m.network_id from meter m
         where m.id = t.meter_id and t.meter_id = ? and t.network_id <> m.network_id""",
        meterId);
  }
}
