package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterledger.server.Database;

/**
 * How the reading goes over all meters. It costs a look at every task, so each node keeps the
 * answer for some seconds, however many pages ask.
 */
@ApplicationScoped
public class ReadingState {

  private static final Duration KEPT = Duration.ofSeconds(5);

  private final Database database;
  private final ReadingPlans plans;
  private final Clock clock;
  private Snapshot kept;

  /** For the client proxy only. */
  protected ReadingState() {
    this(null, null, null);
  }

  @Inject
  public ReadingState(Database database, ReadingPlans plans, Clock clock) {
    this.database = database;
    this.plans = plans;
    this.clock = clock;
  }

  /**
   * How it was some seconds ago at most.
   *
   * @param loads by id of the plan; plans without meters are left out
   * @param resting meters that are asked less often
   * @param sessions open now, by id of the network; networks without are left out
   * @param oldest the task that is due the longest; null where none is due
   */
  public record Snapshot(
      Instant at,
      Map<Integer, ReadingPlan.Load> loads,
      long resting,
      Map<Integer, Long> sessions,
      OldestTask oldest) {}

  /** What waits the longest to be read. */
  public record OldestTask(String serialNumber, String timeZone, String plan, Instant dueAt)
      implements Serializable {}

  public synchronized Snapshot now() {
    var now = clock.instant();
    if (kept == null || kept.at().plus(KEPT).isBefore(now) || kept.at().isAfter(now)) {
      kept = look(now);
    }
    return kept;
  }

  private Snapshot look(Instant now) {
    var loads = new HashMap<Integer, ReadingPlan.Load>();
    plans.loads().forEach(load -> loads.put(load.planId(), load));
    var sessions = new HashMap<Integer, Long>();
    database.query(
        """
        select m.network_id, count(*) from meter_contact c join meter m on m.id = c.meter_id
         where c.leased_by is not null and c.leased_until > ? group by 1""",
        row -> sessions.put(row.getInt(1), row.getLong(2)),
        now);
    return new Snapshot(
        now, Map.copyOf(loads), resting(), Map.copyOf(sessions), oldest(now).orElse(null));
  }

  private long resting() {
    return database
        .first(
            """
            select count(*) from meter_contact c join meter m on m.id = c.meter_id
             where c.resting_until is not null and m.state = 'ACTIVE'""",
            row -> row.getLong(1))
        .orElseThrow();
  }

  private Optional<OldestTask> oldest(Instant now) {
    List<OldestTask> found =
        database.query(
            """
            select m.serial_number, m.time_zone, p.name, t.due_at
              from network n
             cross join lateral (select * from reading_task r
                                  where r.network_id = n.id and r.due_at <= ?
                                  order by r.due_at limit 1) t
              join meter m on m.id = t.meter_id
              join reading_plan p on p.id = t.plan_id
             order by t.due_at limit 1""",
            row ->
                new OldestTask(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    Database.instant(row, "due_at")),
            now);
    return found.stream().findFirst();
  }
}
