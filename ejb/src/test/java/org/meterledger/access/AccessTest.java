package org.meterledger.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meterledger.access.Privileges.Given;
import org.meterledger.server.Database;
import org.meterledger.server.TestDatabase;

/** Which meters and groups exist for whom, asked of a real database. */
class AccessTest {

  private static final Set<Permission> OPERATOR =
      EnumSet.of(Permission.VIEW_METERS, Permission.OPERATE);

  private static final AtomicInteger FIXTURES = new AtomicInteger();

  private final String own = "ACCESS-" + FIXTURES.incrementAndGet() + "-";
  private final Database database = TestDatabase.database();
  private final int basel = group("Basel");
  private final int harbour = group("Harbour");
  private final int empty = group("Empty");
  private final int inBasel = meter("1", basel);
  private final int inBoth = meter("2", basel, harbour);
  private final int inHarbour = meter("3", harbour);

  private int group(String name) {
    return database
        .first(
            "insert into meter_group (name, version, created_at)"
                + " values (?, 0, timestamptz '2026-01-01 00:00Z') returning id",
            row -> row.getInt(1),
            own + name)
        .orElseThrow();
  }

  private int meter(String serialNumber, int... groups) {
    int id = TestDatabase.meter(own + serialNumber, "http://10.0.0.7");
    for (int group : groups) {
      TestDatabase.join(group, id);
    }
    return id;
  }

  @BeforeEach
  void aMeterThatHasLeft() {
    int left = TestDatabase.meter(own + 4, "http://10.0.0.7");
    TestDatabase.join(basel, left);
    TestDatabase.leave(basel, left);
  }

  @AfterEach
  void clear() {
    var groups = new Integer[] {basel, harbour, empty};
    database.update("delete from meter_group_member where group_id = any (?)", (Object) groups);
    database.update("delete from meter_group where id = any (?)", (Object) groups);
  }

  private static Given operator(int group, AccessLevel access) {
    return new Given(OPERATOR, group, access);
  }

  private static Given hidden(int group) {
    return new Given(Set.of(), group, AccessLevel.NONE);
  }

  private List<Integer> seen(Access access) {
    var parameters = new ArrayList<Object>();
    parameters.add(own + '%');
    return database.query(
        "select m.id from meter m where m.serial_number like ?"
            + access.sight().and("m.id", parameters)
            + " order by m.serial_number",
        row -> row.getInt(1),
        parameters.toArray());
  }

  @Test
  void seesTheMetersOfItsGroups() {
    var access = TestAccess.of(database, operator(basel, AccessLevel.VIEW));

    assertThat(seen(access)).containsExactly(inBasel, inBoth);
    assertThat(access.sees(inBoth)).isTrue();
    assertThat(access.sees(inHarbour)).isFalse();
    assertThat(access.may(Permission.OPERATE, inBasel)).isFalse();
  }

  @Test
  void whatIsHiddenIsHiddenFromEveryGrant() {
    var access = TestAccess.of(database, operator(basel, AccessLevel.CONFIGURE), hidden(harbour));

    assertThat(seen(access)).containsExactly(inBasel);
    assertThat(access.may(Permission.OPERATE, inBoth)).isFalse();
    assertThat(access.may(Permission.OPERATE, inBasel)).isTrue();
  }

  @Test
  void nobodySeesNothing() {
    var access = TestAccess.of(database);

    assertThat(seen(access)).isEmpty();
    assertThat(access.sees(inBasel)).isFalse();
    assertThat(access.seesGroup(basel)).isFalse();
    assertThat(access.seesGroup(empty)).isFalse();
  }

  @Test
  void aGroupIsThereForWhoSeesAllOfIt() {
    var ofBasel = TestAccess.of(database, operator(basel, AccessLevel.VIEW));
    assertThat(ofBasel.seesGroup(basel)).isTrue();
    assertThat(ofBasel.seesGroup(harbour)).isFalse();
    assertThat(ofBasel.seesGroup(empty)).isFalse();
    assertThat(ofBasel.seesGroup(Privileges.ALL_METERS)).isFalse();

    var withoutHarbour =
        TestAccess.of(database, operator(basel, AccessLevel.VIEW), hidden(harbour));
    assertThat(withoutHarbour.seesGroup(basel)).as("one of its meters is hidden").isFalse();

    var everything = TestAccess.everything(database);
    assertThat(everything.seesGroup(empty)).isTrue();
    assertThat(everything.seesGroup(Privileges.ALL_METERS)).isTrue();
  }

  @Test
  void whoSeesAndMayNotIsTold() {
    var access =
        TestAccess.of(
            database, operator(basel, AccessLevel.VIEW), operator(harbour, AccessLevel.CONFIGURE));

    access.require(Permission.OPERATE, inBoth, "M");
    access.requireForGroup(Permission.OPERATE, harbour, "Harbour");
    assertThatThrownBy(() -> access.require(Permission.OPERATE, inBasel, "M"))
        .isInstanceOf(AccessDenied.class)
        .hasMessageContaining("OPERATE")
        .hasMessageContaining("meter M");
    assertThatThrownBy(() -> access.requireForGroup(Permission.OPERATE, basel, "Basel"))
        .isInstanceOf(AccessDenied.class);
    assertThat(access.outside(Permission.OPERATE, List.of(inBoth, inHarbour))).isEmpty();
    assertThat(access.outside(Permission.OPERATE, List.of(inBoth, inBasel))).contains(own + 1);
  }

  @Test
  void aTokenForAGroupOpensWhatIsInBoth() {
    var caller = new CurrentCaller();
    caller.is(
        1,
        "somebody",
        7,
        new Privileges(List.of(operator(basel, AccessLevel.CONFIGURE)))
            .within(null, Set.of(harbour)));
    var access = new Access(database, caller);

    assertThat(seen(access)).containsExactly(inBoth);
    assertThat(access.seesGroup(harbour)).as("not all of it is its account's").isFalse();
  }
}
