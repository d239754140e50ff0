package org.meterledger.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.access.AccessDenied;
import org.meterledger.access.AccessLevel;
import org.meterledger.access.Grant;
import org.meterledger.access.MeterScope;
import org.meterledger.operation.ApprovalFixture.Person;
import org.meterledger.operation.ApprovalRefused.Why;
import org.meterledger.operation.OperationRequest.Step;
import org.meterledger.server.DatabaseException;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;

/** What is of a marked kind is done when somebody else has approved it, and not before. */
class ApprovalsTest {

  private final ApprovalFixture fixture = new ApprovalFixture();
  private final Person olga = fixture.operator();
  private final Person anna = fixture.administrator();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static void refused(ThrowingCallable work, Why why) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            ApprovalRefused.class, refused -> assertThat(refused.why()).isEqualTo(why));
  }

  static OperationRequest bundle(String... kinds) {
    var steps = IntStream.range(0, kinds.length).mapToObj(i -> new Step(kinds[i], null)).toList();
    return new OperationRequest(null, null, steps, null, null, null, false, true, null);
  }

  @Test
  void onlyWhatIsOfAMarkedKindWaits() {
    var serial = fixture.meter();

    assertThat(fixture.state(olga.asks(serial, "LOOK"))).isEqualTo(OperationState.QUEUED);
    long marked = olga.asks(serial, "SWITCH");
    assertThat(fixture.state(marked)).isEqualTo(OperationState.AWAITING_APPROVAL);
    assertThat(fixture.operation(marked).approval())
        .isEqualTo(new Approval(marked, null, null, null, null));

    var steps = olga.asks(serial, bundle("LOOK", "SWITCH"), null);
    assertThat(steps)
        .allSatisfy(
            id ->
                assertThat(fixture.state(id))
                    .as("a bundle waits as a whole")
                    .isEqualTo(OperationState.AWAITING_APPROVAL))
        .allSatisfy(
            id -> assertThat(fixture.operation(id).approval().id()).isEqualTo(steps.get(0)));
    assertThat(olga.asks(serial, bundle("LOOK", "LOOK"), null))
        .allSatisfy(id -> assertThat(fixture.operation(id).approval()).isNull());
  }

  @Test
  void aRequestToManyWaitsAndIsDecidedAsAWhole() {
    var first = fixture.meter();
    var second = fixture.meter();
    int group = fixture.group(first, second);
    var request = OperationRequest.of("SWITCH", null);
    long toGroup = olga.operations.submitToGroup(group, request, olga.name, null);
    long toNamed = olga.operations.submitToMeters(List.of(first, second), request, olga.name, null);

    assertThat(fixture.states(toGroup)).containsOnly(OperationState.AWAITING_APPROVAL).hasSize(2);
    anna.approvals.approve(toGroup);
    assertThat(fixture.states(toGroup)).containsOnly(OperationState.QUEUED);
    assertThat(fixture.trail(toGroup)).containsExactly("OPERATION_APPROVE DONE");

    anna.approvals.reject(toNamed, " not on a Friday ");
    assertThat(fixture.states(toNamed)).containsOnly(OperationState.REJECTED);
    assertThat(fixture.trail(toNamed)).containsExactly("OPERATION_REJECT DONE");
    assertThat(fixture.list.group(MeterScope.EVERYTHING, toNamed).orElseThrow())
        .satisfies(
            progress -> {
              assertThat(progress.percent()).isEqualTo(100);
              assertThat(progress.approval())
                  .isEqualTo(
                      new Approval(
                          toNamed, false, anna.name, fixture.clock.instant(), "not on a Friday"));
            });
  }

  @Test
  void itIsToldWhoDecidedWhatAndWhen() {
    long id = olga.asks(fixture.meter(), "SWITCH");
    fixture.pass(Duration.ofMinutes(5));

    anna.approvals.approve(id);

    assertThat(fixture.operation(id).approval())
        .isEqualTo(new Approval(id, true, anna.name, fixture.clock.instant(), null));
    assertThat(
            fixture.database.first(
                "select account || before::text || after::text from audit_entry where subject = ?",
                row -> row.getString(1),
                String.valueOf(id)))
        .hasValueSatisfying(
            told ->
                assertThat(told)
                    .contains(anna.name, "AWAITING_APPROVAL", "QUEUED", "SWITCH", olga.name));
  }

  @Test
  void whoAskedDoesNotDecideNeitherByPageNorByToken() {
    long id = anna.asks(fixture.meter(), "SWITCH");

    refused(() -> anna.approvals.approve(id), Why.OWN);
    refused(() -> anna.comes(77).approvals.approve(id), Why.OWN);
    refused(() -> anna.approvals.reject(id, "second thoughts"), Why.OWN);

    assertThat(fixture.state(id)).isEqualTo(OperationState.AWAITING_APPROVAL);
    assertThat(fixture.trail(id))
        .containsExactly(
            "OPERATION_APPROVE DENIED", "OPERATION_APPROVE DENIED", "OPERATION_REJECT DENIED");
    assertThatThrownBy(
            () ->
                fixture.database.update(
                    """
                    update operation_approval set approved = true, decider_id = account_id,
                      decided_by = 'x', decided_at = expires_at where id = ?""",
                    id))
        .as("the schema holds it too")
        .isInstanceOf(DatabaseException.class);
  }

  @Test
  void itTakesThePermissionForEachMeter() {
    var mine = fixture.meter();
    var others = fixture.meter();
    int part = fixture.group(mine);
    var both =
        olga.operations.submitToMeters(
            List.of(mine, others), OperationRequest.of("SWITCH", null), olga.name, null);
    long hidden = olga.asks(others, "SWITCH");
    var limited = fixture.person(ApprovalFixture.ADMINISTRATOR, part);
    var operator = fixture.operator();

    assertThatThrownBy(() -> limited.approvals.approve(both)).isInstanceOf(AccessDenied.class);
    assertThatThrownBy(() -> limited.approvals.approve(hidden)).isInstanceOf(NotThere.class);
    assertThatThrownBy(() -> operator.approvals.approve(both)).isInstanceOf(AccessDenied.class);
    assertThatThrownBy(() -> anna.approvals.approve(17)).isInstanceOf(NotThere.class);

    assertThat(fixture.states(both)).containsOnly(OperationState.AWAITING_APPROVAL);
    assertThat(fixture.trail(both))
        .containsExactly("OPERATION_APPROVE DENIED", "OPERATION_APPROVE DENIED");
    assertThat(fixture.trail(hidden)).containsExactly("OPERATION_APPROVE DENIED");
    limited.approvals.approve(olga.asks(mine, "SWITCH"));
  }

  @Test
  void itIsDecidedOnce() {
    long approved = olga.asks(fixture.meter(), "SWITCH");
    long rejected = olga.asks(fixture.meter(), "SWITCH");
    var other = fixture.administrator();
    anna.approvals.approve(approved);
    anna.approvals.reject(rejected, "no");

    refused(() -> other.approvals.approve(approved), Why.APPROVED);
    refused(() -> other.approvals.reject(approved, "too late"), Why.APPROVED);
    refused(() -> other.approvals.approve(rejected), Why.REJECTED);
    assertThatThrownBy(() -> anna.approvals.approve(approved))
        .hasMessage(anna.name + " has approved it already");
    assertThat(fixture.state(approved)).isEqualTo(OperationState.QUEUED);
    assertThat(fixture.state(rejected)).isEqualTo(OperationState.REJECTED);
  }

  @Test
  void whatIsCancelledOrOverIsNotDecided() {
    long cancelled = olga.asks(fixture.meter(), "SWITCH");
    assertThat(olga.operations.cancel(cancelled)).isTrue();
    refused(() -> anna.approvals.approve(cancelled), Why.CANCELLED);
    assertThat(fixture.state(cancelled)).isEqualTo(OperationState.CANCELLED);

    long over = olga.asks(fixture.meter(), "SWITCH");
    fixture.pass(Duration.ofDays(1));
    refused(() -> anna.approvals.approve(over), Why.EXPIRED);
    refused(() -> anna.approvals.reject(over, "late"), Why.EXPIRED);
    fixture.queue("first").sweep(fixture.clock.instant(), List.of());
    assertThat(fixture.operation(over))
        .satisfies(
            operation -> {
              assertThat(operation.state()).isEqualTo(OperationState.EXPIRED);
              assertThat(operation.fault()).isEqualTo("EXPIRED");
              assertThat(operation.detail()).contains("approved");
            });
    refused(() -> anna.approvals.approve(over), Why.EXPIRED);
    assertThat(fixture.trail(over)).doesNotContain("OPERATION_APPROVE DONE");
  }

  @Test
  void aPartThatWasCancelledStaysCancelled() {
    var request = OperationRequest.of("SWITCH", null);
    long id =
        olga.operations.submitToMeters(
            List.of(fixture.meter(), fixture.meter()), request, olga.name, null);
    var rows = fixture.list.rows(MeterScope.EVERYTHING, OperationFilter.ofGroup(id), 0, 2);
    olga.operations.cancel(rows.get(0).id());

    anna.approvals.approve(id);

    assertThat(fixture.states(id))
        .containsExactlyInAnyOrder(OperationState.CANCELLED, OperationState.QUEUED);
  }

  @Test
  void whoAskedMustStillBeAllowedTo() {
    long id = olga.asks(fixture.meter(), "SWITCH");
    olga.granted(Grant.VIEWER);
    refused(() -> anna.approvals.approve(id), Why.REQUESTER);
    olga.granted(new Grant(ApprovalFixture.OPERATOR, fixture.group(), AccessLevel.CONFIGURE));
    refused(() -> anna.approvals.approve(id), Why.REQUESTER);
    olga.granted(
        new Grant(ApprovalFixture.OPERATOR, ApprovalFixture.ALL_METERS, AccessLevel.CONFIGURE));
    fixture.database.update("update account set enabled = false where id = ?", olga.id);
    refused(() -> anna.approvals.approve(id), Why.REQUESTER);
    assertThat(fixture.state(id)).isEqualTo(OperationState.AWAITING_APPROVAL);

    fixture.database.update("update account set enabled = true where id = ?", olga.id);
    anna.approvals.approve(id);
    assertThat(fixture.state(id)).isEqualTo(OperationState.QUEUED);
  }

  @Test
  void whoAskedMustStillHaveWhatTheKindTakesBesides() {
    fixture.mark("RAW", true);
    int role =
        fixture
            .database
            .first(
                "insert into role (name, second_factor, version) values (?, false, 0) returning id",
                row -> row.getInt(1),
                "Asks " + System.identityHashCode(this))
            .orElseThrow();
    fixture.database.update(
        "insert into role_permission values (?, 'VIEW_METERS'), (?, 'OPERATE')", role, role);
    long id = olga.asks(fixture.meter(), "RAW");
    olga.granted(new Grant(role, ApprovalFixture.ALL_METERS, AccessLevel.CONFIGURE));
    refused(() -> anna.approvals.approve(id), Why.REQUESTER);

    olga.granted(
        new Grant(ApprovalFixture.OPERATOR, ApprovalFixture.ALL_METERS, AccessLevel.CONFIGURE));
    anna.approvals.approve(id);
    assertThat(fixture.state(id)).isEqualTo(OperationState.QUEUED);
  }

  @Test
  void whatSomebodyAskedWhoIsGoneCanStillBeRejected() {
    long id = olga.asks(fixture.meter(), "SWITCH");
    fixture.database.update("delete from account where id = ?", olga.id);
    refused(() -> anna.approvals.approve(id), Why.REQUESTER);
    anna.approvals.reject(id, "nobody wants it any more");
    assertThat(fixture.state(id)).isEqualTo(OperationState.REJECTED);
  }

  @Test
  void whoLosesThePermissionDoesNotDecideWithTheNextRequest() {
    long id = olga.asks(fixture.meter(), "SWITCH");
    anna.granted(
        new Grant(ApprovalFixture.OPERATOR, ApprovalFixture.ALL_METERS, AccessLevel.CONFIGURE));
    assertThatThrownBy(() -> anna.comes(null).approvals.approve(id))
        .isInstanceOf(AccessDenied.class);
    assertThat(fixture.state(id)).isEqualTo(OperationState.AWAITING_APPROVAL);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  ", "long"})
  void rejectingTakesAReason(String reason) {
    long id = olga.asks(fixture.meter(), "SWITCH");
    var given = "long".equals(reason) ? "x".repeat(501) : reason;
    assertThatThrownBy(() -> anna.approvals.reject(id, given))
        .isInstanceOfSatisfying(
            InvalidInput.class, broken -> assertThat(broken.field()).isEqualTo("reason"));
    assertThat(fixture.state(id)).isEqualTo(OperationState.AWAITING_APPROVAL);
    anna.approvals.reject(id, "x".repeat(500));
  }

  @Test
  void whatWaitsGoesOnWaitingWhenTheMarkIsTakenAway() {
    long id = olga.asks(fixture.meter(), "SWITCH");
    fixture.mark("SWITCH", false);
    fixture.queue("first").sweep(fixture.clock.instant(), List.of("SWITCH"));
    assertThat(fixture.state(id)).isEqualTo(OperationState.AWAITING_APPROVAL);
    assertThat(fixture.state(olga.asks(fixture.meter(), "SWITCH")))
        .isEqualTo(OperationState.QUEUED);
  }

  @Test
  void theSameRequestUnderTheSameKeyWaitsOnce() {
    var serial = fixture.meter();
    var request = OperationRequest.of("SWITCH", null);
    var ids = olga.asks(serial, request, "key " + serial);
    assertThat(olga.asks(serial, request, "key " + serial)).isEqualTo(ids);
    assertThat(anna.awaited.count()).isEqualTo(1);
    anna.approvals.reject(ids.get(0), "no");
    assertThat(olga.asks(serial, request, "key " + serial))
        .as("rejected is rejected")
        .isEqualTo(ids);
    assertThat(anna.awaited.count()).isZero();
  }

  @Test
  void webhooksAreToldOfWhatWasRejected() {
    fixture.database.update(
        """
        insert into webhook (name, url, events, secret, enabled, version, created_at)
        values ('approvals', 'http://127.0.0.1:1', '{OPERATION_ENDED}', '', true, 0, ?)""",
        fixture.clock.instant());
    try {
      long approved = olga.asks(fixture.meter(), "SWITCH");
      long rejected = olga.asks(fixture.meter(), "SWITCH");
      anna.approvals.approve(approved);
      anna.approvals.reject(rejected, "no");
      assertThat(
              fixture.database.query(
                  "select operation_id from webhook_event where operation_id in (?, ?)",
                  row -> row.getLong(1),
                  approved,
                  rejected))
          .containsExactly(rejected);
    } finally {
      fixture.database.update("delete from webhook_event");
      fixture.database.update("delete from webhook where name = 'approvals'");
    }
  }
}
