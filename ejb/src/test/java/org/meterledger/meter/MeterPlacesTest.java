package org.meterledger.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.meterledger.access.MeterScope;
import org.meterledger.meter.MeterPlaces.Place;
import org.meterledger.server.Database;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.SettableClock;
import org.meterledger.server.TestDatabase;

class MeterPlacesTest {

  private static final Database DATABASE = TestDatabase.database();

  private static int radio;
  private static int attic;
  private static int plant;
  private static int hall;

  private final MeterPlaces places = new MeterPlaces(DATABASE);

  @BeforeAll
  static void rows() {
    radio =
        id(
            """
            insert into network (name, most_sessions, most_connects, next_connect, version)
            values ('places radio', 10, 5, timestamptz '2026-01-01 00:00Z', 0) returning id""");
    attic =
        id(
            "insert into gateway (name, network_id, most_sessions, version)"
                + " values ('places attic', ?, 2, 0) returning id",
            radio);
    plant = location(null, "/", "places plant", "places plant");
    hall = location(plant, "/" + plant + "/", "hall", "places plant/hall");
  }

  private static int location(Integer parent, String above, String name, String fullName) {
    int id =
        id(
            "insert into location (parent_id, name, path, full_name, version)"
                + " values (?, ?, '', ?, 0) returning id",
            parent,
            name,
            fullName);
    DATABASE.update("update location set path = ? where id = ?", above + id + "/", id);
    return id;
  }

  private static int id(String sql, Object... parameters) {
    return DATABASE.first(sql, row -> row.getInt(1), parameters).orElseThrow();
  }

  private static MeterDetails details(String network, String gateway, String location) {
    var details = new MeterDetails();
    details.setNetwork(network);
    details.setGateway(gateway);
    details.setLocation(location);
    return details;
  }

  @Test
  void namesBecomeIds() {
    assertThat(places.find(details("places radio", "places attic", "places plant/hall")))
        .isEqualTo(new Place(radio, attic, hall));
    assertThat(places.find(new MeterDetails())).isEqualTo(Place.NONE);
  }

  @Test
  void whatIsNotKnownIsNamed() {
    assertThat(broken(details("no such", null, null))).isEqualTo("network unknown");
    assertThat(broken(details("places radio", "no such", null))).isEqualTo("gateway unknown");
    assertThat(broken(details("Standard", "places attic", null))).isEqualTo("gateway network");
    assertThat(broken(details("Standard", null, "hall"))).isEqualTo("location unknown");
  }

  private String broken(MeterDetails details) {
    var thrown = catchThrowableOfType(InvalidInput.class, () -> places.find(details));
    return thrown.field() + " " + thrown.rule();
  }

  @Test
  void aMeterIsDescribedAsItWasPlaced() {
    int meter = placed("PLACES-1", hall);
    places.label(meter, new TreeSet<>(List.of("b", "a")));
    places.label(meter, new TreeSet<>(List.of("c", "b")));

    var details = new MeterDetails();
    places.describe(meter, details);

    assertThat(details)
        .extracting(
            MeterDetails::getNetwork,
            MeterDetails::getGateway,
            MeterDetails::getLocation,
            MeterDetails::getLabels)
        .containsExactly(
            "places radio", "places attic", "places plant/hall", new TreeSet<>(List.of("b", "c")));
  }

  @Test
  void theListIsFilteredByPlace() {
    int above = placed("PLACES-2", plant);
    int below = placed("PLACES-3", hall);
    places.label(below, new TreeSet<>(List.of("places north")));

    assertThat(filtered(new MeterFilter(null, null, null, null, "places plant", null, null)))
        .contains(above, below);
    assertThat(filtered(new MeterFilter(null, null, null, null, "places plant/hall", null, null)))
        .contains(below)
        .doesNotContain(above);
    assertThat(filtered(new MeterFilter(null, null, null, null, null, "places attic", null)))
        .contains(above, below);
    assertThat(filtered(new MeterFilter(null, null, null, null, null, null, "places north")))
        .containsExactly(below);
    assertThat(filtered(new MeterFilter(null, null, null, 987654, null, null, null))).isEmpty();
  }

  private static List<Integer> filtered(MeterFilter filter) {
    var list = new MeterList(DATABASE, new SettableClock("2026-11-21T08:00:00Z"));
    var rows = list.rows(MeterScope.EVERYTHING, filter, MeterOrder.SERIAL_NUMBER, true, 0, 100);
    assertThat(list.count(MeterScope.EVERYTHING, filter)).isEqualTo(rows.size());
    return rows.stream().map(MeterRow::id).toList();
  }

  private static int placed(String serialNumber, int location) {
    int meter = TestDatabase.meter(serialNumber, "http://10.0.0.7");
    DATABASE.update(
        "update meter set network_id = ?, gateway_id = ?, location_id = ? where id = ?",
        radio,
        attic,
        location,
        meter);
    return meter;
  }
}
