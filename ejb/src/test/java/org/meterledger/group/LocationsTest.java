package org.meterledger.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.meterledger.group.GroupFixture.place;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meterledger.server.ChangedMeanwhile;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;
import org.meterledger.server.StillInUse;

class LocationsTest {

  private final GroupFixture fixture = new GroupFixture();
  private final Locations locations = fixture.locations;
  private final Location north = fixture.location("north", null);
  private final Location plant = locations.add(place("plant", north));
  private final Location hall = locations.add(place("hall", plant));

  @AfterEach
  void close() {
    fixture.close();
  }

  private List<String> tree() {
    return locations.all().stream()
        .map(Location::fullName)
        .filter(name -> name.startsWith(fixture.own))
        .map(name -> name.substring(fixture.own.length()))
        .toList();
  }

  private static String refusal(Runnable work) {
    var refused = catchThrowableOfType(InvalidInput.class, work::run);
    return refused.field() + " " + refused.rule();
  }

  @Test
  void theTreeIsReadFromTheTop() {
    locations.add(place("plant-2", north));
    fixture.location("north-east", null);

    assertThat(tree())
        .containsExactly("north", "north/plant", "north/plant/hall", "north/plant-2", "north-east");
    assertThat(locations.get(hall.id()).depth()).isEqualTo(3);
    assertThat(locations.get(hall.id()).parent()).isEqualTo(plant.fullName());
  }

  @Test
  void aNewNameIsThatOfAllBelow() {
    locations.change(north.id(), 0, place(fixture.own + "N", null));

    assertThat(tree()).containsExactly("N", "N/plant", "N/plant/hall");
  }

  @Test
  void allBelowMovesAlong() {
    var south = fixture.location("south", null);
    locations.add(place("cellar", hall));
    locations.change(plant.id(), 0, place("works", south));

    assertThat(tree())
        .containsExactly(
            "north", "south", "south/works", "south/works/hall", "south/works/hall/cellar");
    var moved = locations.get(hall.id());
    locations.change(hall.id(), moved.version(), place(fixture.own + "hall", null));
    assertThat(tree()).containsExactly("hall", "hall/cellar", "north", "south", "south/works");
  }

  @Test
  void aPlaceNeverLiesInItself() {
    assertThat(refusal(() -> locations.change(north.id(), 0, place("north", hall))))
        .isEqualTo("parent cycle");
    assertThat(refusal(() -> locations.change(north.id(), 0, place("north", north))))
        .isEqualTo("parent cycle");
  }

  @Test
  void theTreeHasAnEnd() {
    var deepest = hall;
    while (deepest.depth() < Locations.DEEPEST) {
      deepest = locations.add(place("below", deepest));
    }
    var last = deepest;
    assertThat(refusal(() -> locations.add(place("below", last)))).isEqualTo("parent depth");
    var above = fixture.location("above", null);
    assertThat(refusal(() -> locations.change(north.id(), 0, place("north", above))))
        .isEqualTo("parent depth");
    locations.change(plant.id(), 0, place("plant", above));
    assertThat(locations.get(last.id()).depth()).isEqualTo(Locations.DEEPEST);
  }

  @Test
  void aNameIsTakenOnceInItsPlace() {
    assertThat(refusal(() -> locations.add(place("plant", north)))).isEqualTo("name unique");
    assertThat(refusal(() -> fixture.location("north", null))).isEqualTo("name unique");
    assertThat(refusal(() -> locations.change(hall.id(), 0, place("plant", north))))
        .isEqualTo("name unique");
    assertThat(locations.add(place("plant", hall)).fullName()).endsWith("north/plant/hall/plant");
    var nowhere = place("x", null);
    nowhere.setParent("no such");
    assertThat(refusal(() -> locations.add(nowhere))).isEqualTo("parent unknown");
  }

  @Test
  void onlyWhatIsEmptyGoes() {
    assertThatExceptionOfType(StillInUse.class).isThrownBy(() -> locations.remove(plant.id()));
    int meter = fixture.meter("meter");
    fixture.save(meter, "location_id = ?", hall.id());
    assertThatExceptionOfType(StillInUse.class).isThrownBy(() -> locations.remove(hall.id()));
    fixture.save(meter, "location_id = ?", north.id());
    var group = fixture.group("group", GroupRule.of(RuleKind.LOCATION, hall.fullName()));
    assertThatExceptionOfType(StillInUse.class)
        .isThrownBy(() -> locations.remove(hall.id()))
        .withMessageContaining(hall.fullName());
    fixture.groups.remove(group.id());

    locations.remove(hall.id());

    assertThatExceptionOfType(NotThere.class).isThrownBy(() -> locations.get(hall.id()));
  }

  @Test
  void aChangeIsMadeAgainstTheVersionThatWasSeen() {
    locations.change(hall.id(), 0, place("hall 2", plant));
    assertThatExceptionOfType(ChangedMeanwhile.class)
        .isThrownBy(() -> locations.change(hall.id(), 0, place("hall 3", plant)));
  }
}
