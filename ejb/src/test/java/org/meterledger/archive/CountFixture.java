package org.meterledger.archive;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.meterledger.server.Database;
import org.meterledger.server.SettableClock;
import org.meterledger.server.TestDatabase;

/** Counts what is archived, and groups to count it for. */
final class CountFixture {

  private static final AtomicInteger GROUPS = new AtomicInteger();

  final Database database = TestDatabase.database();
  final Completeness completeness;
  final CompletenessCount count;

  CountFixture(String now) {
    this(new SettableClock(now));
  }

  CountFixture(Clock clock) {
    this(clock, 5_000);
  }

  /**
   * @param mostChanges in one transaction
   */
  CountFixture(Clock clock, int mostChanges) {
    completeness = new Completeness(database, clock);
    count =
        new CompletenessCount(
            database, new Partitions(database, Partitions.Width.DAY), clock, mostChanges);
  }

  void all() {
    boolean more = true;
    while (more) {
      more = count.tick();
    }
  }

  int group(int... meters) {
    int group =
        database
            .first(
                """
                with g as (
                  insert into meter_group (name, version, created_at)
                  values (?, 0, timestamptz '2026-01-01 00:00Z') returning id)
                select id from g""",
                row -> row.getInt(1),
                "count-" + GROUPS.incrementAndGet())
            .orElseThrow();
    for (int meter : meters) {
      TestDatabase.join(group, meter);
    }
    return group;
  }

  int members(int group) {
    return database
        .first(
            "select count(*) from meter_group_member where group_id = ? and counted",
            row -> row.getInt(1),
            group)
        .orElseThrow();
  }
}
