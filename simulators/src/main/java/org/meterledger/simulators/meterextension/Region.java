package org.meterledger.simulators.meterextension;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** What meters of a region tell: which registers, in which order, how often (manual 3.5.1). */
public enum Region {
  /** Encrypted telegrams every five seconds; the order is that of meters in Tyrol. */
  AUSTRIA(5, true) {
    @Override
    List<Register> registers() {
      List<Register> all = new ArrayList<>();
      for (int phase = 0; phase < 3; phase++) {
        int line = phase;
        all.add(of(32 + 20 * phase + ".7.0", -1, VOLT, load -> load.voltage(line)));
      }
      for (int phase = 0; phase < 3; phase++) {
        int line = phase;
        all.add(of(31 + 20 * phase + ".7.0", -2, AMPERE, load -> load.current(line) / 10));
      }
      all.add(of("1.7.0", 0, WATT, load -> Math.max(0, load.active())));
      all.add(of("2.7.0", 0, WATT, load -> Math.max(0, -load.active())));
      all.add(of("1.8.0", 0, WATT_HOUR, load -> load.energy(0)));
      all.add(of("2.8.0", 0, WATT_HOUR, load -> load.energy(1)));
      all.add(of("3.8.0", 0, VAR_HOUR, load -> load.energy(2)));
      all.add(of("4.8.0", 0, VAR_HOUR, load -> load.energy(3)));
      return all;
    }
  },
  /** Power every ten seconds, energies only with the telegram at the full hour. */
  NORWAY(10, false) {
    @Override
    List<Register> registers() {
      return List.of(
          of("1.7.0", 0, WATT, load -> Math.max(0, load.active())),
          of("2.7.0", 0, WATT, load -> Math.max(0, -load.active())),
          of("3.7.0", 0, VAR, load -> Math.max(0, load.reactive())),
          of("4.7.0", 0, VAR, load -> Math.max(0, -load.reactive())),
          of("31.7.0", -3, AMPERE, load -> load.current(0)),
          of("51.7.0", -3, AMPERE, load -> load.current(1)),
          of("71.7.0", -3, AMPERE, load -> load.current(2)),
          of("32.7.0", -1, VOLT, load -> load.voltage(0)),
          of("52.7.0", -1, VOLT, load -> load.voltage(1)),
          of("72.7.0", -1, VOLT, load -> load.voltage(2)),
          of("1.8.0", 1, WATT_HOUR, load -> load.energy(0) / 10).everyHour(),
          of("2.8.0", 1, WATT_HOUR, load -> load.energy(1) / 10).everyHour(),
          of("3.8.0", 1, VAR_HOUR, load -> load.energy(2) / 10).everyHour(),
          of("4.8.0", 1, VAR_HOUR, load -> load.energy(3) / 10).everyHour());
    }
  },
  /** Two rates and no totals, every second. */
  NETHERLANDS(1, false) {
    @Override
    List<Register> registers() {
      return List.of(
          of("1.8.1", 0, WATT_HOUR, load -> load.energy(0, 2)),
          of("1.8.2", 0, WATT_HOUR, load -> load.energy(0, 1)),
          of("2.8.1", 0, WATT_HOUR, load -> load.energy(1, 2)),
          of("2.8.2", 0, WATT_HOUR, load -> load.energy(1, 1)),
          of("1.7.0", 0, WATT, load -> Math.max(0, load.active())),
          of("2.7.0", 0, WATT, load -> Math.max(0, -load.active())),
          of("32.7.0", -1, VOLT, load -> load.voltage(0)),
          of("31.7.0", 0, AMPERE, load -> load.current(0) / 1000));
    }
  },
  /** Energy to the tenth of a Wh, power with its sign, the quality of the net. */
  GERMANY(1, false) {
    @Override
    List<Register> registers() {
      return List.of(
          of("1.8.0", -1, WATT_HOUR, Consumption::fineImport),
          of("2.8.0", 0, WATT_HOUR, load -> load.energy(1)),
          of("16.7.0", 0, WATT, Consumption::active),
          of("32.7.0", -1, VOLT, load -> load.voltage(0)),
          of("52.7.0", -1, VOLT, load -> load.voltage(1)),
          of("72.7.0", -1, VOLT, load -> load.voltage(2)),
          of("33.7.0", -2, NO_UNIT, load -> load.powerFactor(0)),
          of("14.7.0", -1, HERTZ, Consumption::frequency));
    }
  },
  /** Each register that the manual lists (4.2), and each unit; no such meter exists. */
  EVERYTHING(5, false) {
    @Override
    List<Register> registers() {
      return ListedRegisters.all();
    }
  };

  private static final int WATT = 27;
  private static final int VAR = 29;
  private static final int WATT_HOUR = 30;
  private static final int VAR_HOUR = 32;
  private static final int AMPERE = 33;
  private static final int VOLT = 35;
  private static final int HERTZ = 44;
  private static final int NO_UNIT = 255;

  private final Duration telegrams;
  private final boolean encrypted;

  Region(int seconds, boolean encrypted) {
    this.telegrams = Duration.ofSeconds(seconds);
    this.encrypted = encrypted;
  }

  /** In the order in which they are told. */
  abstract List<Register> registers();

  /** The time from one telegram to the next. */
  public Duration telegrams() {
    return telegrams;
  }

  /** Whether a box needs the key of the meter (manual 3.5.2). */
  public boolean encrypted() {
    return encrypted;
  }

  private static Register of(
      String quantity, int scale, int unit, ToLongFunction<Consumption> value) {
    return Register.of("1-0:" + quantity + ".255", scale, unit, value);
  }
}
