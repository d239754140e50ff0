package org.meterledger.simulators.g13;

import java.util.ArrayList;
import java.util.List;
import org.meterledger.simulators.Mains;

/** What a meter's instruments show: functions of the slot's load, in the units of the quantity. */
final class Instruments {
  static final int HARMONICS = 16;

  private static final List<String> LINES = List.of("L1", "L2", "L3");
  private static final int TOTAL = 3;
  private static final int SLOTS_KEPT = 16;

  private final Mains mains;
  private final int phases;

  /** The slots of an hour and some more, as means over an hour ask for them again and again. */
  private final long[][] states = new long[SLOTS_KEPT][];

  private final long[] slots = new long[SLOTS_KEPT];
  private long[] state;
  private long slot;

  Instruments(Mains mains, int phases) {
    this.mains = mains;
    this.phases = phases;
  }

  double value(Quantity quantity, long second) {
    fill(Math.floorDiv(second, (long) Mains.SLOT_SECONDS));
    String place = quantity.place();
    int line = LINES.indexOf(place);
    return switch (quantity.kind()) {
      case POWER -> power(quantity.component(), line);
      case VOLTAGE -> line >= 0 ? voltage(line) : between(place);
      case CURRENT -> line >= 0 ? Math.abs(state[Mains.I + line]) / 1000.0 : neutral();
      case POWER_FACTOR -> factor(line);
      case PHASE_ANGLE -> angle(quantity.component(), line);
      case QUADRANT -> quadrant(line);
      case FREQUENCY -> state[Mains.F] / 10.0 + (mains.dice(slot, 90, 9) - 4) / 100.0;
      case THD -> distortion(quantity);
      default -> throw new IllegalArgumentException(quantity.name() + " is not momentary");
    };
  }

  /** Harmonics 2 to 17 in percent, falling. */
  List<Double> harmonics(Quantity quantity, long second) {
    double first = value(quantity, second);
    List<Double> harmonics = new ArrayList<>();
    for (int order = 2; order < HARMONICS + 2; order++) {
      double odd = order % 2 == 1 ? 1 : 0.2;
      harmonics.add(Math.round(first * odd * 20 / order) / 10.0);
    }
    return harmonics;
  }

  private void fill(long wanted) {
    int place = (int) Math.floorMod(wanted, (long) SLOTS_KEPT);
    slot = wanted;
    if (states[place] == null || slots[place] != wanted) {
      states[place] = compute(wanted);
      slots[place] = wanted;
    }
    state = states[place];
  }

  private long[] compute(long wanted) {
    long[] computed = new long[Mains.SIZE];
    mains.fill(wanted, computed);
    for (int line = phases; line < LINES.size(); line++) {
      computed[Mains.P + line] = 0;
      computed[Mains.Q + line] = 0;
    }
    Mains.derive(computed);
    return computed;
  }

  private double power(String component, int line) {
    double active = active(line);
    double reactive = reactive(line);
    return switch (component) {
      case "ACTIVE_NET" -> active;
      case "REACTIVE_NET" -> reactive;
      default -> apparent(line);
    };
  }

  private double active(int line) {
    return state[Mains.P + (line < 0 ? TOTAL : line)];
  }

  private double reactive(int line) {
    return state[Mains.Q + (line < 0 ? TOTAL : line)];
  }

  /** The sum of the lines' apparent powers for the total, as the energies are summed. */
  private double apparent(int line) {
    if (line >= 0) {
      return Math.rint(Math.hypot(active(line), reactive(line)));
    }
    return apparent(0) + apparent(1) + apparent(2);
  }

  private double voltage(int line) {
    return state[Mains.U + line] / 10.0;
  }

  private double between(String pair) {
    double one = voltage(LINES.indexOf(pair.substring(0, 2)));
    double other = voltage(LINES.indexOf(pair.substring(3)));
    return Math.sqrt(one * one + other * other + one * other);
  }

  private double neutral() {
    return state[Mains.NEUTRAL] / 1000.0;
  }

  private double factor(int line) {
    double apparent = Math.hypot(active(line), reactive(line));
    return apparent == 0 ? 1 : active(line) / apparent;
  }

  private double angle(String component, int line) {
    double power = Math.toDegrees(Math.atan2(reactive(line), active(line)));
    double voltage = line <= 0 ? 0 : line == 1 ? -120 : 120;
    return switch (component) {
      case "POWER" -> power;
      case "VOLTAGE" -> voltage;
      default -> Math.IEEEremainder(voltage - power, 360);
    };
  }

  private int quadrant(int line) {
    boolean imports = active(line) >= 0;
    return reactive(line) >= 0 ? imports ? 1 : 2 : imports ? 4 : 3;
  }

  private double distortion(Quantity quantity) {
    boolean voltage = quantity.component().equals("VOLTAGE");
    int salt = 100 + quantity.place().hashCode() % 50;
    return voltage ? 1 + mains.dice(slot, salt, 30) / 10.0 : 5 + mains.dice(slot, salt, 250) / 10.0;
  }
}
