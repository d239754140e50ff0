package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.meterledger.server.Database;
import org.meterledger.server.Node;

/**
 * Claims what is due. The lease lies on the meter, not on the task, so that no two nodes ever speak
 * with one meter; it runs out by itself when the node that holds it dies.
 */
@ApplicationScoped
public class DueReadings {

  private static final String CLAIM =
      """
      with claimed as (
        update meter_contact set leased_by = ?, leased_until = ?
         where meter_id in (
           select c.meter_id
             from reading_task t join meter_contact c on c.meter_id = t.meter_id
            where t.due_at <= ? and c.leased_until <= ?
            order by t.due_at limit ?
              for update skip locked)
           and leased_until <= ?
        returning meter_id)
      select m.id, m.serial_number, m.model, m.address, m.user_name, m.password,
             t.kind, t.every_s, t.failures
        from claimed join meter m on m.id = claimed.meter_id
        join reading_task t on t.meter_id = m.id and t.due_at <= ?
       order by t.due_at""";

  private final Database database;
  private final Node node;

  /** For the client proxy only. */
  protected DueReadings() {
    this(null, null);
  }

  @Inject
  public DueReadings(Database database, Node node) {
    this.database = database;
    this.node = node;
  }

  /**
   * Claims meters for this node, the longest overdue first.
   *
   * @param lease how long the node may take before others may claim them
   * @param atMost meters, from 1
   */
  List<DueMeter> claim(Instant now, Duration lease, int atMost) {
    var until = now.plus(lease);
    var meters = new LinkedHashMap<Integer, DueMeter>();
    database.query(
        CLAIM,
        row -> {
          int id = row.getInt("id");
          var meter = meters.containsKey(id) ? meters.get(id) : meter(row);
          meters.put(id, meter);
          return meter.tasks().add(task(row));
        },
        node.name(),
        until,
        now,
        now,
        atMost,
        now,
        now);
    meters.values().forEach(m -> m.tasks().sort(Comparator.comparing(DueMeter.DueTask::kind)));
    return List.copyOf(meters.values());
  }

  /** Gives back meters that could not be read, so that they are claimed again at once. */
  void release(List<DueMeter> meters, Instant now) {
    for (var meter : meters) {
      database.update(
          "update meter_contact set leased_by = null, leased_until = ?"
              + " where meter_id = ? and leased_by = ?",
          now,
          meter.id(),
          node.name());
    }
  }

  private static DueMeter meter(ResultSet row) throws SQLException {
    return new DueMeter(
        row.getInt("id"),
        row.getString("serial_number"),
        row.getString("model"),
        row.getString("address"),
        row.getString("user_name"),
        row.getBytes("password"),
        new ArrayList<>());
  }

  private static DueMeter.DueTask task(ResultSet row) throws SQLException {
    return new DueMeter.DueTask(
        TaskKind.valueOf(row.getString("kind")),
        Duration.ofSeconds(row.getInt("every_s")),
        row.getInt("failures"));
  }
}
