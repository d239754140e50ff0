package org.meterledger.simulators.dmed4;

/**
 * The electrical side: energies as the integral of a power that stays the same until it is changed.
 * Whole numbers throughout, in W·ms.
 */
final class Measurement {
  /** The display has eight digits of kWh; then it begins with 0 again. */
  static final long ROLL_OVER_WH = 100_000_000_000L;

  private static final long PER_WH = 3_600_000;
  private static final int AMBIENT = 235;

  private final boolean reversible;
  private long now;
  private long imported;
  private long exported;
  private long watts;
  private long centivolts;
  private long totalMillis;
  private long workingMillis;
  private long cycleImported;
  private long cycleExported;
  private long cycleImportedFrom = -1;
  private long cycleExportedFrom;

  Measurement(Dmed4Settings settings) {
    this.reversible = settings.model().isReversible();
    this.now = settings.commissioned().toEpochMilli();
    this.imported = settings.importedWh() * PER_WH;
    this.exported = settings.exportedWh() * PER_WH;
  }

  /** Goes on to a time; an earlier one changes nothing. */
  void advance(long millis) {
    long elapsed = Math.max(0, millis - now);
    if (watts > 0) {
      imported += watts * elapsed;
    } else if (reversible) {
      exported -= watts * elapsed;
    }
    totalMillis += elapsed;
    workingMillis += watts == 0 ? 0 : elapsed;
    now += elapsed;
  }

  void load(long power, long voltage) {
    watts = power;
    centivolts = voltage;
  }

  /** A charge cycle begins: its energies count from 0. */
  void beginCycle() {
    cycleImportedFrom = imported;
    cycleExportedFrom = exported;
  }

  /** The charge cycle ends: its energies stay. */
  void endCycle() {
    cycleImported = imported - cycleImportedFrom;
    cycleExported = exported - cycleExportedFrom;
    cycleImportedFrom = -1;
  }

  /** Imported energy in Wh, counted on beyond the roll-over. */
  long importedWh() {
    return imported / PER_WH;
  }

  /** Exported energy in Wh, counted on beyond the roll-over. */
  long exportedWh() {
    return exported / PER_WH;
  }

  long cycleImportedWh() {
    return (cycleImportedFrom < 0 ? cycleImported : imported - cycleImportedFrom) / PER_WH;
  }

  long cycleExportedWh() {
    return (cycleImportedFrom < 0 ? cycleExported : exported - cycleExportedFrom) / PER_WH;
  }

  Readings readings() {
    long current = centivolts == 0 ? 0 : Math.abs(watts) * 1_000_000 / centivolts;
    int warmth = (int) Math.min(600, current / 20_000);
    return new Readings(
        importedWh() % ROLL_OVER_WH,
        cycleImportedWh(),
        exportedWh() % ROLL_OVER_WH,
        cycleExportedWh(),
        (imported + exported) / PER_WH % ROLL_OVER_WH,
        centivolts,
        current,
        reversible ? watts : Math.max(0, watts),
        AMBIENT + warmth,
        AMBIENT - 7 + warmth,
        totalMillis / 1000,
        workingMillis / 1000);
  }
}
