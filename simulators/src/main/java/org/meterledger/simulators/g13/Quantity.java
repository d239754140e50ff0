package org.meterledger.simulators.g13;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One row of quantities.csv: a number of the parameter mapping (N28) and what stands behind it.
 *
 * @param component which energy, power, angle or factor; empty where there is only one
 * @param place line, pair of lines, rate (T1 …) or port (P1 …); empty where there is only one
 * @param unit empty for none
 * @param obis six groups with dots, empty for none
 */
record Quantity(
    int id,
    String name,
    Kind kind,
    String component,
    String place,
    String unit,
    int decimals,
    String obis) {

  /** How a quantity is computed. */
  enum Kind {
    ENERGY,
    RATE,
    POWER,
    VOLTAGE,
    CURRENT,
    POWER_FACTOR,
    PHASE_ANGLE,
    QUADRANT,
    FREQUENCY,
    THD,
    INPUT_COUNT,
    FACTOR,
    CONVERTED,
    RESETTABLE,
    RESET_COUNT,
    /** A setting or a list; has no single value. */
    OBJECT
  }

  /** How the names of objects begin that a meter has together with a function. */
  private static final Map<String, Level.Function> OBJECTS =
      Map.of(
          "IO_", Level.Function.PORTS,
          "TARIFF_", Level.Function.TARIFFS,
          "PREVIOUS_VALUES", Level.Function.PREVIOUS_VALUES,
          "DEMAND", Level.Function.DEMAND,
          "LOAD_PROFILE_", Level.Function.LOAD_PROFILES,
          "ALARM_", Level.Function.ALARMS,
          "NRG_CONVERSION_", Level.Function.CONVERSION);

  private static final SortedMap<Integer, Quantity> ALL = load();
  private static final Map<String, Quantity> BY_OBIS =
      ALL.values().stream()
          .filter(each -> !each.obis.isEmpty())
          .collect(Collectors.toMap(Quantity::obis, Function.identity()));

  static Iterable<Quantity> all() {
    return ALL.values();
  }

  static Optional<Quantity> of(int id) {
    return Optional.ofNullable(ALL.get(id));
  }

  static Optional<Quantity> ofObis(String obis) {
    return Optional.ofNullable(BY_OBIS.get(obis));
  }

  /** As previous values and demand name it: {@code active_import_total} (N69, N77). */
  String mappingName() {
    return name.toLowerCase(Locale.ROOT).replace("_energy", "");
  }

  /** Whether the value counts up and is captured as it stands, not as a mean. */
  boolean counts() {
    return switch (kind) {
      case ENERGY, RATE, INPUT_COUNT, CONVERTED, RESETTABLE, RESET_COUNT, FACTOR -> true;
      default -> false;
    };
  }

  /** Whether a meter of this type measures it. */
  boolean isOn(Label label) {
    boolean lineThere =
        label.phases() == 3 || List.of("L1", "TOTAL", "").contains(place) || hasNoLine();
    return lineThere
        && (!component.startsWith("REACTIVE") && !component.startsWith("APPARENT")
            || label.can(Level.Function.REACTIVE))
        && (!component.equals("ACTIVE_EXPORT")
                && !(component.equals("ACTIVE_NET") && kind == Kind.ENERGY)
            || label.can(Level.Function.EXPORT))
        && switch (kind) {
          case RATE -> label.can(Level.Function.TARIFFS);
          case PHASE_ANGLE, QUADRANT -> label.can(Level.Function.PHASE_ANGLES);
          case THD -> label.can(Level.Function.HARMONICS);
          case INPUT_COUNT -> label.can(Level.Function.PORTS);
          case FACTOR, CONVERTED -> label.can(Level.Function.CONVERSION);
          case RESETTABLE, RESET_COUNT -> label.can(Level.Function.RESETTABLE);
          case OBJECT ->
              OBJECTS.entrySet().stream()
                  .filter(each -> name.startsWith(each.getKey()))
                  .allMatch(each -> label.can(each.getValue()));
          default -> true;
        };
  }

  private boolean hasNoLine() {
    return kind == Kind.RATE || kind == Kind.INPUT_COUNT || kind == Kind.OBJECT;
  }

  private static SortedMap<Integer, Quantity> load() {
    SortedMap<Integer, Quantity> table = new TreeMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Quantity.class.getResourceAsStream("quantities.csv"), StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> Character.isDigit(line.charAt(0)))
          .map(line -> line.split(",", -1))
          .map(Quantity::of)
          .forEach(each -> table.put(each.id, each));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return table;
  }

  private static Quantity of(String[] columns) {
    return new Quantity(
        Integer.parseInt(columns[0]),
        columns[1],
        Kind.valueOf(columns[2]),
        columns[3],
        columns[4],
        columns[5],
        Integer.parseInt(columns[6]),
        columns[7]);
  }
}
