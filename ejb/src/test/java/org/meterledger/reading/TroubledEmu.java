package org.meterledger.reading;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.meterledger.simulators.emu.EmuMeter;
import org.meterledger.simulators.emu.Fault;

/**
 * All that can happen to an EMU Professional II. Two things of a meter's life it does not have: its
 * clock knows no summer time, and its counters do not roll over within any test's time.
 */
final class TroubledEmu implements TroubledMeter {

  private static final Set<Fault> SLOW = EnumSet.of(Fault.NO_ANSWER, Fault.SLOW_DRIP);

  /** A meter that tells the same wrong time of a row twice is believed. */
  private static final Set<Fault> ONCE =
      EnumSet.of(Fault.NO_ANSWER, Fault.SLOW_DRIP, Fault.FUTURE_ROW);

  private static final List<String> PAGES =
      List.of("/", "/data/", "/data/", "/meterdata.json", "/status.json", "/logbook/");

  private final EmuMeter meter;
  private final List<Trouble> troubles = new ArrayList<>();
  private final Map<Integer, List<String>> former = new HashMap<>();
  private Instant now;
  private Instant silentUntil;
  private boolean newEpochRead = true;

  TroubledEmu(EmuMeter meter, Instant now) {
    this.meter = meter;
    this.now = now;
    for (var fault : Fault.values()) {
      troubles.add(
          new Trouble(fault.name(), SLOW.contains(fault), random -> onTheWire(fault, random)));
    }
    life("silent for hours", random -> silence(hours(random, 30)));
    life("clock set back", random -> meter.setClockBack(minutes(random, 90)));
    life("clock set forward", random -> meter.setClockForward(minutes(random, 90)));
    life("clock a little ahead", random -> meter.setClockForward(minutes(random, 5)));
    life("clock lost its time", random -> meter.loseTime());
    life("clock synchronised", random -> meter.synchroniseTime());
    life("power failure", random -> meter.powerFailure(hours(random, 6)));
    life("index restarted", random -> restartIndex());
    life("index shown twice", random -> meter.duplicateIndex());
    life("row rewritten", random -> rewrite());
    life(
        "current transformer changed",
        random -> meter.changeCurrentTransformer(100 + random.nextInt(900), 5));
    life(
        "voltage transformer changed",
        random -> meter.changeVoltageTransformer(10_000 + random.nextInt(10_000), 100));
  }

  private void life(String name, Consumer<RandomGenerator> befall) {
    troubles.add(new Trouble(name, false, befall));
  }

  private static Duration minutes(RandomGenerator random, int most) {
    return Duration.ofMinutes(1 + random.nextInt(most));
  }

  private static Duration hours(RandomGenerator random, int most) {
    return Duration.ofHours(1 + random.nextInt(most));
  }

  private void onTheWire(Fault fault, RandomGenerator random) {
    int times = ONCE.contains(fault) ? 1 : 1 + random.nextInt(4);
    meter.inject(fault, times, PAGES.get(random.nextInt(PAGES.size())));
  }

  /** Long enough, and a small ring goes round. */
  private void silence(Duration length) {
    meter.inject(Fault.CONNECTION_RESET);
    silentUntil = now.plus(length);
  }

  /** One that nobody has seen cannot be told from the next. */
  private void restartIndex() {
    if (newEpochRead) {
      meter.restartIndex();
      newEpochRead = false;
    }
  }

  private void rewrite() {
    int last = meter.rowsRecorded() - 1;
    former.computeIfAbsent(last, place -> new ArrayList<>()).add(truth().get(last));
    meter.rewriteLastRow();
  }

  @Override
  public List<Trouble> troubles() {
    return troubles;
  }

  @Override
  public void live(Instant instant) {
    now = instant;
    if (silentUntil != null && !now.isBefore(silentUntil)) {
      silentUntil = null;
      meter.clearFaults();
    }
  }

  @Override
  public void wasRead() {
    newEpochRead = firstHeld() < recorded();
  }

  @Override
  public void relieve() {
    silentUntil = null;
    meter.clearFaults();
    meter.synchroniseTime();
  }

  @Override
  public List<String> truth() {
    return ReadingFixture.told(meter.truth());
  }

  @Override
  public int recorded() {
    return meter.rowsRecorded();
  }

  @Override
  public int firstHeld() {
    return meter.firstRowHeld();
  }

  @Override
  public Map<Integer, List<String>> former() {
    return former;
  }
}
