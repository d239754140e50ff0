package org.meterledger.web.meter;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.meterledger.archive.PresentRegisters.PresentRegister;
import org.meterledger.metering.ObisCode;

/**
 * Harmonics of the voltages or of the currents as bars, with total harmonic distortion (value group
 * E of IEC 62056-6-1 is the harmonic, and 124 the distortion).
 */
public final class Harmonics {

  /** As many as a picture has room for. */
  public static final int MOST = 16;

  private static final int DISTORTION = 124;
  private static final int INSTANTANEOUS = 7;
  private static final int BETWEEN_LINES = 128;
  private static final int STEP = 20;
  private static final int CURRENT = 11;
  private static final int VOLTAGE = 12;
  private static final int NEUTRAL = 91;
  private static final int HEIGHT = 150;
  private static final int GROUP = 38;
  private static final int BARS = 32;

  private final boolean voltage;
  private final Map<String, TreeMap<Integer, PresentRegister>> lines = new LinkedHashMap<>();

  Harmonics(boolean voltage) {
    this.voltage = voltage;
  }

  /** A bar, in units of the picture. */
  public record Bar(
      int line,
      String name,
      PresentRegister value,
      String x,
      String y,
      String width,
      String height) {}

  /** Whether the register is one of these. */
  boolean take(PresentRegister register) {
    var obis = register.obis();
    var line = line(obis);
    boolean harmonic = obis.e() >= 1 && obis.e() <= MOST || obis.e() == DISTORTION;
    if (obis.a() != 1 || obis.d() != INSTANTANEOUS || line == null || !harmonic) {
      return false;
    }
    lines.computeIfAbsent(line, name -> new TreeMap<>()).put(obis.e(), register);
    return true;
  }

  /** Null where it is none of these. */
  private String line(ObisCode obis) {
    if (obis.b() == 0 && obis.c() == NEUTRAL) {
      return voltage ? null : "N";
    }
    int phase = (obis.c() - (voltage ? VOLTAGE : CURRENT)) / STEP;
    if (phase < 1 || phase > 3 || (obis.c() - (voltage ? VOLTAGE : CURRENT)) % STEP != 0) {
      return null;
    }
    if (obis.b() == BETWEEN_LINES && voltage) {
      return List.of("L1-L2", "L2-L3", "L1-L3").get(phase - 1);
    }
    return obis.b() == 0 ? "L" + phase : null;
  }

  public String getKind() {
    return voltage ? "voltage" : "current";
  }

  public boolean isFilled() {
    return !lines.isEmpty();
  }

  public List<String> getLines() {
    return List.copyOf(lines.keySet());
  }

  public List<Integer> getOrders() {
    return IntStream.rangeClosed(1, MOST).boxed().toList();
  }

  /** Null where it is not known. */
  public PresentRegister value(String line, int order) {
    return lines.get(line).get(order);
  }

  public PresentRegister distortion(String line) {
    return lines.get(line).get(DISTORTION);
  }

  /**
   * What the top of the picture stands for. A first one that is the whole wave would leave nothing
   * of the others to be seen, so they set the scale; null where all are zero.
   */
  public BigDecimal getTop() {
    var others = highest(2);
    var top = others.signum() > 0 ? others : highest(1);
    return top.signum() > 0 ? top : null;
  }

  private BigDecimal highest(int first) {
    return lines.values().stream()
        .flatMap(orders -> orders.subMap(first, MOST + 1).values().stream())
        .map(register -> register.quantity().value())
        .reduce(BigDecimal.ZERO, BigDecimal::max);
  }

  /** Bars that stand as high as the picture may be higher. */
  public List<Bar> getBars() {
    var bars = new ArrayList<Bar>();
    var top = getTop();
    if (top == null) {
      return bars;
    }
    double width = (double) BARS / lines.size();
    int number = 0;
    for (var line : lines.entrySet()) {
      for (var each : line.getValue().headMap(MOST + 1).entrySet()) {
        double height =
            Math.max(
                0,
                Math.min(
                    HEIGHT,
                    each.getValue()
                            .quantity()
                            .value()
                            .divide(top, MathContext.DECIMAL32)
                            .doubleValue()
                        * HEIGHT));
        bars.add(
            new Bar(
                number,
                line.getKey(),
                each.getValue(),
                decimal((each.getKey() - 1) * GROUP + number * width),
                decimal(HEIGHT - height),
                decimal(width - 1),
                decimal(height)));
      }
      number++;
    }
    return bars;
  }

  /** Where the number of a harmonic stands. */
  public int middle(int order) {
    return (order - 1) * GROUP + BARS / 2;
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
