package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meterledger.server.Database;
import org.meterledger.server.Node;
import org.meterledger.server.TestDatabase;

class DueReadingsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final AtomicInteger SERIAL = new AtomicInteger();

  private final Database database = TestDatabase.database();
  private final DueReadings first = new DueReadings(database, new Node("first"));
  private final DueReadings second = new DueReadings(database, new Node("second"));

  @BeforeEach
  void nothingElseIsDue() {
    database.update("delete from reading_task");
  }

  private int meter(TaskKind... kinds) {
    int id = TestDatabase.meter("due-" + SERIAL.incrementAndGet(), "http://127.0.0.1:1");
    var tasks = new ReadingTasks(database, Clock.fixed(NOW, ZoneOffset.UTC));
    var every = new java.util.EnumMap<TaskKind, Integer>(TaskKind.class);
    for (var kind : kinds) {
      every.put(kind, 900);
    }
    tasks.plan(id, every);
    return id;
  }

  @Test
  void aMeterIsClaimedOnceWithAllThatIsDue() {
    int id = meter(TaskKind.LOGBOOK, TaskKind.LOAD_PROFILE);

    assertThat(first.claim(NOW, LEASE, 10))
        .singleElement()
        .satisfies(
            meter -> {
              assertThat(meter.id()).isEqualTo(id);
              assertThat(meter.tasks())
                  .extracting(DueMeter.DueTask::kind)
                  .containsExactly(TaskKind.LOAD_PROFILE, TaskKind.LOGBOOK);
            });
    assertThat(second.claim(NOW, LEASE, 10)).isEmpty();
    assertThat(second.claim(NOW.plus(LEASE).minusSeconds(1), LEASE, 10)).isEmpty();
  }

  @Test
  void theWorkOfADeadNodeComesBackWhenItsLeaseIsOver() {
    int id = meter(TaskKind.LOAD_PROFILE);
    first.claim(NOW, LEASE, 10);
    assertThat(second.claim(NOW.plus(LEASE), LEASE, 10))
        .extracting(DueMeter::id)
        .containsExactly(id);
  }

  @Test
  void competingNodesNeverHoldTheSameMeter() throws Exception {
    var meters = new ArrayList<Integer>();
    for (int i = 0; i < 200; i++) {
      meters.add(meter(TaskKind.LOAD_PROFILE, TaskKind.REGISTERS, TaskKind.LOGBOOK));
    }
    var together = new CyclicBarrier(2);
    var executor = Executors.newFixedThreadPool(2);
    try {
      var claims =
          executor.invokeAll(List.of(claimAll(first, together), claimAll(second, together)));
      var all = new ArrayList<Integer>();
      for (var claim : claims) {
        all.addAll(claim.get());
      }
      assertThat(all).doesNotHaveDuplicates();
      var late = first.claim(NOW, LEASE, 1000).stream().map(DueMeter::id).toList();
      all.addAll(late);
      assertThat(all).containsExactlyInAnyOrderElementsOf(meters);
    } finally {
      executor.shutdownNow();
    }
  }

  private static Callable<List<Integer>> claimAll(DueReadings due, CyclicBarrier together) {
    return () -> {
      var claimed = new ArrayList<Integer>();
      for (int i = 0; i < 20; i++) {
        together.await();
        due.claim(NOW, LEASE, 7).forEach(meter -> claimed.add(meter.id()));
      }
      return claimed;
    };
  }

  @Test
  void aTaskThatIsNotPlannedAnyMoreIsNotDue() {
    int id = meter(TaskKind.LOAD_PROFILE);
    new ReadingTasks(database, Clock.fixed(NOW, ZoneOffset.UTC)).plan(id, Map.of());
    assertThat(first.claim(NOW, LEASE, 10)).isEmpty();
  }
}
