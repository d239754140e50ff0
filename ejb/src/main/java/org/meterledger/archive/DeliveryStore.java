package org.meterledger.archive;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.meterledger.metering.BillingSnapshot;
import org.meterledger.metering.ProfileRow;
import org.meterledger.notice.Notices;
import org.meterledger.server.Database;
import org.meterledger.server.DatabaseException;
import org.meterledger.server.Node;

/** Stores a batch of deliveries, one per meter, in one transaction. */
final class DeliveryStore {

  private final Database database;
  private final Partitions partitions;
  private final ProfileCatalog catalog;
  private final Notices notices;
  private final Node node;

  DeliveryStore(
      Database database,
      Partitions partitions,
      ProfileCatalog catalog,
      Notices notices,
      Node node) {
    this.database = database;
    this.partitions = partitions;
    this.catalog = catalog;
    this.notices = notices;
    this.node = node;
  }

  /** What became of the rows of each delivery, in their order. All are stored, or none. */
  List<Stored> store(List<Delivery> deliveries, Instant now) {
    makePartitions(deliveries, now);
    var rows = deliveries.stream().flatMap(d -> d.rows().stream()).toList();
    List<Stored> result;
    try {
      result = store(deliveries, now, store -> store.storeNew(rows));
    } catch (DatabaseException e) {
      if (!e.duplicate()) {
        throw e;
      }
      result = store(deliveries, now, store -> store.store(rows, now));
    }
    rows.forEach(this::learn);
    tell(deliveries);
    return result;
  }

  private void tell(List<Delivery> deliveries) {
    if (deliveries.stream().anyMatch(delivery -> !delivery.attempts().isEmpty())) {
      notices.soon("readings", "");
    }
    if (deliveries.stream().anyMatch(delivery -> !delivery.operations().isEmpty())) {
      notices.soon("operations", "");
    }
  }

  /** One of the ways to store rows. */
  private interface Way {
    void of(RowStore store) throws SQLException;
  }

  private List<Stored> store(List<Delivery> deliveries, Instant now, Way way) {
    return database.inTransaction(
        connection -> {
          var store = new RowStore(connection);
          way.of(store);
          var snapshots = new SnapshotStore(connection).store(deliveries, now);
          var charging = new ChargingStore(connection).store(deliveries);
          var stored = new ArrayList<Stored>();
          var brought = new ArrayList<Brought>();
          for (int i = 0; i < deliveries.size(); i++) {
            stored.add(stored(store, deliveries.get(i)));
            brought.add(new Brought(stored.get(i), snapshots.get(i), charging.get(i)));
          }
          new DeliveryStatements(connection, node, now).write(deliveries, brought, store);
          return stored;
        });
  }

  private void makePartitions(List<Delivery> deliveries, Instant now) {
    Set<Instant> periodEnds =
        deliveries.stream()
            .flatMap(d -> d.rows().stream())
            .flatMap(r -> r.rows().stream())
            .filter(row -> !DeliveredRows.clockNeverSet(row))
            .map(ProfileRow::periodEnd)
            .map(at -> at.truncatedTo(java.time.temporal.ChronoUnit.DAYS))
            .collect(Collectors.toCollection(HashSet::new));
    partitions.ensure(Partitions.Table.LOAD_PROFILE_ENTRY, periodEnds);
    partitions.ensure(
        Partitions.Table.BILLING_SNAPSHOT,
        deliveries.stream()
            .flatMap(d -> d.snapshots().values().stream())
            .flatMap(List::stream)
            .filter(each -> !DeliveredRows.clockNeverSet(each.flags(), each.closedAt()))
            .map(BillingSnapshot::closedAt)
            .collect(Collectors.toSet()));
    partitions.ensure(
        Partitions.Table.CHARGING_RECORD,
        deliveries.stream()
            .flatMap(d -> ChargingStore.times(d).stream())
            .collect(Collectors.toSet()));
    partitions.ensure(
        Partitions.Table.READING_ATTEMPT,
        deliveries.stream()
            .flatMap(d -> d.attempts().stream())
            .map(Delivery.Attempt::startedAt)
            .collect(Collectors.toSet()));
    partitions.ensure(Partitions.Table.READING_COUNT, Set.of(now));
    partitions.ensure(Partitions.Table.LOGBOOK_ENTRY, Set.of(now));
  }

  private static Stored stored(RowStore store, Delivery delivery) {
    var sum = Stored.NOTHING;
    for (var rows : delivery.rows()) {
      if (ProfileCatalog.isPresentValues(rows.profile().obis())) {
        continue;
      }
      var outcome = store.outcome(rows.profile().id());
      sum = sum.plus(new Stored(outcome.stored(), outcome.superseded().size()));
    }
    return sum;
  }

  private void learn(DeliveredRows rows) {
    var first = earlier(rows.profile().firstAt(), rows.oldest());
    var period =
        rows.capturePeriod() == null ? rows.profile().capturePeriod() : rows.capturePeriod();
    catalog.learned(rows.profile(), period, first);
  }

  private static Instant earlier(Instant a, Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isBefore(b) ? a : b;
  }
}
