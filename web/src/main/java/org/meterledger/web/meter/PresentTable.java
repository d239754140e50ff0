package org.meterledger.web.meter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.meterledger.archive.PresentRegisters.PresentRegister;
import org.meterledger.metering.ObisCode;

/**
 * Present registers as people compare them: one line per quantity, the phases side by side.
 *
 * <p>Value group C of IEC 62056-6-1 counts the phases in steps of 20: 1..20 is the sum of all,
 * 21..40 is L1, and so on; 90 and 91 are the currents' sum and the neutral's.
 */
public final class PresentTable {

  private static final int MINIMUM = 3;
  private static final int MAXIMUM = 6;
  private static final int INSTANTANEOUS = 7;
  private static final int TIME_INTEGRAL = 8;
  private static final int ERROR = 97;
  private static final int STEP = 20;
  private static final int LAST_PHASE = 80;
  private static final int CURRENT = 11;
  private static final int SUM_OF_CURRENTS = 90;
  private static final int CURRENT_OF_NEUTRAL = 91;
  private static final List<String> COLUMNS = List.of("sum", "L1", "L2", "L3", "N");

  /** A quantity with its registers by phase. */
  public record Line(int quantity, Map<String, PresentRegister> phases) {}

  /** An energy register with its rates: 0 is the total. */
  public record Energy(int quantity, Map<Integer, PresentRegister> rates) {}

  /** The lowest and highest value of one quantity in one phase. */
  public record Extreme(
      int quantity, String phase, PresentRegister lowest, PresentRegister highest) {}

  private final Map<Integer, Line> lines = new LinkedHashMap<>();
  private final Map<Integer, Energy> energies = new LinkedHashMap<>();
  private final Map<Integer, Map<String, Extreme>> extremes = new LinkedHashMap<>();
  private final TreeSet<Integer> phases = new TreeSet<>();
  private final TreeSet<Integer> rates = new TreeSet<>();
  private final Map<Integer, Line> energiesByPhase = new LinkedHashMap<>();
  private final TreeSet<Integer> energyPhases = new TreeSet<>();
  private final PortTable ports = new PortTable();
  private final Phasors phasors = new Phasors();
  private final Harmonics voltageHarmonics = new Harmonics(true);
  private final Harmonics currentHarmonics = new Harmonics(false);
  private final List<PresentRegister> flags = new ArrayList<>();
  private final List<PresentRegister> others = new ArrayList<>();
  private Instant readAt;

  public PresentTable(List<PresentRegister> registers) {
    registers.forEach(this::place);
  }

  private void place(PresentRegister register) {
    var obis = register.obis();
    readAt = readAt == null || register.readAt().isAfter(readAt) ? register.readAt() : readAt;
    boolean placed =
        phasors.take(register)
            || ports.take(register)
            || voltageHarmonics.take(register)
            || currentHarmonics.take(register);
    if (placed) {
      return;
    }
    if (obis.a() == 0 && obis.c() == ERROR && obis.d() == ERROR) {
      flags.add(register);
      return;
    }
    if (energyOfPhase(obis)) {
      energyPhases.add(phase(obis));
      energiesByPhase
          .computeIfAbsent(quantity(obis), c -> new Line(c, new LinkedHashMap<>()))
          .phases()
          .put(COLUMNS.get(phase(obis)), register);
      return;
    }
    if (!compared(obis)) {
      others.add(register);
      return;
    }
    switch (obis.d()) {
      case TIME_INTEGRAL:
        rates.add(obis.e());
        energies
            .computeIfAbsent(obis.c(), c -> new Energy(c, new LinkedHashMap<>()))
            .rates()
            .put(obis.e(), register);
        break;
      case INSTANTANEOUS:
        phases.add(phase(obis));
        lines
            .computeIfAbsent(quantity(obis), c -> new Line(c, new LinkedHashMap<>()))
            .phases()
            .put(COLUMNS.get(phase(obis)), register);
        break;
      case MINIMUM, MAXIMUM:
        extremes
            .computeIfAbsent(quantity(obis), c -> new LinkedHashMap<>())
            .merge(COLUMNS.get(phase(obis)), extreme(register), PresentTable::both);
        break;
      default:
        break;
    }
  }

  /** Whether it has a place beside others; what a maker defines has none. */
  private static boolean compared(ObisCode obis) {
    if (obis.a() != 1 || obis.b() != 0) {
      return false;
    }
    boolean ofPhase =
        obis.c() > 0 && obis.c() <= LAST_PHASE
            || obis.c() == SUM_OF_CURRENTS
            || obis.c() == CURRENT_OF_NEUTRAL;
    return obis.d() == TIME_INTEGRAL ? obis.c() <= STEP : ofPhase && obis.e() == 0;
  }

  private static boolean energyOfPhase(ObisCode obis) {
    return obis.a() == 1
        && obis.b() == 0
        && obis.c() > STEP
        && obis.c() <= LAST_PHASE
        && obis.d() == TIME_INTEGRAL
        && obis.e() == 0;
  }

  private static Extreme extreme(PresentRegister register) {
    var obis = register.obis();
    boolean lowest = obis.d() == MINIMUM;
    return new Extreme(
        quantity(obis),
        COLUMNS.get(phase(obis)),
        lowest ? register : null,
        lowest ? null : register);
  }

  private static Extreme both(Extreme one, Extreme other) {
    return new Extreme(
        one.quantity(),
        one.phase(),
        one.lowest() == null ? other.lowest() : one.lowest(),
        one.highest() == null ? other.highest() : one.highest());
  }

  private static int phase(ObisCode obis) {
    if (obis.c() == SUM_OF_CURRENTS) {
      return 0;
    }
    return obis.c() == CURRENT_OF_NEUTRAL ? COLUMNS.size() - 1 : (obis.c() - 1) / STEP;
  }

  private static int quantity(ObisCode obis) {
    if (obis.c() == SUM_OF_CURRENTS || obis.c() == CURRENT_OF_NEUTRAL) {
      return CURRENT;
    }
    return (obis.c() - 1) % STEP + 1;
  }

  public boolean isFilled() {
    return readAt != null;
  }

  /** Null while there is nothing. */
  public Instant getReadAt() {
    return readAt;
  }

  public List<Line> getLines() {
    return List.copyOf(lines.values());
  }

  public List<Energy> getEnergies() {
    return List.copyOf(energies.values());
  }

  public List<Extreme> getExtremes() {
    var all = new ArrayList<Extreme>();
    extremes.values().forEach(byPhase -> all.addAll(byPhase.values()));
    return all;
  }

  /** Registers that stand for themselves, in the order of the model's table. */
  public List<PresentRegister> getOthers() {
    return List.copyOf(others);
  }

  /** Energy of single phases. */
  public List<Line> getEnergiesByPhase() {
    return List.copyOf(energiesByPhase.values());
  }

  public List<String> getEnergyPhases() {
    return energyPhases.stream().map(COLUMNS::get).toList();
  }

  public List<PortTable.Port> getPorts() {
    return ports.getPorts();
  }

  /** Registers whose bits are flags. */
  public List<PresentRegister> getFlags() {
    return List.copyOf(flags);
  }

  public Phasors getPhasors() {
    return phasors;
  }

  /** Of the voltages and of the currents, as far as there are any. */
  public List<Harmonics> getHarmonics() {
    return Stream.of(voltageHarmonics, currentHarmonics).filter(Harmonics::isFilled).toList();
  }

  /** Columns that hold anything: the sum, L1, L2, L3 and the neutral. */
  public List<String> getPhases() {
    return phases.stream().map(COLUMNS::get).toList();
  }

  public List<Integer> getRates() {
    return List.copyOf(rates);
  }
}
