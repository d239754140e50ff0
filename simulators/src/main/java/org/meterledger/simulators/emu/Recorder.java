package org.meterledger.simulators.emu;

import static org.meterledger.simulators.emu.LoadProfileRow.LOGBOOK_FULL;
import static org.meterledger.simulators.emu.LoadProfileRow.POWER_FAILURE;
import static org.meterledger.simulators.emu.LoadProfileRow.TIME_CHANGED;
import static org.meterledger.simulators.emu.LoadProfileRow.UNSYNCHRONISED;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.meterledger.simulators.Mains;
import org.meterledger.simulators.emu.LogbookLine.Parameters;

/**
 * The measuring part of a meter: integrates the load over true time, captures a row whenever the
 * meter's own clock passes the end of a capture period, and keeps the logbook. Times are seconds of
 * the epoch. Not safe for several threads; {@link EmuMeter} guards it.
 */
final class Recorder {
  private static final long YEAR_2000 = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

  private final EmuMeter.Settings settings;
  private final Mains mains;
  private final Incidents incidents;
  private final RowStore rows;
  private final Extremes extremes = new Extremes();
  private final List<LogbookLine> logbook = new ArrayList<>();
  private final Set<Integer> emittedTwice = new HashSet<>();
  private final long period;

  /** Import T1, T2, export T1, T2, then the same of reactive energy; W s and var s. */
  private final long[] energies = new long[RowStore.ENERGIES];

  private final long[] slotState = new long[Mains.SIZE];
  private long slot = Long.MIN_VALUE;
  private long at;
  private long periodFrom;
  private long offset;
  private long offUntil = Long.MIN_VALUE;
  private boolean synchronised = true;
  private int nextStatus;
  private int nextIndex = 1;
  private int generation;
  private Parameters parameters;

  Recorder(EmuMeter.Settings settings) {
    this.settings = settings;
    this.mains = new Mains(settings.shape(), settings.seed());
    this.at = settings.commissioned().getEpochSecond();
    this.incidents = new Incidents(mains, settings.eventful() ? at : Long.MAX_VALUE);
    this.rows = new RowStore(settings.capacity());
    this.period = settings.capturePeriod().toSeconds();
    this.periodFrom = at;
    this.parameters = settings.parameters();
    energies[0] = 3600L * mains.dice(0, 80, 20_000_000);
    energies[1] = energies[0] / 3;
    energies[4] = energies[0] / 5;
    energies[5] = energies[1] / 5;
  }

  /** Lives on until a second; an earlier one changes nothing. */
  void advance(long to) {
    while (at < to) {
      if (at >= incidents.next()) {
        incidents.happen(this, offset);
      } else if (at < offUntil) {
        at = Math.min(offUntil, to);
        periodFrom = at;
      } else {
        long end = periodEndAfter(at);
        long until = Math.min(Math.min(end, to), incidents.next());
        integrate(until);
        if (at == end) {
          capture();
        }
      }
    }
  }

  private long periodEndAfter(long second) {
    return (Math.floorDiv(second + offset, period) + 1) * period - offset;
  }

  private void integrate(long until) {
    while (at < until) {
      long pieceSlot = Math.floorDiv(at, Mains.SLOT_SECONDS);
      if (pieceSlot != slot) {
        enter(pieceSlot);
      }
      long end = Math.min(until, (slot + 1) * Mains.SLOT_SECONDS);
      int rate = rate();
      add(slotState[Mains.P + Mains.TOTAL], 0, rate, end - at);
      add(slotState[Mains.Q + Mains.TOTAL], 4, rate, end - at);
      at = end;
    }
  }

  private void enter(long pieceSlot) {
    slot = pieceSlot;
    mains.fill(slot, slotState);
    Mains.sum(slotState);
    if (settings.minMax() && at >= settings.firstPeriodStart().getEpochSecond()) {
      Mains.derive(slotState);
      extremes.take(slotState, slot * Mains.SLOT_SECONDS + offset);
    }
  }

  /** 0 for T1 from 6 to 22 h of the meter's clock, 1 for T2; whole slots, so reads move nothing. */
  private int rate() {
    long hour = Math.floorMod(slot * Mains.SLOT_SECONDS + offset, 86_400L) / 3600;
    return hour >= 6 && hour < 22 ? 0 : 1;
  }

  private void add(long power, int importPlace, int rate, long seconds) {
    int place = power >= 0 ? importPlace + rate : importPlace + 2 + rate;
    energies[place] += Math.abs(power) * seconds;
  }

  private void capture() {
    int index = nextIndex++;
    if (at > settings.firstPeriodStart().getEpochSecond()) {
      int row = rows.add();
      rows.set(row, RowStore.FROM, periodFrom);
      rows.set(row, RowStore.TO, at);
      rows.set(row, RowStore.STAMP, at + offset);
      rows.set(row, RowStore.INDEX, index);
      rows.set(row, RowStore.GENERATION, generation);
      rows.set(row, RowStore.STATUS, nextStatus | standingStatus());
      for (int energy = 0; energy < RowStore.ENERGIES; energy++) {
        rows.set(row, RowStore.ENERGY + energy, energies[energy] / 3600);
      }
    }
    nextStatus = 0;
    periodFrom = at;
  }

  private int standingStatus() {
    return (synchronised ? 0 : UNSYNCHRONISED)
        | (logbook.size() >= settings.logbookCapacity() ? LOGBOOK_FULL : 0);
  }

  void shiftClock(long seconds) {
    offset += seconds;
    nextStatus |= TIME_CHANGED;
    log(seconds, parameters);
  }

  /** Starts the clock at 2000-01-01 without a logbook line: nobody changed it. */
  void loseTime() {
    offset = YEAR_2000 - at;
    synchronised = false;
  }

  void synchronise() {
    synchronised = true;
    shiftClock(-offset);
  }

  void change(Parameters changed, int status) {
    nextStatus |= status;
    log(0, changed);
  }

  private void log(long shift, Parameters changed) {
    // A full logbook takes no more lines; status bit 0x80 tells of it (manual p. 12).
    if (logbook.size() < settings.logbookCapacity()) {
      List<Long> counters = new ArrayList<>();
      for (int energy = 0; energy < 4; energy++) {
        counters.add(energies[energy] / 3600);
      }
      Instant after = Instant.ofEpochSecond(at + offset);
      logbook.add(
          new LogbookLine(
              after.minusSeconds(shift),
              after,
              logbook.size() + 1,
              counters,
              nextIndex,
              changed,
              parameters));
    }
    parameters = changed;
  }

  void powerFailure(long seconds) {
    offUntil = at + seconds;
    nextStatus |= POWER_FAILURE;
  }

  void restartIndex() {
    rows.clear();
    nextIndex = 1;
    generation++;
  }

  void emitLastTwice() {
    emittedTwice.add(Math.max(0, rows.size() - 1));
  }

  void rewriteLast() {
    if (rows.size() == 0) {
      throw new IllegalStateException("No row has been recorded yet");
    }
    int last = rows.size() - 1;
    energies[0] += 3600;
    rows.set(last, RowStore.ENERGY, rows.get(last, RowStore.ENERGY) + 1);
  }

  boolean off() {
    return at < offUntil;
  }

  boolean emittedTwice(int position) {
    return emittedTwice.contains(position);
  }

  LoadProfileRow row(int position) {
    List<Long> values = new ArrayList<>(24);
    for (int energy = 0; energy < RowStore.ENERGIES; energy++) {
      values.add(rows.get(position, RowStore.ENERGY + energy));
    }
    long[] mean = mean(rows.get(position, RowStore.FROM), rows.get(position, RowStore.TO));
    for (int place : EmuColumns.INSTANTANEOUS) {
      values.add(mean[place]);
    }
    return new LoadProfileRow(
        (int) rows.get(position, RowStore.GENERATION),
        (int) rows.get(position, RowStore.INDEX),
        Instant.ofEpochSecond(rows.get(position, RowStore.STAMP)),
        (int) rows.get(position, RowStore.STATUS),
        values,
        position >= rows.firstHeld());
  }

  /** Mean state between two true seconds, weighed by the time that each slot takes of it. */
  private long[] mean(long from, long to) {
    long[] sum = new long[Mains.SIZE];
    long[] state = new long[Mains.SIZE];
    for (long second = from; second < to; ) {
      long piece = Math.floorDiv(second, Mains.SLOT_SECONDS);
      long end = Math.min(to, (piece + 1) * Mains.SLOT_SECONDS);
      mains.fill(piece, state);
      for (int place = 0; place < Mains.SIZE; place++) {
        sum[place] += state[place] * (end - second);
      }
      second = end;
    }
    long[] mean = new long[Mains.SIZE];
    for (int place = 0; place < Mains.SIZE; place++) {
      mean[place] = Math.floorDiv(2 * sum[place] + (to - from), 2 * (to - from));
    }
    Mains.derive(mean);
    return mean;
  }

  /** The state of this moment. */
  long[] presentState() {
    long[] state = new long[Mains.SIZE];
    mains.fill(Math.floorDiv(at, Mains.SLOT_SECONDS), state);
    Mains.derive(state);
    return state;
  }

  /** A counter in Wh or varh, places as in {@link RowStore#ENERGY}. */
  long counter(int energy) {
    return energies[energy] / 3600;
  }

  long meterSecond() {
    return at + offset;
  }

  Extremes extremes() {
    return extremes;
  }

  Parameters parameters() {
    return parameters;
  }

  RowStore rows() {
    return rows;
  }

  List<LogbookLine> logbook() {
    return Collections.unmodifiableList(logbook);
  }
}
