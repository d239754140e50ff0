package org.meterledger.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.meterledger.group.RuleKind.ALL;
import static org.meterledger.group.RuleKind.GATEWAY;
import static org.meterledger.group.RuleKind.GROUP;
import static org.meterledger.group.RuleKind.LABEL;
import static org.meterledger.group.RuleKind.LOCATION;
import static org.meterledger.group.RuleKind.METER;
import static org.meterledger.group.RuleKind.MODEL;
import static org.meterledger.group.RuleKind.NETWORK;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meterledger.server.ChangedMeanwhile;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;
import org.meterledger.server.StillInUse;

/** What groups of meters do not take, and what is said then. */
class GroupRefusalsTest {

  private final GroupFixture fixture = new GroupFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aGroupThatWouldHoldItselfIsRefusedByName() {
    var inner = fixture.group("inner");
    var middle = fixture.group("middle", GroupRule.of(GROUP, inner.name()));
    var outer = fixture.group("outer", GroupRule.of(GROUP, middle.name()));

    var refused =
        catchThrowableOfType(
            InvalidInput.class,
            () -> fixture.change(inner, GroupRule.without(GROUP, outer.name())));

    assertThat(refused.field()).isEqualTo("rules");
    assertThat(refused.rule()).isEqualTo("cycle");
    assertThat(refused)
        .hasMessageContaining(
            String.join(" → ", inner.name(), outer.name(), middle.name(), inner.name()));
  }

  @Test
  void anUnknownMeterAmongManyIsNamedAndNothingChanges() {
    int meter = fixture.meter("there");
    fixture.meter("gone");
    var group = fixture.group("group");
    fixture.database.update(
        "update meter set state = 'REMOVED' where serial_number = ?", fixture.own + "gone");

    assertThat(picking(group, List.of(fixture.own + "there", "NO-1", "NO-2")))
        .isEqualTo("add unknown No meter NO-1");
    assertThat(picking(group, List.of(fixture.own + "gone")))
        .isEqualTo("add unknown No meter " + fixture.own + "gone");
    assertThat(fixture.in(group)).doesNotContain(meter).isEmpty();
    assertThat(fixture.groups.get(group.id()).version()).isEqualTo(group.version());
  }

  private String picking(MeterGroup group, List<String> serials) {
    return refusal(() -> fixture.groups.pick(group.id(), serials, List.of()));
  }

  private static String refusal(Runnable work) {
    var refused = catchThrowableOfType(InvalidInput.class, work::run);
    return refused.field() + " " + refused.rule() + " " + refused.getMessage();
  }

  @Test
  void aRuleThatNamesNothingIsRefused() {
    for (var kind : List.of(METER, LOCATION, GATEWAY, NETWORK, MODEL, GROUP)) {
      assertThat(refusal(() -> fixture.group("x", GroupRule.without(kind, "no such"))))
          .startsWith("rules[0].value unknown")
          .endsWith("no such");
      fixture.database.update("delete from meter_group where name = ?", fixture.own + "x");
    }
    assertThat(refusal(() -> fixture.group("a", GroupRule.of(LABEL, "x".repeat(41)))))
        .startsWith("rules[0].value unknown");
    assertThat(refusal(() -> fixture.group("b", GroupRule.of(ALL, null), GroupRule.of(ALL, "x"))))
        .startsWith("rules[1].value none");
    assertThat(refusal(() -> fixture.group("c", GroupRule.of(LABEL, " "))))
        .startsWith("rules[0].value required");
    assertThat(refusal(() -> fixture.group("d", GroupRule.of(METER, "x"))))
        .startsWith("rules[0].value picked");
  }

  @Test
  void nameAndRulesOfWhatIsBuiltInStay() {
    for (int id : new int[] {MeterGroup.ALL, MeterGroup.WATCHED}) {
      assertThat(refusal(() -> fixture.groups.change(id, 0, fixture.details("x"))))
          .startsWith("name unchangeable");
      assertThat(refusal(() -> fixture.groups.pick(id, List.of(), List.of())))
          .startsWith("name unchangeable");
      assertThatExceptionOfType(StillInUse.class).isThrownBy(() -> fixture.groups.remove(id));
    }
  }

  @Test
  void aChangeIsMadeAgainstTheVersionThatWasSeen() {
    var group = fixture.group("group");
    fixture.groups.change(group.id(), 0, fixture.details("renamed"));

    assertThatExceptionOfType(ChangedMeanwhile.class)
        .isThrownBy(() -> fixture.groups.change(group.id(), 0, fixture.details("again")));
    fixture.group("other");
    assertThat(refusal(() -> fixture.groups.change(group.id(), 1, fixture.details("other"))))
        .startsWith("name unique");
  }

  @Test
  void aGroupThatAnotherIsMadeOfStays() {
    var inner = fixture.group("inner");
    var outer = fixture.group("outer", GroupRule.of(GROUP, inner.name()));

    assertThatExceptionOfType(StillInUse.class)
        .isThrownBy(() -> fixture.groups.remove(inner.id()))
        .withMessageContaining(inner.name());

    fixture.groups.remove(outer.id());
    fixture.groups.remove(inner.id());
    assertThatExceptionOfType(NotThere.class).isThrownBy(() -> fixture.groups.get(inner.id()));
  }
}
