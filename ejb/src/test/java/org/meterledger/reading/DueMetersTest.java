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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meterledger.notice.Notices;
import org.meterledger.operation.OperationQueue;
import org.meterledger.server.Database;
import org.meterledger.server.Node;
import org.meterledger.server.TestDatabase;

class DueMetersTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final int SESSIONS = 1_000;
  private static final int STANDARD = 1;
  private static final AtomicInteger SERIAL = new AtomicInteger();

  private final Database database = TestDatabase.database();
  private final DueMeters first = node("first");
  private final DueMeters second = node("second");

  private DueMeters node(String name) {
    var node = new Node(name);
    return new DueMeters(database, new OperationQueue(database, node, new Notices(database)), node);
  }

  @BeforeEach
  @AfterEach
  void nothingElseIsDue() {
    database.update("delete from reading_task");
    database.update("delete from operation");
    database.update("update meter_contact set leased_by = null");
    database.update("update network set next_connect = ?", NOW.minusSeconds(60));
  }

  private int meter(int networkId, Integer gatewayId) {
    int id = TestDatabase.meter("due-" + SERIAL.incrementAndGet(), "http://127.0.0.1:1");
    database.update(
        "update meter set network_id = ?, gateway_id = ? where id = ?", networkId, gatewayId, id);
    database.update("insert into meter_contact (meter_id, leased_until) values (?, ?)", id, NOW);
    return id;
  }

  /** A meter with tasks of plan 1 (registers, load profile) and 2 (logbook). */
  private int due(int networkId, Integer gatewayId, Instant dueAt) {
    int id = meter(networkId, gatewayId);
    for (int plan = 1; plan <= 2; plan++) {
      database.update(
          """
          insert into reading_task (meter_id, plan_id, network_id, due_at, late_at)
          values (?, ?, ?, ?, ?)""",
          id,
          plan,
          networkId,
          dueAt,
          dueAt.plusSeconds(900));
    }
    return id;
  }

  private int due() {
    return due(STANDARD, null, NOW);
  }

  private int network(int mostSessions, int mostConnects) {
    return database
        .first(
            """
            insert into network (name, most_sessions, most_connects, next_connect, version)
            values (?, ?, ?, ?, 0) returning id""",
            row -> row.getInt(1),
            "due-" + SERIAL.incrementAndGet(),
            mostSessions,
            mostConnects,
            NOW.minusSeconds(60))
        .orElseThrow();
  }

  private void operation(int meterId, int priority, Instant dueAt, Instant expiresAt) {
    database.update(
        """
        insert into operation (id, meter_id, network_id, step, kind, parameters, priority,
          not_before, expires_at, due_at, bypass_retry, stop_on_failure, correlation_id,
          requested_by, requested_at, state, attempts)
        select ?, id, network_id, 0, 'IDENTIFY', '{}', ?, ?, ?, ?, false, false, 'c', 'test', ?,
               'QUEUED', 0 from meter where id = ?""",
        (long) SERIAL.incrementAndGet(),
        priority,
        dueAt,
        expiresAt,
        dueAt,
        dueAt,
        meterId);
  }

  private static List<DueMeter> claim(DueMeters node, Instant now, int atMost) {
    return node.claim(now, LEASE, SESSIONS, atMost, Map.of());
  }

  private static List<Integer> ids(List<DueMeter> meters) {
    return meters.stream().map(DueMeter::id).toList();
  }

  @Test
  void aMeterIsClaimedOnceWithAllThatIsDue() {
    int id = due();

    assertThat(claim(first, NOW, 10))
        .singleElement()
        .satisfies(
            meter -> {
              assertThat(meter.id()).isEqualTo(id);
              assertThat(meter.tasks())
                  .flatExtracting(DueMeter.DueTask::kinds)
                  .containsExactlyInAnyOrder(
                      TaskKind.REGISTERS,
                      TaskKind.LOAD_PROFILE,
                      TaskKind.CHARGING,
                      TaskKind.LOGBOOK);
            });
    assertThat(claim(second, NOW, 10)).isEmpty();
    assertThat(claim(second, NOW.plus(LEASE).minusSeconds(1), 10)).isEmpty();
  }

  @Test
  void noNodeClaimsAMeterForWhatAwaitsApproval() {
    int id = meter(STANDARD, null);
    operation(id, 9, NOW, NOW.plusSeconds(60));
    database.update("update operation set state = 'AWAITING_APPROVAL'");
    assertThat(claim(first, NOW, 10)).isEmpty();

    int task = due();
    assertThat(ids(claim(first, NOW, 10))).containsExactly(task);
    assertThat(claim(second, NOW, 10)).isEmpty();
    assertThat(database.query("select state from operation", row -> row.getString(1)))
        .containsOnly("AWAITING_APPROVAL");
  }

  @Test
  void theWorkOfADeadNodeComesBackWhenItsLeaseIsOver() {
    int id = due();
    claim(first, NOW, 10);
    assertThat(ids(claim(second, NOW.plus(LEASE), 10))).containsExactly(id);
  }

  @Test
  void whatIsLongestOverdueComesFirst() {
    int recent = due(STANDARD, null, NOW.minusSeconds(1));
    int old = due(STANDARD, null, NOW.minusSeconds(500));
    due(STANDARD, null, NOW.plusSeconds(1));
    assertThat(ids(claim(first, NOW, 1))).containsExactly(old);
    assertThat(ids(claim(first, NOW, 5))).containsExactly(recent);
  }

  @Test
  void operationsComeBeforeReadingsAndTheMoreUrgentFirst() {
    due(STANDARD, null, NOW.minusSeconds(5_000));
    int usual = meter(STANDARD, null);
    int urgent = meter(STANDARD, null);
    int later = meter(STANDARD, null);
    int expired = meter(STANDARD, null);
    operation(usual, 4, NOW.minusSeconds(100), NOW.plusSeconds(900));
    operation(urgent, 9, NOW, NOW.plusSeconds(900));
    operation(later, 9, NOW.plusSeconds(1), NOW.plusSeconds(900));
    operation(expired, 9, NOW.minusSeconds(900), NOW);

    assertThat(ids(claim(first, NOW, 1))).containsExactly(urgent);
    assertThat(ids(claim(first, NOW, 1))).containsExactly(usual);
    assertThat(claim(first, NOW, 5))
        .singleElement()
        .satisfies(meter -> assertThat(meter.operations()).isEmpty());
  }

  @Test
  void whatIsReadAtAPeriodsEndWaitsOnlyForWhatIsUrgent() {
    due(STANDARD, null, NOW.minusSeconds(5_000));
    int usual = meter(STANDARD, null);
    int urgent = meter(STANDARD, null);
    operation(usual, 4, NOW.minusSeconds(100), NOW.plusSeconds(900));
    operation(urgent, 5, NOW, NOW.plusSeconds(900));
    int atEnd = due(STANDARD, null, NOW);
    int notYet = due(STANDARD, null, NOW.plusSeconds(1));
    database.update(
        "update reading_task set at_period_end = true where plan_id = 1 and meter_id in (?, ?)",
        atEnd,
        notYet);

    assertThat(ids(claim(first, NOW, 1))).containsExactly(urgent);
    assertThat(ids(claim(first, NOW, 1))).containsExactly(atEnd);
    assertThat(ids(claim(first, NOW, 1))).containsExactly(usual);
    assertThat(claim(first, NOW, 5)).hasSize(1);
  }

  @Test
  void operationsOfAMeterAreServedByPriorityTogetherWithItsReadings() {
    int id = due();
    operation(id, 2, NOW, NOW.plusSeconds(900));
    operation(id, 8, NOW, NOW.plusSeconds(900));
    operation(id, 8, NOW.plusSeconds(60), NOW.plusSeconds(900));
    assertThat(claim(first, NOW, 5))
        .singleElement()
        .satisfies(
            meter -> {
              assertThat(meter.operations()).hasSize(2);
              assertThat(meter.operations().get(0).id())
                  .isGreaterThan(meter.operations().get(1).id());
              assertThat(meter.tasks()).hasSize(2);
            });
  }

  @Test
  void aNetworkNeverHasMoreSessionsThanItsLimitOverAllNodes() {
    int network = network(5, 10_000);
    for (int i = 0; i < 12; i++) {
      due(network, null, NOW);
    }
    var held = claim(first, NOW, 3);
    assertThat(held).hasSize(3);
    assertThat(claim(second, NOW, 100)).hasSize(2);
    assertThat(claim(first, NOW, 100)).isEmpty();
    first.release(held.get(0), NOW);
    assertThat(claim(second, NOW, 100)).hasSize(1);

    database.update("update network set most_sessions = 7 where id = ?", network);
    assertThat(claim(first, NOW, 100)).hasSize(2);
  }

  @Test
  void newSessionsAreSpacedByTheLimitOfTheNetwork() {
    int network = network(1_000, 10);
    for (int i = 0; i < 40; i++) {
      due(network, null, NOW);
    }
    var starts = new ArrayList<Instant>();
    for (int second = 0; second < 5; second++) {
      for (var node : List.of(first, this.second)) {
        claim(node, NOW.plusSeconds(second), 100).forEach(meter -> starts.add(meter.startAt()));
      }
    }
    assertThat(starts).hasSize(40).isSorted();
    for (int i = 10; i < starts.size(); i++) {
      assertThat(Duration.between(starts.get(i - 10), starts.get(i)))
          .isGreaterThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void aClockThatWasAheadDoesNotStopANetwork() {
    due();
    database.update("update network set next_connect = ?", NOW.plusSeconds(86_400));
    assertThat(claim(first, NOW, 1)).hasSize(1);
  }

  @Test
  void behindAGatewayOnlySoManyMetersAreAskedAtOnce() {
    int gateway =
        database
            .first(
                """
                insert into gateway (name, network_id, most_sessions, version)
                values (?, 1, 2, 0) returning id""",
                row -> row.getInt(1),
                "due-" + SERIAL.incrementAndGet())
            .orElseThrow();
    for (int i = 0; i < 30; i++) {
      due(STANDARD, gateway, NOW.minusSeconds(100));
    }
    int other = due(STANDARD, null, NOW);

    var claimed = claim(first, NOW, 4);
    assertThat(ids(claimed)).hasSize(3).contains(other);
    assertThat(claim(second, NOW, 4)).isEmpty();
    first.release(claimed.get(0), NOW);
    assertThat(claim(second, NOW, 4)).hasSize(1);
  }

  @Test
  void aSlowNetworkLeavesSessionsToTheOthers() {
    int slow = network(1_000, 10_000);
    for (int i = 0; i < 40; i++) {
      due(slow, null, NOW.minusSeconds(3_600));
    }
    int fast = due();
    assertThat(first.claim(NOW, LEASE, 16, 4, Map.of(slow, 12)))
        .extracting(DueMeter::id)
        .containsExactly(fast);
    assertThat(first.claim(NOW, LEASE, 16, 4, Map.of(slow, 12))).isEmpty();
  }

  @Test
  void competingNodesNeverHoldTheSameMeter() throws Exception {
    var meters = new ArrayList<Integer>();
    for (int i = 0; i < 200; i++) {
      meters.add(due());
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
      all.addAll(ids(claim(first, NOW.plusSeconds(2), 1000)));
      assertThat(all).containsExactlyInAnyOrderElementsOf(meters);
    } finally {
      executor.shutdownNow();
    }
  }

  private static Callable<List<Integer>> claimAll(DueMeters due, CyclicBarrier together) {
    return () -> {
      var claimed = new ArrayList<Integer>();
      for (int i = 0; i < 20; i++) {
        together.await();
        claimed.addAll(ids(claim(due, NOW.plusMillis(i), 7)));
      }
      return claimed;
    };
  }

  @Test
  void aMeterThatLeftItsGroupIsNotDueAnyMore() {
    int id = meter(STANDARD, null);
    var tasks = new ReadingTasks(database, Clock.fixed(NOW, ZoneOffset.UTC));
    TestDatabase.join(1, id);
    tasks.followMeter(id);
    assertThat(tasks.of(id)).hasSizeGreaterThanOrEqualTo(3);
    database.update("update meter_group_member set leaving = true where meter_id = ?", id);
    tasks.followMeter(id);
    assertThat(claim(first, NOW, 10)).isEmpty();
  }
}
