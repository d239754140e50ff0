package org.meterledger.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.archive.ArchiveFixture.NOW;
import static org.meterledger.archive.ArchiveFixture.T1;
import static org.meterledger.archive.ArchiveFixture.T2;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meterledger.archive.BillingSnapshots.Query;
import org.meterledger.metering.BillingSnapshot;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.RegisterValue;
import org.meterledger.metering.SnapshotKind;
import org.meterledger.metering.Unit;
import org.meterledger.server.TestDatabase;

/** Ends of periods, each archived once, with all that a meter ever said of it. */
class BillingSnapshotsTest {

  private static final SnapshotKind VALUES = SnapshotKind.PREVIOUS_VALUES;
  private static final String OCTOBER = "2026-10-01T00:00:00Z";
  private static final String NOVEMBER = "2026-11-01T00:00:00Z";

  private final ArchiveFixture archive = new ArchiveFixture();
  private final BillingSnapshots snapshots = new BillingSnapshots(archive.database);

  private static RegisterValue value(ObisCode obis, String value) {
    return new RegisterValue(obis, new Quantity(new BigDecimal(value), Unit.WATT_HOUR), null);
  }

  private static BillingSnapshot closed(String at, RegisterValue... values) {
    return new BillingSnapshot(Instant.parse(at), 1, Period.ofMonths(1), List.of(values), 0);
  }

  private static BillingSnapshot closed(String at, String t1) {
    return closed(at, value(T1, t1));
  }

  /** Newest first; what became of them. */
  private String store(BillingSnapshot... told) {
    return store(VALUES, told);
  }

  private String store(SnapshotKind kind, BillingSnapshot... told) {
    var delivery =
        new Delivery(archive.meterId, NOW)
            .snapshots(kind, List.of(told))
            .attempt(attempt(kind.name(), Stored.nothing(kind)));
    archive.database.update("delete from reading_attempt where meter_id = ?", archive.meterId);
    archive.store.store(List.of(delivery), NOW);
    return counts(kind.name());
  }

  private static Delivery.Attempt attempt(String kind, Stored before) {
    return new Delivery.Attempt(
        kind, null, NOW, NOW, Delivery.Attempt.Result.COMPLETE, null, null, null, 0, before, 0);
  }

  private String counts(String kind) {
    return archive
        .database
        .first(
            """
            select stored || ' ' || superseded from reading_attempt
             where meter_id = ? and kind = ?""",
            row -> row.getString(1),
            archive.meterId,
            kind)
        .orElseThrow();
  }

  private List<String> archived() {
    return told(false);
  }

  private List<String> told(boolean versions) {
    var all = new ArrayList<String>();
    snapshots.ofMeter(
        archive.meterId,
        new Query(VALUES, null, null, versions),
        each -> all.add(text(each.snapshot())));
    return all;
  }

  private static String text(ArchivedSnapshot each) {
    var day = each.closedAt().toString().substring(0, 10) + "/" + each.occurrence();
    var values =
        each.values().stream().map(v -> v.obis().shortText() + "=" + v.quantity().value()).toList();
    return day + values + (each.supersededAt() == null ? "" : " then");
  }

  @Test
  void theSameAgainIsNothing() {
    assertThat(store(closed(NOVEMBER, value(T1, "20.0"), value(T2, "5")), closed(OCTOBER, "10")))
        .isEqualTo("2 0");
    assertThat(store(closed(NOVEMBER, value(T2, "5"), value(T1, "20.00")))).isEqualTo("0 0");
    assertThat(archived())
        .containsExactly("2026-10-01/0[1-0:1.8.1=10]", "2026-11-01/0[1-0:1.8.1=20.0, 1-0:1.8.2=5]");
  }

  @Test
  void eachThingThatAMeterSaidIsKept() {
    store(closed(NOVEMBER, "20"));
    assertThat(store(closed(NOVEMBER, "21"))).isEqualTo("0 1");
    assertThat(store(closed(NOVEMBER, value(T1, "21"), value(T2, "5")))).isEqualTo("0 1");
    assertThat(store(closed(NOVEMBER, value(T1, "21"), value(T2, "5")))).isEqualTo("0 0");

    assertThat(archived()).containsExactly("2026-11-01/0[1-0:1.8.1=21, 1-0:1.8.2=5]");
    assertThat(told(true))
        .containsExactlyInAnyOrder(
            "2026-11-01/0[1-0:1.8.1=20] then",
            "2026-11-01/0[1-0:1.8.1=21] then",
            "2026-11-01/0[1-0:1.8.1=21, 1-0:1.8.2=5]");
  }

  @Test
  void anotherUnitOrAnotherTimeIsAnotherValue() {
    var at = Instant.parse("2026-10-07T08:15:00Z");
    var highest = new RegisterValue(T1, new Quantity(BigDecimal.ONE, Unit.WATT), at);
    var moved = new RegisterValue(T1, highest.quantity(), at.plusSeconds(900));
    store(SnapshotKind.DEMAND, closed(NOVEMBER, highest, value(T2, "3")));

    assertThat(store(SnapshotKind.DEMAND, closed(NOVEMBER, moved, value(T2, "3"))))
        .isEqualTo("0 1");
    assertThat(store(SnapshotKind.DEMAND, closed(NOVEMBER, value(T1, "1"), value(T2, "3"))))
        .isEqualTo("0 1");
    assertThat(
            snapshots
                .before(archive.meterId, SnapshotKind.DEMAND, NOW, 1)
                .get(0)
                .values()
                .get(0)
                .occurredAt())
        .isNull();
    assertThat(archived()).as("the other kind").isEmpty();
  }

  @Test
  void anEndThatComesAgainIsAFurtherOne() {
    store(closed(NOVEMBER, "20"));
    assertThat(store(closed(NOVEMBER, "23"), closed(NOVEMBER, "20"))).isEqualTo("1 0");
    assertThat(store(closed(NOVEMBER, "23"))).as("the older one is gone").isEqualTo("0 0");
    assertThat(store(closed(NOVEMBER, "24"), closed(NOVEMBER, "20"))).isEqualTo("0 1");

    assertThat(archived())
        .containsExactly("2026-11-01/0[1-0:1.8.1=20]", "2026-11-01/1[1-0:1.8.1=24]");
  }

  @Test
  void anEndWithoutValuesIsAnEndAllTheSame() {
    assertThat(store(closed(NOVEMBER))).isEqualTo("1 0");
    assertThat(archived()).containsExactly("2026-11-01/0[]");
  }

  @Test
  void whatCameIsCountedWhereItBelongs() {
    var delivery =
        archive
            .delivery(ArchiveFixture.row(1, 1, 10, 5), ArchiveFixture.row(2, 2, 20, 5))
            .snapshots(VALUES, List.of(closed(NOVEMBER, "20")))
            .snapshots(SnapshotKind.DEMAND, List.of())
            .attempt(attempt("LOAD_PROFILE", new Stored(3, 0)))
            .attempt(attempt("PREVIOUS_VALUES", Stored.nothing(VALUES)))
            .attempt(attempt("DEMAND", Stored.nothing(SnapshotKind.DEMAND)));

    assertThat(archive.store.store(List.of(delivery), NOW)).containsExactly(new Stored(2, 0));
    assertThat(counts("LOAD_PROFILE")).isEqualTo("5 0");
    assertThat(counts("PREVIOUS_VALUES")).isEqualTo("1 0");
    assertThat(counts("DEMAND")).isEqualTo("0 0");
  }

  @Test
  void metersOfOneTransactionShareTheirRegisters() {
    var other = new ArchiveFixture();
    var obis = ObisCode.of("1-0:5.8.3");
    var deliveries =
        Stream.of(archive.meterId, other.meterId)
            .map(
                id ->
                    new Delivery(id, NOW)
                        .snapshots(VALUES, List.of(closed(NOVEMBER, value(obis, "1")))))
            .toList();
    archive.store.store(deliveries, NOW);

    assertThat(
            archive.database.query(
                """
                select value from billing_value
                 where obis = '1-0:5.8.3*255' and unit = 'Wh' and meter_id in (?, ?)""",
                row -> row.getInt(1),
                archive.meterId,
                other.meterId))
        .containsExactly(1, 1);
  }

  @Test
  void aClockThatWentAheadDoesNotHideWhatFollows() {
    store(closed("2031-01-01T00:00:00Z", "90"), closed(NOVEMBER, "20"), closed(OCTOBER, "10"));

    assertThat(snapshots.newest(archive.meterId, VALUES, NOW)).contains(Instant.parse(NOVEMBER));
    assertThat(snapshots.newest(archive.meterId, SnapshotKind.DEMAND, NOW)).isEmpty();
  }

  @Test
  void aGroupIsToldMeterByMeterWithinItsTimes() {
    var other = new ArchiveFixture();
    store(closed(NOVEMBER, "20"), closed(OCTOBER, "10"));
    other.store.store(
        List.of(new Delivery(other.meterId, NOW).snapshots(VALUES, List.of(closed(NOVEMBER, "7")))),
        NOW);
    int group = -archive.meterId;
    TestDatabase.join(group, archive.meterId);
    TestDatabase.join(group, other.meterId);

    assertThat(ofGroup(group, new Query(VALUES, null, null, false)))
        .containsExactlyInAnyOrder("10", "20", "7")
        .containsSubsequence("10", "20");
    assertThat(ofGroup(group, new Query(VALUES, Instant.parse(NOVEMBER), null, false)))
        .containsExactlyInAnyOrder("20", "7");
    assertThat(ofGroup(group, new Query(VALUES, null, Instant.parse(NOVEMBER), false)))
        .containsExactly("10");
    TestDatabase.leave(group, other.meterId);
    assertThat(ofGroup(group, new Query(VALUES, null, null, false))).containsExactly("10", "20");
  }

  private List<String> ofGroup(int group, Query query) {
    var values = new ArrayList<String>();
    snapshots.ofGroup(
        group,
        query,
        each -> values.add(each.snapshot().values().get(0).quantity().value().toString()));
    return values;
  }

  @Test
  void whatIsTooOldGoesWithItsMonth() {
    store(closed("2016-03-01T00:00:00Z", "3"), closed("2016-01-31T23:00:00Z", "1"));
    store(closed("2016-03-01T00:00:00Z", "4"), closed("2016-01-31T23:00:00Z", "2"));
    var clock = Clock.fixed(Instant.parse("2017-03-15T00:00:00Z"), ZoneOffset.UTC);
    var partitions = new Partitions(archive.database, Partitions.Width.MONTH);

    new Retention(archive.database, partitions, clock, 13, 0, 0).apply();

    assertThat(archived()).containsExactly("2016-03-01/0[1-0:1.8.1=4]");
    assertThat(told(true)).hasSize(2).allMatch(each -> each.startsWith("2016-03-01"));
  }

  @Test
  void aRoleThatOwnsNothingArchivesThemToo() {
    TestDatabase.empty("snapshots_roles", "snapshots_owner");
    TestDatabase.database().update("create role snapshots_portal login");
    org.meterledger.schema.SchemaMigration.migrate(
        TestDatabase.of("snapshots_roles", "snapshots_owner"),
        TestDatabase.of("snapshots_roles", "snapshots_portal"));
    var portal =
        new ArchiveFixture(
            new org.meterledger.server.Database(
                TestDatabase.of("snapshots_roles", "snapshots_portal")));
    for (var value : List.of("1", "2")) {
      portal.store.store(
          List.of(
              new Delivery(portal.meterId, NOW)
                  .snapshots(VALUES, List.of(closed(NOVEMBER, value)))),
          NOW);
    }

    assertThat(new BillingSnapshots(portal.database).before(portal.meterId, VALUES, NOW, 5))
        .singleElement()
        .satisfies(each -> assertThat(text(each)).isEqualTo("2026-11-01/0[1-0:1.8.1=2]"));
  }
}
