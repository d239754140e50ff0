package org.meterledger.simulators.g13;

import static org.meterledger.simulators.g13.Component.ACTIVE_IMPORT;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.meterledger.simulators.Mains;

/** The value of every quantity of one meter at every second of its life until now. */
final class Registers {
  private static final int PORTS = 4;
  private static final BigDecimal SECONDS_OF_HOUR = BigDecimal.valueOf(3600);
  private static final BigDecimal WATT_SECONDS_OF_KWH = BigDecimal.valueOf(3_600_000);

  private final Timeline timeline;
  private final Instruments instruments;
  private final Mains mains;
  private final Tariffs tariffs;
  private final Map<String, History<BigDecimal>> factors;
  private final Map<Component, History<Boolean>> resets;
  private final List<History<Boolean>> countersReset = new ArrayList<>();
  private final long[] first = new long[Component.PLACES];

  /**
   * @param start true second when counting began
   */
  Registers(Timeline timeline, Tariffs tariffs, Energies energies, int phases, long start) {
    this.timeline = timeline;
    this.tariffs = tariffs;
    this.mains = energies.mains();
    this.instruments = new Instruments(mains, phases);
    this.factors =
        Map.of(
            "CO2", new History<>(start, new BigDecimal("0.500")),
            "CURRENCY", new History<>(start, new BigDecimal("1.000")));
    this.resets =
        Map.of(
            ACTIVE_IMPORT,
            new History<>(start, true),
            Component.ACTIVE_EXPORT,
            new History<>(start, true),
            Component.REACTIVE_IMPORT,
            new History<>(start, true),
            Component.REACTIVE_EXPORT,
            new History<>(start, true));
    for (int port = 0; port < PORTS; port++) {
      countersReset.add(new History<>(start, true));
    }
    for (int line = 0; line < phases; line++) {
      long read = 3_600_000L * mains.dice(line, 80, 9000);
      first[ACTIVE_IMPORT.place(line)] = read;
      first[Component.REACTIVE_IMPORT.place(line)] = read / 5;
      first[Component.APPARENT_IMPORT.place(line)] = read / 50 * 51;
    }
  }

  /** The value at a second, with the quantity's decimals, in its unit. */
  BigDecimal value(Quantity quantity, long second) {
    return switch (quantity.kind()) {
      case ENERGY -> hours(energy(quantity, second), quantity.decimals());
      case RATE -> {
        int tariff = quantity.place().charAt(1) - '0';
        Component component = Component.valueOf(quantity.component());
        // What the meter had read when it was commissioned was counted in tariff 1.
        long read = tariff == 1 ? first(component) : 0;
        yield hours(read + tariffs.counted(second, component, tariff), quantity.decimals());
      }
      case RESETTABLE -> {
        Component component = Component.valueOf(quantity.component());
        long since = resets.get(component).at(second).since();
        yield hours(total(component, second) - total(component, since), quantity.decimals());
      }
      case RESET_COUNT ->
          BigDecimal.valueOf(
              resets.get(Component.valueOf(quantity.component())).changesUntil(second));
      case CONVERTED -> converted(quantity, second);
      case FACTOR -> factors.get(quantity.component()).at(second).value();
      case INPUT_COUNT -> BigDecimal.valueOf(pulses(quantity.place().charAt(1) - '1', second));
      case OBJECT -> throw new IllegalArgumentException(quantity.name() + " has no value");
      default -> rounded(instruments.value(quantity, second), quantity.decimals());
    };
  }

  /** The mean between two seconds; of an energy, its power. */
  BigDecimal mean(Quantity quantity, long from, long to) {
    if (quantity.kind() == Quantity.Kind.ENERGY || quantity.kind() == Quantity.Kind.POWER) {
      long flowed = energy(quantity, to) - energy(quantity, from);
      return BigDecimal.valueOf(flowed)
          .divide(BigDecimal.valueOf(to - from), 0, RoundingMode.HALF_UP);
    }
    if (quantity.counts()) {
      return value(quantity, to).subtract(value(quantity, from));
    }
    double sum = 0;
    long at = from;
    while (at < to) {
      long end = Math.min(to, (Math.floorDiv(at, Mains.SLOT_SECONDS) + 1L) * Mains.SLOT_SECONDS);
      sum += instruments.value(quantity, at) * (end - at);
      at = end;
    }
    return rounded(sum / (to - from), quantity.decimals());
  }

  List<Double> harmonics(Quantity quantity, long second) {
    return instruments.harmonics(quantity, second);
  }

  void setFactor(String name, long now, BigDecimal factor) {
    factors.get(name).set(now, factor);
  }

  void reset(Component component, long now) {
    resets.get(component).set(now, true);
  }

  /** Sets the counter of an input to 0; ports count from 0. */
  void resetCounter(int port, long now) {
    countersReset.get(port).set(now, true);
  }

  /** Impulses on an input since its counter was reset; ports count from 0. */
  long pulses(int port, long second) {
    long distance = 20 + mains.dice(port, 81, 100);
    return (second - countersReset.get(port).at(second).since()) / distance;
  }

  private BigDecimal converted(Quantity quantity, long second) {
    List<History.Entry<BigDecimal>> entries = factors.get(quantity.component()).entries();
    BigDecimal sum = BigDecimal.ZERO;
    for (int number = 0;
        number < entries.size() && entries.get(number).since() < second;
        number++) {
      boolean last = number == entries.size() - 1;
      long end = last ? second : Math.min(second, entries.get(number + 1).since());
      long flowed = total(ACTIVE_IMPORT, end) - total(ACTIVE_IMPORT, entries.get(number).since());
      sum = sum.add(entries.get(number).value().multiply(BigDecimal.valueOf(flowed)));
    }
    return sum.divide(WATT_SECONDS_OF_KWH, quantity.decimals(), RoundingMode.DOWN);
  }

  /** In W s; of a power, the energy whose slope it is. */
  private long energy(Quantity quantity, long second) {
    String component = quantity.component();
    int line = "L1L2L3".indexOf(quantity.place()) / 2;
    boolean total = quantity.place().equals("TOTAL");
    if (component.equals("APPARENT_NET") && quantity.kind() == Quantity.Kind.POWER) {
      return both(Component.APPARENT_IMPORT, Component.APPARENT_EXPORT, 1, total, line, second);
    }
    if (!component.endsWith("_NET")) {
      return one(Component.valueOf(component), total, line, second);
    }
    String kind = component.substring(0, component.length() - 3);
    Component imported = Component.valueOf(kind + "IMPORT");
    return both(imported, Component.values()[imported.ordinal() + 1], -1, total, line, second);
  }

  private long both(
      Component one, Component other, int sign, boolean total, int line, long second) {
    return one(one, total, line, second) + sign * one(other, total, line, second);
  }

  private long one(Component component, boolean total, int line, long second) {
    return total ? total(component, second) : counted(component.place(line), second);
  }

  private long total(Component component, long second) {
    long total = 0;
    for (int line = 0; line < Component.LINES; line++) {
      total += counted(component.place(line), second);
    }
    return total;
  }

  private long first(Component component) {
    long total = 0;
    for (int line = 0; line < Component.LINES; line++) {
      total += first[component.place(line)];
    }
    return total;
  }

  private long counted(int place, long second) {
    return first[place] + timeline.counted(second, place);
  }

  private static BigDecimal hours(long wattSeconds, int decimals) {
    // A register shows what is full, never more than has flowed.
    return BigDecimal.valueOf(wattSeconds).divide(SECONDS_OF_HOUR, decimals, RoundingMode.DOWN);
  }

  private static BigDecimal rounded(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
  }
}
