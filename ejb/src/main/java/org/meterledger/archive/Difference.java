package org.meterledger.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.meterledger.metering.Channel;
import org.meterledger.metering.Unit;

/**
 * What cumulative registers counted between two captures.
 *
 * <p>Only two rows that the meter recorded one directly after the other (by its own index) have a
 * difference: over a gap, a restart of the index or an exchange it is missing, not guessed. A
 * register that went back has rolled over where the model tells at which value it does; else it was
 * reset and the difference is missing. {@link SeriesSql} states the same rules in SQL.
 */
final class Difference {

  private static final int SECONDS_PER_HOUR = 3600;

  /** Decimals that a mean power gets where the capture period does not divide an hour. */
  private static final int POWER_DECIMALS = 3;

  private final List<Term> terms = new ArrayList<>();
  private final List<Integer> positions;
  private final Values values;
  private final long step;
  private final long periodMicros;
  private final long powerFactor;
  private final long powerDivisor;
  private final int powerScaler;

  private record Term(Channel channel, int[] columns, boolean cumulative) {}

  Difference(RowsQuery query) {
    values = query.values();
    step = query.profile().step();
    var wanted = new TreeSet<Integer>();
    query.channels().forEach(channel -> wanted.addAll(channel.terms()));
    positions = List.copyOf(wanted);
    for (var channel : query.channels()) {
      terms.add(
          new Term(
              channel.channel(),
              channel.terms().stream().mapToInt(positions::indexOf).toArray(),
              channel.channel().obis().cumulative()));
    }
    var period = query.profile().capturePeriod();
    long seconds = period == null ? 0 : period.toSeconds();
    periodMicros = seconds * 1_000_000L;
    boolean whole = seconds > 0 && SECONDS_PER_HOUR % seconds == 0;
    powerScaler = whole ? 0 : -POWER_DECIMALS;
    powerFactor = whole ? SECONDS_PER_HOUR / seconds : SECONDS_PER_HOUR * 1_000L;
    powerDivisor = whole || seconds == 0 ? 1 : seconds;
  }

  /** Positions in the stored row that are needed, from 0. */
  List<Integer> positions() {
    return positions;
  }

  int columns() {
    return positions.size();
  }

  int scaler(int channel) {
    var term = terms.get(channel);
    return term.channel().scaler() + (isPower(term) ? powerScaler : 0);
  }

  Unit unit(int channel) {
    var term = terms.get(channel);
    return isPower(term) ? term.channel().unit().perHour() : term.channel().unit();
  }

  private boolean isPower(Term term) {
    return term.cumulative() && values == Values.POWER;
  }

  void compute(
      IntervalRows.Captured before, IntervalRows.Captured row, long[] result, boolean[] missing) {
    boolean adjacent = row.sequence == before.sequence + step;
    boolean wholePeriod = row.periodEnd - before.periodEnd == periodMicros;
    for (int i = 0; i < result.length; i++) {
      var term = terms.get(i);
      if (!term.cumulative() || values == Values.READING) {
        reading(term, row, result, missing, i);
      } else {
        missing[i] = !adjacent || isPower(term) && !wholePeriod;
        result[i] = 0;
        for (int column : term.columns()) {
          missing[i] = missing[i] || before.missing[column] || row.missing[column];
          if (!missing[i]) {
            add(term, before.values[column], row.values[column], result, missing, i);
          }
        }
        if (isPower(term)) {
          result[i] = power(result[i]);
        }
      }
    }
  }

  private static void reading(
      Term term, IntervalRows.Captured row, long[] result, boolean[] missing, int i) {
    result[i] = 0;
    missing[i] = false;
    for (int column : term.columns()) {
      result[i] += row.values[column];
      missing[i] = missing[i] || row.missing[column];
    }
  }

  private static void add(
      Term term, long before, long now, long[] result, boolean[] missing, int i) {
    long counted = now - before;
    if (counted < 0 && term.channel().rollover() > 0) {
      counted += term.channel().rollover();
    }
    missing[i] = counted < 0;
    result[i] += counted;
  }

  private long power(long counted) {
    return Math.floorDiv(2 * counted * powerFactor + powerDivisor, 2 * powerDivisor);
  }
}
