package org.meterledger.driver.g13;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;
import org.meterledger.metering.BillingSnapshot;
import org.meterledger.metering.Channel;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.RegisterValue;
import org.meterledger.metering.RowStatus;

/** Makes tables of stored values into snapshots, newest first. */
record ClosedPeriods(G13Tables tables, DeviceTime time) {

  private static final int MINIMUM = 3;
  private static final int MAXIMUM = 6;
  private static final int SECOND_TYPE = 10;

  /** Value group E from here on belongs to the maker; the most extreme value has the ordinary 0. */
  private static final int LEVELS = 127;

  /** What a column holds; the code is null where the table of quantities has none. */
  private record Meaning(ObisCode obis, Channel channel, String unit) {}

  ReadResult<List<BillingSnapshot>> previousValues(StoredTable table, int periods) {
    var meanings = new ArrayList<Meaning>();
    for (StoredTable.Column column : table.columns()) {
      var channel = channel(column);
      meanings.add(new Meaning(channel.obis(), channel, column.unit()));
    }
    return snapshots(table, meanings, periods);
  }

  /** Which extreme a column is, stands in the configuration alone (manual p. 217). */
  ReadResult<List<BillingSnapshot>> demand(
      StoredTable table, DemandConfiguration configuration, int periods) {
    if (table.columns().size() != configuration.channels().size()) {
      return ReadResult.failed(
          Kind.INVALID_DATA,
          "The meter's demand has %d channels by its configuration, but %d in its values"
              .formatted(configuration.channels().size(), table.columns().size()));
    }
    var meanings = new ArrayList<Meaning>();
    for (int i = 0; i < table.columns().size(); i++) {
      var column = table.columns().get(i);
      var channel = channel(column);
      var obis = extreme(channel.obis(), configuration.channels().get(i).code());
      meanings.add(new Meaning(obis, channel, column.unit()));
    }
    return snapshots(table, meanings, periods);
  }

  private static ObisCode extreme(ObisCode of, DemandConfiguration.Code code) {
    var d = (code.maximum() ? MAXIMUM : MINIMUM) + (code.billing() - 1) * SECOND_TYPE;
    var e = code.level() == 1 ? of.e() : LEVELS + code.level();
    return new ObisCode(of.a(), of.b(), of.c(), d, e, 255);
  }

  /** A quantity that no table knows gets a code of the maker's range by its name. */
  private Channel channel(StoredTable.Column column) {
    return tables
        .find(column.name())
        .map(G13Tables.Register::channel)
        .orElseGet(
            () -> G13Tables.unknown(column.name().hashCode() & 0xFFFF, Units.unit(column.unit())));
  }

  private ReadResult<List<BillingSnapshot>> snapshots(
      StoredTable table, List<Meaning> meanings, int periods) {
    var rows = new ArrayList<>(table.rows());
    rows.sort(Comparator.comparing(StoredTable.Row::at).reversed());
    var snapshots = new ArrayList<BillingSnapshot>();
    try {
      for (StoredTable.Row row : rows.subList(0, Math.min(periods, rows.size()))) {
        snapshots.add(snapshot(row, meanings, snapshots.size() + 1));
      }
    } catch (BadAnswer e) {
      return ReadResult.failed(Kind.INVALID_DATA, "The meter " + e.getMessage());
    }
    return ReadResult.complete(List.copyOf(snapshots));
  }

  private BillingSnapshot snapshot(StoredTable.Row row, List<Meaning> meanings, int back) {
    var values = new ArrayList<RegisterValue>();
    var flags = 0;
    for (int i = 0; i < meanings.size(); i++) {
      var stored = row.values().get(i);
      var meaning = meanings.get(i);
      if (stored.value() != null) {
        values.add(value(stored, meaning));
        flags |= stored.powerOff() ? RowStatus.POWER_DOWN.bit() : 0;
      }
    }
    return new BillingSnapshot(instant(row.at()), back, values, flags);
  }

  private RegisterValue value(Stored stored, Meaning meaning) {
    var unit = meaning.channel().unit();
    var energyAsDemand = meaning.obis().d() != meaning.channel().obis().d();
    if (energyAsDemand && !meaning.unit().isEmpty()) {
      unit = Units.unit(meaning.unit()).equals(unit) ? unit : unit.perHour();
    }
    return new RegisterValue(
        meaning.obis(),
        new Quantity(Units.in(unit, new Measured(stored.value(), meaning.unit())), unit),
        stored.at() == null ? null : instant(stored.at()));
  }

  private Instant instant(LocalDateTime at) {
    return time.instants(List.of(at)).get(0);
  }
}
