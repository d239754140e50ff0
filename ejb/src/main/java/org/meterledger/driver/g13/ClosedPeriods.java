package org.meterledger.driver.g13;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
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

  /** Before the first meters of this kind were made: the clock was never set. */
  private static final Instant FIRST_MADE = Instant.parse("2010-01-01T00:00:00Z");

  private static final LocalDateTime BEGINNING = LocalDateTime.parse("2000-01-01T00:00:00");
  private static final LocalDateTime END = LocalDateTime.parse("2099-12-31T23:59:59");

  /** What a column holds; the code is null where the table of quantities has none. */
  private record Meaning(ObisCode obis, Channel channel, String unit) {}

  /**
   * What was closed from a time on, and what by a clock that was not set: that carries times of the
   * year 2000.
   */
  ReadResult<StoredTable> read(Function<Span, ReadResult<StoredTable>> stored, Instant from) {
    if (from.isBefore(FIRST_MADE)) {
      return stored.apply(Span.ALL);
    }
    return Results.then(
        stored.apply(Span.between(time.local(from), END)),
        since ->
            Results.then(
                stored.apply(Span.between(BEGINNING, time.local(FIRST_MADE))),
                unset -> since.and(unset)));
  }

  ReadResult<List<BillingSnapshot>> previousValues(StoredTable table, int periods) {
    var meanings = new ArrayList<Meaning>();
    for (StoredTable.Column column : table.columns()) {
      var channel = channel(column);
      meanings.add(new Meaning(channel.obis(), channel, column.unit()));
    }
    return snapshots(table, length(table.period()), meanings, periods);
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
    return snapshots(table, length(configuration.period().word()), meanings, periods);
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

  /** Null for a word that the manual does not know. */
  private static java.time.Period length(String period) {
    return Stream.of(Period.values())
        .filter(each -> each.word().equalsIgnoreCase(period.strip()))
        .map(Period::length)
        .findFirst()
        .orElse(null);
  }

  /** Ends that come twice, since a clock was set back, count once: none of them is left out. */
  private ReadResult<List<BillingSnapshot>> snapshots(
      StoredTable table, java.time.Period length, List<Meaning> meanings, int periods) {
    var rows = new ArrayList<>(table.rows());
    rows.sort(Comparator.comparing(StoredTable.Row::at).reversed());
    var snapshots = new ArrayList<BillingSnapshot>();
    LocalDateTime before = null;
    int back = 0;
    try {
      for (StoredTable.Row row : rows) {
        back += row.at().equals(before) ? 0 : 1;
        if (back > periods) {
          break;
        }
        snapshots.add(snapshot(row, meanings, length, back));
        before = row.at();
      }
    } catch (BadAnswer e) {
      return ReadResult.failed(Kind.INVALID_DATA, "The meter " + e.getMessage());
    }
    return ReadResult.complete(List.copyOf(snapshots));
  }

  private BillingSnapshot snapshot(
      StoredTable.Row row, List<Meaning> meanings, java.time.Period length, int back) {
    var values = new ArrayList<RegisterValue>();
    var closedAt = instant(row.at());
    var flags = closedAt.isBefore(FIRST_MADE) ? RowStatus.CLOCK_INVALID.bit() : 0;
    for (int i = 0; i < meanings.size(); i++) {
      var stored = row.values().get(i);
      var meaning = meanings.get(i);
      if (stored.value() != null) {
        values.add(value(stored, meaning));
        flags |= stored.powerOff() ? RowStatus.POWER_DOWN.bit() : 0;
      }
    }
    return new BillingSnapshot(closedAt, back, length, values, flags);
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
