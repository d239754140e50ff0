package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.meterledger.meter.MeterSaved;
import org.meterledger.server.Database;

/** What is read of each meter, and how often. */
@ApplicationScoped
public class ReadingTasks {

  private static final int SETTINGS_SECONDS = 86_400;
  private static final int LOAD_PROFILE_SECONDS = 900;
  private static final int WATCHED_SECONDS = 60;
  private static final int LOGBOOK_SECONDS = 3_600;

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
   * One task.
   *
   * @param dueAt in the past while it is overdue
   * @param failures one after the other
   */
  public record ReadingTask(TaskKind kind, Duration every, Instant dueAt, int failures) {}

  public List<ReadingTask> of(int meterId) {
    return database.query(
        "select kind, every_s, due_at, failures from reading_task where meter_id = ? order by kind",
        row ->
            new ReadingTask(
                TaskKind.valueOf(row.getString("kind")),
                Duration.ofSeconds(row.getInt("every_s")),
                Database.instant(row, "due_at"),
                row.getInt("failures")),
        meterId);
  }

  /** In the transaction that saves a meter: its tasks follow, due at once where they are new. */
  void onSaved(@Observes MeterSaved saved) {
    int meterId = saved.meter().getId();
    var wanted = new EnumMap<TaskKind, Integer>(TaskKind.class);
    if (saved.active()) {
      wanted.put(TaskKind.SETTINGS, SETTINGS_SECONDS);
      wanted.put(TaskKind.LOAD_PROFILE, LOAD_PROFILE_SECONDS);
      wanted.put(TaskKind.LOGBOOK, LOGBOOK_SECONDS);
      wanted.put(TaskKind.REGISTERS, registersSeconds(saved));
    }
    plan(meterId, wanted);
  }

  /** Present values of a meter that nobody watches are read as often as its load profile. */
  private static int registersSeconds(MeterSaved saved) {
    return saved.meter().isWatched() ? WATCHED_SECONDS : LOAD_PROFILE_SECONDS;
  }

  /** Reads the meter with these tasks and no others from now on. */
  public void plan(int meterId, Map<TaskKind, Integer> everySeconds) {
    var now = clock.instant();
    database.update(
        "insert into meter_contact (meter_id, leased_until) values (?, ?) on conflict do nothing",
        meterId,
        now);
    for (var kind : TaskKind.values()) {
      var seconds = everySeconds.get(kind);
      if (seconds == null) {
        database.update(
            "delete from reading_task where meter_id = ? and kind = ?", meterId, kind.name());
      } else {
        database.update(
            """
            insert into reading_task (meter_id, kind, every_s, due_at) values (?, ?, ?, ?)
            on conflict (meter_id, kind) do update set every_s = excluded.every_s,
              due_at = least(reading_task.due_at, excluded.due_at)""",
            meterId,
            kind.name(),
            seconds,
            now);
      }
    }
  }

  /** Asks the meter for this as soon as a node is free, within a second or two. */
  public void readNow(int meterId, TaskKind kind) {
    database.update(
        "update reading_task set due_at = ? where meter_id = ? and kind = ? and due_at > ?",
        clock.instant(),
        meterId,
        kind.name(),
        clock.instant());
  }
}
