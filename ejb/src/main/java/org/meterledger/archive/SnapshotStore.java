package org.meterledger.archive;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.meterledger.metering.BillingSnapshot;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.SnapshotKind;
import org.meterledger.metering.Unit;
import org.meterledger.server.Database;

/**
 * Stores snapshots of many meters in one transaction, each end of period once: the same again is
 * nothing, other values supersede what was there, which is kept, and an end that the meter tells
 * more often than the archive knows it is a further occurrence.
 */
final class SnapshotStore {

  private static final String NAME_REGISTERS =
      """
      insert into billing_register (obis, unit)
      select * from unnest(?, ?) as told (obis, unit)
       where not exists (select 1 from billing_register r
                          where r.obis = told.obis and r.unit = told.unit)
      on conflict do nothing""";

  private static final String REGISTERS =
      """
      select r.* from billing_register r
        join unnest(?, ?) as told (obis, unit) using (obis, unit)""";

  private static final String THERE =
      """
      select s.* from unnest(?, ?, ?) as told (meter_id, kind, closed_at)
        join billing_snapshot s using (meter_id, kind, closed_at) order by s.occurrence""";

  private static final String KEEP_SUPERSEDED =
      """
      insert into billing_snapshot_superseded
        (meter_id, kind, closed_at, occurrence, period, status, registers, values, occurred_at,
         read_at, superseded_at)
      select s.meter_id, s.kind, s.closed_at, s.occurrence, s.period, s.status, s.registers,
             s.values, s.occurred_at, s.read_at, told.at
        from unnest(?, ?, ?, ?, ?) as told (meter_id, kind, closed_at, occurrence, at)
        join billing_snapshot s using (meter_id, kind, closed_at, occurrence)""";

  /** Arrays go as texts: an array of arrays would come apart in unnest. */
  private static final String STORE =
      """
      insert into billing_snapshot
        (meter_id, kind, closed_at, occurrence, period, status, read_at, registers, values,
         occurred_at)
      select meter_id, kind, closed_at, occurrence, period, status, read_at, registers::integer[],
             vals::numeric[], times::timestamptz[]
        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as told
          (meter_id, kind, closed_at, occurrence, period, status, read_at, registers, vals, times)
      on conflict (meter_id, kind, closed_at, occurrence) do update
        set status = excluded.status, registers = excluded.registers, values = excluded.values,
            occurred_at = excluded.occurred_at, read_at = excluded.read_at""";

  private final Connection connection;

  SnapshotStore(Connection connection) {
    this.connection = connection;
  }

  private record Register(ObisCode obis, Unit unit) implements Comparable<Register> {
    @Override
    public int compareTo(Register other) {
      int order = obis.compareTo(other.obis);
      return order == 0 ? unit.compareTo(other.unit) : order;
    }
  }

  private record End(int meterId, SnapshotKind kind, Instant closedAt) {}

  /** What a meter said of an end of period; equal where it says the same. */
  private record Content(int status, List<Frozen> values) {}

  private record Frozen(int register, BigDecimal value, Instant occurredAt) {
    /** Zeros behind the last digit are no other value. */
    Frozen plain() {
      return new Frozen(register, value.stripTrailingZeros(), occurredAt);
    }
  }

  private static final Comparator<Frozen> ORDER =
      Comparator.comparingInt(Frozen::register)
          .thenComparing(Frozen::value)
          .thenComparing(Frozen::occurredAt, Comparator.nullsFirst(Comparator.naturalOrder()));

  private record Told(String period, Content content) {
    boolean same(Content there) {
      return plain(content).equals(plain(there));
    }

    /** In which order registers are frozen, is no news either. */
    private static Content plain(Content content) {
      return new Content(
          content.status(), content.values().stream().map(Frozen::plain).sorted(ORDER).toList());
    }
  }

  /** What became of the snapshots of each delivery, in their order. */
  List<Brought.Snapshots> store(List<Delivery> deliveries, Instant now) throws SQLException {
    var result = deliveries.stream().map(each -> new Brought.Snapshots()).toList();
    if (deliveries.stream().allMatch(each -> each.snapshots().isEmpty())) {
      return result;
    }
    var registers = registers(deliveries);
    var there = there(deliveries);
    try (var store =
            new ArrayBatch(
                connection,
                STORE,
                4,
                "integer",
                "text",
                "timestamptz",
                "smallint",
                "text",
                "smallint",
                "timestamptz",
                "text",
                "text",
                "text");
        // closed first: it copies what the other one then overwrites
        var keep =
            new ArrayBatch(
                connection,
                KEEP_SUPERSEDED,
                4,
                "integer",
                "text",
                "timestamptz",
                "smallint",
                "timestamptz")) {
      for (int i = 0; i < deliveries.size(); i++) {
        var delivery = deliveries.get(i);
        var outcome = result.get(i);
        for (var entry : ends(delivery, registers).entrySet()) {
          new Comparison(entry.getKey(), there.getOrDefault(entry.getKey(), List.of()))
              .with(entry.getValue(), delivery.receivedAt(), now, store, keep, outcome);
        }
      }
    }
    return result;
  }

  /** By end of period; of those closed at the same time the earlier first. */
  private static Map<End, List<Told>> ends(Delivery delivery, Map<Register, Integer> registers) {
    var ends = new HashMap<End, List<Told>>();
    delivery
        .snapshots()
        .forEach(
            (kind, snapshots) -> {
              for (int i = snapshots.size() - 1; i >= 0; i--) {
                var snapshot = snapshots.get(i);
                ends.computeIfAbsent(
                        new End(delivery.meterId(), kind, snapshot.closedAt()),
                        end -> new ArrayList<>())
                    .add(told(snapshot, registers));
              }
            });
    return ends;
  }

  private static Told told(BillingSnapshot snapshot, Map<Register, Integer> registers) {
    var values =
        snapshot.values().stream()
            .map(
                each ->
                    new Frozen(
                        registers.get(new Register(each.obis(), each.quantity().unit())),
                        each.quantity().value(),
                        each.occurredAt()))
            .toList();
    var period = snapshot.period() == null ? null : snapshot.period().toString();
    return new Told(period, new Content(snapshot.flags(), values));
  }

  /** What is told of one end of period beside what the archive holds of it. */
  private record Comparison(End end, List<Content> there) {

    void with(
        List<Told> told,
        Instant readAt,
        Instant now,
        ArrayBatch store,
        ArrayBatch keep,
        Brought.Snapshots outcome) {
      var unmatched = new ArrayList<>(IntStream.range(0, there.size()).boxed().toList());
      var others = new ArrayList<Told>();
      for (var each : told) {
        var same = unmatched.stream().filter(at -> each.same(there.get(at))).findFirst();
        same.ifPresentOrElse(unmatched::remove, () -> others.add(each));
      }
      int more = Math.max(0, told.size() - there.size());
      // those told last are the new ones; what is left of the others was told otherwise before
      for (int i = 0; i < others.size(); i++) {
        int fresh = i - (others.size() - more);
        int occurrence = fresh < 0 ? unmatched.get(i) : there.size() + fresh;
        if (fresh < 0) {
          keep.add(end.meterId(), end.kind().name(), end.closedAt(), (short) occurrence, now);
          outcome.superseded(end.kind(), end.closedAt());
        } else {
          outcome.fresh(end.kind());
        }
        store.add(row(others.get(i), occurrence, readAt));
      }
    }

    private Object[] row(Told told, int occurrence, Instant readAt) {
      var values = told.content().values();
      boolean timed = values.stream().anyMatch(each -> each.occurredAt() != null);
      return new Object[] {
        end.meterId(),
        end.kind().name(),
        end.closedAt(),
        (short) occurrence,
        told.period(),
        (short) told.content().status(),
        readAt,
        array(values.stream().map(each -> String.valueOf(each.register())).toList()),
        array(values.stream().map(each -> each.value().toPlainString()).toList()),
        timed ? array(values.stream().map(each -> time(each.occurredAt())).toList()) : null
      };
    }

    private static String time(Instant at) {
      return at == null ? "null" : '"' + at.toString() + '"';
    }

    private static String array(List<String> elements) {
      return elements.stream().collect(Collectors.joining(",", "{", "}"));
    }
  }

  /** Named in one order, so that two writers never wait for each other in a circle. */
  private Map<Register, Integer> registers(List<Delivery> deliveries) throws SQLException {
    var told = new TreeSet<Register>();
    for (var delivery : deliveries) {
      for (var snapshots : delivery.snapshots().values()) {
        for (var snapshot : snapshots) {
          snapshot
              .values()
              .forEach(each -> told.add(new Register(each.obis(), each.quantity().unit())));
        }
      }
    }
    var obis = array("text", told.stream().map(each -> each.obis().toString()).toArray());
    var units = array("text", told.stream().map(each -> each.unit().symbol()).toArray());
    try (var name = Database.prepare(connection, NAME_REGISTERS, obis, units)) {
      name.executeUpdate();
    }
    var ids = new HashMap<Register, Integer>();
    try (var find = Database.prepare(connection, REGISTERS, obis, units);
        var rows = find.executeQuery()) {
      while (rows.next()) {
        ids.put(
            new Register(
                ObisCode.of(rows.getString("obis")), Unit.ofSymbol(rows.getString("unit"))),
            rows.getInt("id"));
      }
    }
    return ids;
  }

  /** By end of period, in the order of their occurrences. */
  private Map<End, List<Content>> there(List<Delivery> deliveries) throws SQLException {
    var ends = new ArrayList<End>();
    for (var delivery : deliveries) {
      delivery
          .snapshots()
          .forEach(
              (kind, snapshots) ->
                  snapshots.stream()
                      .map(each -> new End(delivery.meterId(), kind, each.closedAt()))
                      .distinct()
                      .forEach(ends::add));
    }
    var there = new HashMap<End, List<Content>>();
    try (var statement =
            Database.prepare(
                connection,
                THERE,
                array("integer", ends.stream().map(End::meterId).toArray()),
                array("text", ends.stream().map(each -> each.kind().name()).toArray()),
                array(
                    "timestamptz",
                    ends.stream().map(each -> each.closedAt().toString()).toArray()));
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        var end =
            new End(
                rows.getInt("meter_id"),
                SnapshotKind.valueOf(rows.getString("kind")),
                Database.instant(rows, "closed_at"));
        there.computeIfAbsent(end, each -> new ArrayList<>()).add(content(rows));
      }
    }
    return there;
  }

  private static Content content(ResultSet row) throws SQLException {
    var registers = (Integer[]) row.getArray("registers").getArray();
    var values = (BigDecimal[]) row.getArray("values").getArray();
    var times = row.getArray("occurred_at");
    var occurred = times == null ? new Timestamp[registers.length] : (Timestamp[]) times.getArray();
    var frozen = new ArrayList<Frozen>();
    for (int i = 0; i < registers.length; i++) {
      frozen.add(
          new Frozen(
              registers[i], values[i], occurred[i] == null ? null : occurred[i].toInstant()));
    }
    return new Content(row.getInt("status"), frozen);
  }

  private Array array(String type, Object[] elements) throws SQLException {
    return connection.createArrayOf(type, elements);
  }
}
