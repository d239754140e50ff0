package org.meterledger.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.group.RuleKind.GROUP;
import static org.meterledger.group.RuleKind.LABEL;
import static org.meterledger.group.RuleKind.METER;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meterledger.server.OneTransaction;

/** Meters that are picked by hand. */
class PickedMetersTest {

  private static final int MANY = 100_000;

  private final GroupFixture fixture = new GroupFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aHundredThousandMetersArePickedAtOnce() throws Exception {
    try (var transaction = new OneTransaction()) {
      pickMany(new GroupFixture(transaction.database()));
    }
  }

  private static void pickMany(GroupFixture fixture) {
    fixture.database.update(
        """
        insert into meter (serial_number, model, address, time_zone, state, watched, version,
                           created_at, updated_at)
        select ? || 'many-' || n, 'emu-professional-ii', 'http://10.0.0.7', 'UTC', 'ACTIVE', false,
               0, timestamptz '2026-01-01 00:00Z', timestamptz '2026-01-01 00:00Z'
          from generate_series(1, ?) n""",
        fixture.own,
        MANY);
    var serials = IntStream.rangeClosed(1, MANY).mapToObj(n -> fixture.own + "many-" + n).toList();
    var group = fixture.group("many");
    var holder = fixture.group("holder", GroupRule.of(GROUP, group.name()));
    fixture.fired.take();

    var picked = fixture.groups.pick(group.id(), serials, List.of());

    assertThat(picked.meters()).isEqualTo(MANY);
    assertThat(picked.picked()).isEqualTo(MANY);
    assertThat(fixture.groups.get(holder.id()).meters()).isEqualTo(MANY);
    assertThat(fixture.groups.members(group.id(), 0, 2))
        .containsExactly(fixture.own + "many-1", fixture.own + "many-10");
    assertThat(fixture.fired.take())
        .containsExactly(new MembersChanged(Set.of(group.id(), holder.id()), null));

    var less = fixture.groups.pick(group.id(), List.of(), serials.subList(0, MANY - 1));

    assertThat(less.meters()).isOne();
    assertThat(fixture.groups.members(holder.id(), 0, 2)).containsExactly(serials.get(MANY - 1));
  }

  @Test
  void pickedMetersStayWhenTheRulesChange() {
    int picked = fixture.meter("picked");
    var group = fixture.group("group");
    fixture.groups.pick(group.id(), List.of(fixture.own + "picked"), List.of());

    assertThat(fixture.in(fixture.change(group, GroupRule.of(LABEL, "x")))).containsExactly(picked);
    assertThat(fixture.groups.details(group).getRules()).containsExactly(GroupRule.of(LABEL, "x"));
    assertThat(fixture.in(fixture.change(group, GroupRule.without(METER, fixture.own + "picked"))))
        .isEmpty();
  }
}
