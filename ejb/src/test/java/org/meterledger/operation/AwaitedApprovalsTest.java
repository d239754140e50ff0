package org.meterledger.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meterledger.operation.ApprovalFixture.Person;
import org.meterledger.server.NotThere;

/** What waits, for whom; and which kinds do. */
class AwaitedApprovalsTest {

  private final ApprovalFixture fixture = new ApprovalFixture();
  private final Person olga = fixture.operator();
  private final Person anna = fixture.administrator();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static List<Long> ids(Person person) {
    return person.awaited.rows(0, 100).stream().map(AwaitedApproval::id).toList();
  }

  @Test
  void everybodySeesWhatIsTheirsToDecide() {
    var mine = fixture.meter();
    var others = fixture.meter();
    var limited = fixture.person(ApprovalFixture.ADMINISTRATOR, fixture.group(mine));
    long first = olga.asks(mine, "SWITCH");
    long second = olga.asks(others, "SWITCH");
    long both =
        olga.operations.submitToMeters(
            List.of(mine, others), OperationRequest.of("SWITCH", null), olga.name, null);

    assertThat(ids(anna)).containsExactly(both, second, first);
    assertThat(ids(limited)).containsExactly(first);
    assertThat(limited.awaited.find(both)).isEmpty();
    assertThat(anna.awaited.find(both))
        .hasValueSatisfying(
            awaited -> {
              assertThat(awaited.many()).isTrue();
              assertThat(awaited.meters()).isEqualTo(2);
              assertThat(awaited.own()).isFalse();
              assertThat(awaited.operation().requestedBy()).isEqualTo(olga.name);
            });
    assertThat(anna.awaited.rows(1, 1)).extracting(AwaitedApproval::id).containsExactly(second);
    assertThat(anna.awaited.count()).isEqualTo(3);
    assertThat(limited.awaited.decidable()).isEqualTo(1);
  }

  @Test
  void onesOwnIsShownAndDoesNotCount() {
    var serial = fixture.meter();
    long id = anna.asks(serial, "SWITCH");
    long operators = olga.asks(serial, "SWITCH");

    assertThat(ids(anna)).containsExactly(operators, id);
    assertThat(anna.awaited.find(id).orElseThrow().own()).isTrue();
    assertThat(anna.awaited.decidable()).isEqualTo(1);
    assertThat(olga.awaited.rows(0, 10))
        .as("who may not approve sees what they asked for")
        .extracting(AwaitedApproval::id, AwaitedApproval::own)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(operators, true));
    assertThat(olga.awaited.decidable()).isZero();
  }

  @Test
  void whatIsDecidedCancelledOrOverIsGone() {
    long approved = olga.asks(fixture.meter(), "SWITCH");
    long rejected = olga.asks(fixture.meter(), "SWITCH");
    long cancelled = olga.asks(fixture.meter(), "SWITCH");
    olga.asks(fixture.meter(), "SWITCH");
    anna.approvals.approve(approved);
    anna.approvals.reject(rejected, "no");
    olga.operations.cancel(cancelled);
    assertThat(anna.awaited.decidable()).isEqualTo(1);

    fixture.pass(Duration.ofDays(1));
    assertThat(anna.awaited.count()).isZero();
    assertThat(ids(anna)).isEmpty();
  }

  @Test
  void aRuleTellsWhoSetItWhen() {
    fixture.mark("SWITCH", false);
    assertThat(anna.rules.all())
        .extracting(OperationRule::kind)
        .containsExactly("LOOK", "RAW", "SWITCH");
    fixture.pass(Duration.ofMinutes(1));
    long before = fixture.trail("LOOK").size();

    var marked = anna.rules.set("LOOK", true);
    assertThat(anna.rules.set("LOOK", true)).as("nothing new").isEqualTo(marked);

    assertThat(marked)
        .isEqualTo(new OperationRule("LOOK", true, anna.name, fixture.clock.instant()));
    assertThat(anna.rules.all()).contains(marked);
    assertThat(fixture.trail("LOOK")).hasSize((int) before + 1).endsWith("OPERATION_RULE DONE");
    assertThat(
            fixture.database.query(
                "select before::text || after::text from audit_entry where subject = 'LOOK'",
                row -> row.getString(1)))
        .endsWith("{\"approval\":false}{\"approval\":true}");
    assertThat(fixture.state(olga.asks(fixture.meter(), "LOOK")))
        .isEqualTo(OperationState.AWAITING_APPROVAL);
    assertThatThrownBy(() -> anna.rules.set("SING", true)).isInstanceOf(NotThere.class);
  }
}
