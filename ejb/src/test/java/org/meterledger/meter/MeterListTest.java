package org.meterledger.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meterledger.access.MeterScope;
import org.meterledger.server.Database;
import org.meterledger.server.TestDatabase;

/** The pages of the list for who sees some groups, which are merged and not searched. */
class MeterListTest {

  private static final int METERS = 23;
  private static final int PAGE = 4;
  private static final String PREFIX = "LIST-";

  private final Database database = TestDatabase.database();
  private final MeterList list = new MeterList(database, Clock.systemUTC());
  private final int north = group("north");
  private final int south = group("south");
  private final Set<String> inNorth = new TreeSet<>();
  private final Set<String> inSouth = new TreeSet<>();

  private int group(String name) {
    return database
        .first(
            "insert into meter_group (name, version, created_at)"
                + " values (?, 0, timestamptz '2026-01-01 00:00Z') returning id",
            row -> row.getInt(1),
            PREFIX + name)
        .orElseThrow();
  }

  @BeforeEach
  void metersInNoneInOneInBothAndSomeThatLeft() {
    var numbers = new ArrayList<Integer>();
    for (int i = 0; i < METERS; i++) {
      numbers.add(i);
    }
    Collections.shuffle(numbers, new Random(1));
    for (int number : numbers) {
      String serial = PREFIX + (100 + number);
      int id = TestDatabase.meter(serial, "http://10.0.0.7");
      join(number % 2 == 0, north, id, serial, inNorth);
      join(number % 3 == 0, south, id, serial, inSouth);
      if (number % 6 == 4) {
        TestDatabase.leave(north, id);
        inNorth.remove(serial);
      }
    }
  }

  private static void join(boolean whether, int group, int id, String serial, Set<String> members) {
    if (whether) {
      TestDatabase.join(group, id);
      members.add(serial);
    }
  }

  /** Nothing is overdue of what records no load profiles. */
  @Test
  void aGatewayThatAnswersIsWell() {
    int device = TestDatabase.meter(PREFIX + "gateway", "https://10.0.0.8");
    database.update(
        "insert into meter_contact (meter_id, leased_until, last_attempt_at, last_contact_at)"
            + " values (?, now(), now(), now())",
        device);
    assertThat(condition(PREFIX + "gateway")).isEqualTo(MeterRow.Condition.OVERDUE);
    database.update(
        """
        with g as (
          insert into gateway (name, network_id, most_sessions, version) values (?, 1, 1, 0)
          returning id)
        insert into gateway_access (gateway_id, model, address, user_name, password, time_zone,
                                    certificate, old_tls, meter_id)
        select id, 'abb-g13-gateway', 'https://10.0.0.8', 'admin', '', 'UTC', ?, false, ? from g""",
        PREFIX + "gateway",
        "0".repeat(64),
        device);
    assertThat(condition(PREFIX + "gateway")).isEqualTo(MeterRow.Condition.OK);
    database.update("update meter_contact set fault = 'TIMEOUT' where meter_id = ?", device);
    assertThat(condition(PREFIX + "gateway")).isEqualTo(MeterRow.Condition.FAULT);
    database.update("delete from gateway where name = ?", PREFIX + "gateway");
    database.update("delete from meter_contact where meter_id = ?", device);
  }

  private MeterRow.Condition condition(String serial) {
    return list.row(MeterScope.EVERYTHING, serial).orElseThrow().condition();
  }

  @AfterEach
  void clear() {
    var groups = new Integer[] {north, south};
    database.update("delete from meter_group_member where group_id = any (?)", (Object) groups);
    database.update("delete from meter_group where id = any (?)", (Object) groups);
    database.update("delete from meter where serial_number like ?", PREFIX + "%");
  }

  private List<String> pages(MeterScope sight, MeterFilter filter, boolean ascending) {
    var serials = new ArrayList<String>();
    List<MeterRow> page;
    do {
      page = list.rows(sight, filter, MeterOrder.SERIAL_NUMBER, ascending, serials.size(), PAGE);
      page.forEach(row -> serials.add(row.serialNumber()));
    } while (page.size() == PAGE);
    return serials;
  }

  @Test
  void eachMeterStandsOnOnePageInItsPlace() {
    var both = new TreeSet<>(inNorth);
    both.addAll(inSouth);
    var sight = new MeterScope(List.of(Set.of(north, south)), Set.of());
    assertThat(pages(sight, MeterFilter.ALL, true)).containsExactlyElementsOf(both);
    assertThat(pages(sight, MeterFilter.ALL, false))
        .containsExactlyElementsOf(both.descendingSet());
    assertThat(list.count(sight, MeterFilter.ALL)).isEqualTo(both.size());
  }

  @Test
  void aGroupThatIsPickedIsTheSameForWhoSeesAll() {
    var ofNorth = new MeterFilter(" ", null, null, north, null, null, null);
    assertThat(pages(MeterScope.EVERYTHING, ofNorth, true)).containsExactlyElementsOf(inNorth);
  }

  @Test
  void aGroupThatIsPickedShowsOnlyWhatIsSeen() {
    var sight = new MeterScope(List.of(Set.of(south)), Set.of());
    var ofNorth = new MeterFilter(null, null, null, north, null, null, null);
    var inBoth = new TreeSet<>(inNorth);
    inBoth.retainAll(inSouth);
    assertThat(pages(sight, ofNorth, true)).containsExactlyElementsOf(inBoth);
  }

  @Test
  void whatIsHiddenStaysHidden() {
    var sight = new MeterScope(List.of(Set.of(north)), Set.of(south));
    var rest = new TreeSet<>(inNorth);
    rest.removeAll(inSouth);
    assertThat(pages(sight, MeterFilter.ALL, true)).containsExactlyElementsOf(rest);
    assertThat(pages(MeterScope.NOTHING, MeterFilter.ALL, true)).isEmpty();
  }
}
