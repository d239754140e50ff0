package org.meterledger.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.meterledger.operation.ApprovalFixture.Person;
import org.meterledger.operation.ApprovalRefused.Why;

/** Several people decide at once, and nodes look for work meanwhile. */
class ApprovalRacesTest {

  private final ApprovalFixture fixture = new ApprovalFixture();
  private final Person olga = fixture.operator();
  private final Person anna = fixture.administrator();

  @AfterEach
  void close() {
    fixture.close();
  }

  @RepeatedTest(5)
  void ofManyAtOnceOneDecides() throws Exception {
    var serials = List.of(fixture.meter(), fixture.meter(), fixture.meter());
    long id =
        olga.operations.submitToMeters(
            serials, OperationRequest.of("SWITCH", null), olga.name, null);
    var deciders = IntStream.range(0, 6).mapToObj(i -> fixture.administrator()).toList();
    var start = new CyclicBarrier(deciders.size());
    var calls = new ArrayList<Callable<String>>();
    for (int i = 0; i < deciders.size(); i++) {
      var approvals = deciders.get(i).approvals;
      boolean approves = i % 2 == 0;
      calls.add(
          () -> {
            start.await();
            try {
              if (approves) {
                approvals.approve(id);
              } else {
                approvals.reject(id, "no");
              }
              return "done";
            } catch (ApprovalRefused late) {
              return "late";
            }
          });
    }

    assertThat(together(calls)).containsOnlyOnce("done");
    assertThat(fixture.states(id))
        .hasSize(3)
        .containsAnyOf(OperationState.QUEUED, OperationState.REJECTED);
    assertThat(fixture.states(id).stream().distinct()).hasSize(1);
    assertThat(fixture.trail(id)).filteredOn(told -> told.endsWith("DONE")).hasSize(1);
  }

  @RepeatedTest(5)
  void approvedAndCancelledAtOnceItIsOneOfThem() throws Exception {
    long id = olga.asks(fixture.meter(), "SWITCH");
    var start = new CyclicBarrier(2);
    var outcomes =
        together(
            List.of(
                () -> {
                  start.await();
                  try {
                    anna.approvals.approve(id);
                    return "approved";
                  } catch (ApprovalRefused late) {
                    assertThat(late.why()).isEqualTo(Why.CANCELLED);
                    return "refused";
                  }
                },
                () -> {
                  start.await();
                  return olga.operations.cancel(id) ? "cancelled" : "kept";
                }));

    assertThat(outcomes.get(1)).as("what is queued is cancelled as well").isEqualTo("cancelled");
    assertThat(fixture.state(id)).isEqualTo(OperationState.CANCELLED);
    assertThat(fixture.operation(id).approval().approved())
        .isEqualTo(outcomes.get(0).equals("approved") ? Boolean.TRUE : null);
  }

  private static <T> List<T> together(List<? extends Callable<T>> calls) throws Exception {
    var executor = Executors.newFixedThreadPool(calls.size());
    try {
      var results = new ArrayList<T>();
      for (var result : executor.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }

  private List<QueuedOperation> claim(String node, String serial) {
    return fixture.database.inTransaction(
        connection ->
            fixture
                .queue(node)
                .claim(connection, List.of(fixture.meterId(serial)), fixture.clock.instant()));
  }

  @Test
  void noNodeTakesWhatWaitsAndOneTakesWhatIsApproved() throws Exception {
    var serial = fixture.meter();
    var ids = new ArrayList<>(olga.asks(serial, ApprovalsTest.bundle("LOOK", "SWITCH"), null));
    ids.add(olga.asks(serial, "SWITCH"));
    List<Callable<List<QueuedOperation>>> nodes =
        List.of(() -> claim("first", serial), () -> claim("second", serial));

    assertThat(together(nodes)).allMatch(List::isEmpty);
    for (var node : List.of("first", "second")) {
      fixture.queue(node).release(List.of(fixture.meterId(serial)));
      fixture.queue(node).sweep(fixture.clock.instant(), List.of("LOOK", "SWITCH"));
    }
    assertThat(ids).allMatch(id -> fixture.state(id) == OperationState.AWAITING_APPROVAL);

    anna.approvals.approve(ids.get(0));
    assertThat(together(nodes).stream().flatMap(List::stream).map(QueuedOperation::id))
        .containsExactlyInAnyOrder(ids.get(0), ids.get(1));
    assertThat(fixture.state(ids.get(2))).isEqualTo(OperationState.AWAITING_APPROVAL);
  }
}
