package org.meterledger.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.group.RuleKind.ALL;
import static org.meterledger.group.RuleKind.GATEWAY;
import static org.meterledger.group.RuleKind.GROUP;
import static org.meterledger.group.RuleKind.LABEL;
import static org.meterledger.group.RuleKind.LOCATION;
import static org.meterledger.group.RuleKind.METER;
import static org.meterledger.group.RuleKind.MODEL;
import static org.meterledger.group.RuleKind.NETWORK;
import static org.meterledger.group.RuleKind.WATCHED;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meterledger.server.OneTransaction;

class MeterGroupsTest {

  private static final long SEED = 20_261_121;

  private final GroupFixture fixture = new GroupFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Makes a meter one that the rule of a kind takes; the rule. */
  private GroupRule suit(RuleKind kind, int meter) {
    String own = fixture.own;
    switch (kind) {
      case WATCHED -> fixture.save(meter, "watched = ?", true);
      case LOCATION -> {
        var plant = fixture.location("plant", null);
        fixture.save(meter, "location_id = ?", fixture.location("hall", plant).id());
        return GroupRule.of(kind, plant.fullName());
      }
      case GATEWAY -> {
        fixture.save(meter, "gateway_id = ?", fixture.gateway("attic", "Standard"));
        return GroupRule.of(kind, own + "attic");
      }
      case NETWORK -> {
        fixture.save(meter, "network_id = ?", fixture.network("radio"));
        return GroupRule.of(kind, own + "radio");
      }
      case LABEL -> {
        fixture.label(meter, own + "north");
        return GroupRule.of(kind, own + "north");
      }
      default -> {
        // nothing to be done
      }
    }
    return GroupRule.of(kind, null);
  }

  @ParameterizedTest
  @EnumSource(
      value = RuleKind.class,
      names = {"WATCHED", "LOCATION", "GATEWAY", "NETWORK", "LABEL"})
  void aRuleTakesWhatSuitsIt(RuleKind kind) {
    int suits = fixture.meter("suits");
    int other = fixture.meter("other");
    var group = fixture.group("group", suit(kind, suits));

    assertThat(fixture.in(group)).containsExactly(suits);

    var allBut =
        fixture.group(
            "all but",
            GroupRule.of(ALL, null),
            GroupRule.without(kind, fixture.groups.details(group).getRules().get(0).value()));
    assertThat(fixture.in(allBut)).containsExactly(other);
  }

  @Test
  void theRulesOfAllAndOfAModelTakeEveryMeterThatIsThere() {
    int active = fixture.meter("active");
    int paused = fixture.meter("paused");
    int removed = fixture.meter("removed");
    int otherModel = fixture.meter("other");
    fixture.save(paused, "state = ?", "PAUSED");
    fixture.save(removed, "state = ?", "REMOVED");
    fixture.save(otherModel, "model = ?", "another");

    assertThat(fixture.in(fixture.group("all", GroupRule.of(ALL, null))))
        .containsExactly(active, paused, otherModel);
    assertThat(fixture.in(fixture.group("model", GroupRule.of(MODEL, "emu-professional-ii"))))
        .containsExactly(active, paused);
  }

  @Test
  void aGroupHoldsOthersAndLeavesSomeOut() {
    int north = fixture.meter("north");
    int both = fixture.meter("both");
    int south = fixture.meter("south");
    fixture.label(north, fixture.own + "n");
    fixture.label(both, fixture.own + "n");
    fixture.label(both, fixture.own + "s");
    fixture.label(south, fixture.own + "s");
    var n = fixture.group("n", GroupRule.of(LABEL, fixture.own + "n"));
    var s = fixture.group("s", GroupRule.of(LABEL, fixture.own + "s"));

    var either =
        fixture.group("either", GroupRule.of(GROUP, n.name()), GroupRule.of(GROUP, s.name()));
    var only =
        fixture.group("only", GroupRule.of(GROUP, n.name()), GroupRule.without(GROUP, s.name()));
    var top =
        fixture.group(
            "top",
            GroupRule.of(GROUP, either.name()),
            GroupRule.without(METER, fixture.own + "south"));

    assertThat(fixture.in(either)).containsExactly(north, both, south);
    assertThat(fixture.in(only)).containsExactly(north);
    assertThat(fixture.in(top)).containsExactly(north, both);
    fixture.fired.take();

    fixture.change(n);

    assertThat(fixture.in(either)).containsExactly(both, south);
    assertThat(fixture.in(only)).isEmpty();
    assertThat(fixture.in(top)).containsExactly(both);
    assertThat(fixture.fired.take())
        .containsExactly(
            new MembersChanged(Set.of(n.id(), either.id(), only.id(), top.id()), null));
  }

  @Test
  void aMeterThatIsSavedChangesItsGroups() {
    int meter = fixture.meter("meter");
    fixture.label(meter, fixture.own + "n");
    var labelled = fixture.group("labelled", GroupRule.of(LABEL, fixture.own + "n"));
    var others =
        fixture.group("others", GroupRule.of(ALL, null), GroupRule.without(GROUP, labelled.name()));
    var watched = fixture.group("watched", GroupRule.of(WATCHED, null));
    fixture.fired.take();

    fixture.save(meter, "watched = ?", true);
    assertThat(fixture.in(watched)).containsExactly(meter);
    assertThat(fixture.fired.take())
        .containsExactly(new MembersChanged(Set.of(1, 2, labelled.id(), watched.id()), meter));

    fixture.save(meter, "state = ?", "PAUSED");
    assertThat(fixture.in(labelled)).containsExactly(meter);
    assertThat(fixture.fired.take())
        .containsExactly(new MembersChanged(Set.of(1, 2, labelled.id(), watched.id()), meter));

    fixture.database.update("delete from meter_label where meter_id = ?", meter);
    fixture.save(meter, "watched = ?", false);
    assertThat(fixture.in(labelled)).isEmpty();
    assertThat(fixture.in(others)).containsExactly(meter);
    assertThat(fixture.fired.take())
        .containsExactly(
            new MembersChanged(Set.of(1, 2, labelled.id(), watched.id(), others.id()), meter));

    fixture.save(meter, "state = ?", "REMOVED");
    assertThat(fixture.in(others)).isEmpty();
    assertThat(fixture.fired.take())
        .containsExactly(new MembersChanged(Set.of(1, others.id()), meter));
  }

  @Test
  void aMoveInTheTreeTakesMetersAlong() {
    var north = fixture.location("north", null);
    var south = fixture.location("south", null);
    var plant = fixture.location("plant", north);
    int meter = fixture.meter("meter");
    fixture.save(meter, "location_id = ?", fixture.location("hall", plant).id());
    var inNorth = fixture.group("in north", GroupRule.of(LOCATION, north.fullName()));
    var inSouth = fixture.group("in south", GroupRule.of(LOCATION, south.fullName()));
    assertThat(fixture.in(inNorth)).containsExactly(meter);
    fixture.fired.take();

    fixture.locations.change(plant.id(), 0, GroupFixture.place(plant.name(), south));

    assertThat(fixture.in(inNorth)).isEmpty();
    assertThat(fixture.in(inSouth)).containsExactly(meter);
    assertThat(fixture.fired.take())
        .containsExactly(new MembersChanged(Set.of(inNorth.id(), inSouth.id()), null));
  }

  /** counted and leaving of a member; empty when there is no row. */
  private List<List<Boolean>> row(MeterGroup group, int meter) {
    return fixture.database.query(
        "select counted, leaving from meter_group_member where group_id = ? and meter_id = ?",
        row -> List.of(row.getBoolean(1), row.getBoolean(2)),
        group.id(),
        meter);
  }

  @Test
  void whoIsCountedLeavesAndCanComeBack() {
    int counted = fixture.meter("counted");
    int not = fixture.meter("not");
    String serial = fixture.own + "counted";
    var group = fixture.group("group");
    fixture.groups.pick(group.id(), List.of(serial, fixture.own + "not"), List.of());
    fixture.database.update(
        "update meter_group_member set counted = true where group_id = ? and meter_id = ?",
        group.id(),
        counted);

    fixture.groups.pick(group.id(), List.of(), List.of(serial, fixture.own + "not"));
    assertThat(row(group, counted)).containsExactly(List.of(true, true));
    assertThat(row(group, not)).isEmpty();
    assertThat(fixture.groups.get(group.id()).meters()).isZero();
    assertThat(fixture.groups.members(group.id(), 0, 10)).isEmpty();

    fixture.fired.take();
    fixture.members.refresh(Set.of(group.id()));
    assertThat(fixture.fired.take()).as("nothing changes by being looked at again").isEmpty();

    fixture.groups.pick(group.id(), List.of(serial), List.of());
    assertThat(row(group, counted)).containsExactly(List.of(true, false));

    fixture.save(counted, "state = ?", "REMOVED");
    assertThat(row(group, counted)).containsExactly(List.of(true, true));
    fixture.save(counted, "state = ?", "ACTIVE");
    assertThat(row(group, counted)).containsExactly(List.of(true, false));
  }

  /** What follows meter by meter is what follows from all rules at once. */
  @Test
  void bothWaysToTheMembersLeadToTheSame() {
    var random = new Random(SEED);
    var meters = IntStream.range(0, 12).map(n -> fixture.meter("m" + n)).toArray();
    var made = new ArrayList<MeterGroup>();
    for (int i = 0; i < 8; i++) {
      var rules = new ArrayList<GroupRule>();
      for (int n = 0; n < 3; n++) {
        boolean nested = i > 0 && random.nextBoolean();
        rules.add(
            new GroupRule(
                nested ? GROUP : LABEL,
                nested ? made.get(random.nextInt(i)).name() : fixture.own + random.nextInt(4),
                random.nextInt(4) == 0));
      }
      made.add(fixture.group("g" + i, rules.toArray(GroupRule[]::new)));
    }
    var ids = made.stream().map(MeterGroup::id).toList();
    int taken = 0;
    for (int round = 0; round < 60; round++) {
      int meter = meters[random.nextInt(meters.length)];
      fixture.database.update("delete from meter_label where meter_id = ?", meter);
      fixture.label(meter, fixture.own + random.nextInt(4));
      fixture.fired.take();
      taken += made.stream().mapToInt(group -> fixture.in(group).size()).sum();

      fixture.members.refresh(ids);

      assertThat(fixture.fired.take()).as("round %s of seed %s", round, SEED).isEmpty();
    }
    assertThat(taken).isPositive();
  }

  @Test
  void aMeterSavedWhileRulesChangeIsNotMissed() throws Exception {
    try (var saving = new OneTransaction();
        var ruling = new OneTransaction();
        var saver = new GroupFixture(saving.database());
        var ruler = new GroupFixture(ruling.database())) {
      int meter = fixture.meter("meter");
      saving
          .database()
          .update("insert into meter_label (meter_id, label) values (?, ?)", meter, saver.own);
      var group = ruler.group("group", GroupRule.of(LABEL, saver.own));

      var saved = CompletableFuture.runAsync(() -> saver.members.refreshMeter(meter));
      long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (!waits()) {
        assertThat(System.nanoTime()).as("nobody waits for the lock").isLessThan(limit);
        assertThat(saved).isNotDone();
        Thread.onSpinWait();
      }
      ruling.commit();
      saved.get(30, TimeUnit.SECONDS);
      saving.commit();

      assertThat(fixture.in(group)).containsExactly(meter);
      fixture.groups.remove(group.id());
    }
  }

  private boolean waits() {
    return fixture
        .database
        .first("select 1 from pg_locks where locktype = 'advisory' and not granted", row -> 1)
        .isPresent();
  }
}
