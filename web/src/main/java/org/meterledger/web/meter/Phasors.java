package org.meterledger.web.meter;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.meterledger.archive.PresentRegisters.PresentRegister;
import org.meterledger.metering.ObisCode;

/**
 * Voltages and currents as vectors. Their angles are 81.7.xy of IEC 62056-6-1, against the voltage
 * of L1; power angle and quadrant have no code there (1-128:81.7 and 1-128:130.7). What is not
 * known in length or direction is not drawn.
 */
public final class Phasors {

  private static final List<String> PHASES = List.of("sum", "L1", "L2", "L3");
  private static final int STEP = 20;
  private static final int CURRENT = 11;
  private static final int VOLTAGE = 12;
  private static final int ANGLE = 81;
  private static final int QUADRANT = 130;
  private static final int OF_THE_MAKER = 128;
  private static final int INSTANTANEOUS = 7;
  private static final int LONGEST_VOLTAGE = 100;
  private static final int LONGEST_CURRENT = 70;
  private static final int LABEL = 13;

  /** A current often lies on its voltage: its name stands beside the line. */
  private static final int ASIDE = 10;

  private final Map<ObisCode, PresentRegister> registers = new HashMap<>();

  /**
   * A vector to be drawn; its point and where its name stands are in units of the picture, whose
   * middle is 0,0.
   *
   * @param turn of its head, in degrees of the picture
   */
  public record Vector(
      String name,
      String kind,
      int phase,
      String x,
      String y,
      String nameX,
      String nameY,
      String turn) {}

  /** What is known of a phase; null for what is not. */
  public record Row(
      String phase,
      PresentRegister voltage,
      PresentRegister voltageAngle,
      PresentRegister current,
      PresentRegister currentAngle,
      PresentRegister powerAngle,
      PresentRegister quadrant) {

    boolean empty() {
      return voltageAngle == null && currentAngle == null && powerAngle == null && quadrant == null;
    }
  }

  /** Whether the register has its only place here; the lengths are shown elsewhere, too. */
  boolean take(PresentRegister register) {
    registers.put(register.obis(), register);
    var obis = register.obis();
    if (obis.a() != 1 || obis.d() != INSTANTANEOUS) {
      return false;
    }
    boolean angle = obis.c() == ANGLE && obis.b() == 0 && place(obis.e());
    boolean ofTheMaker =
        obis.b() == OF_THE_MAKER
            && (obis.c() == ANGLE || obis.c() == QUADRANT)
            && obis.e() < PHASES.size();
    return angle || ofTheMaker;
  }

  /** 0, 10 and 20 are the voltages against that of L1, 40, 50 and 60 the currents. */
  private static boolean place(int e) {
    return e % 10 == 0 && e <= 60 && e != 30;
  }

  private PresentRegister at(int b, int c, int e) {
    return registers.get(new ObisCode(1, b, c, INSTANTANEOUS, e, 255));
  }

  public List<Row> getRows() {
    var rows = new ArrayList<Row>();
    for (int phase = 0; phase < PHASES.size(); phase++) {
      var row = row(phase);
      if (!row.empty()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private Row row(int phase) {
    boolean line = phase > 0;
    return new Row(
        PHASES.get(phase),
        line ? at(0, VOLTAGE + STEP * phase, 0) : null,
        line ? at(0, ANGLE, 10 * (phase - 1)) : null,
        line ? at(0, CURRENT + STEP * phase, 0) : null,
        line ? at(0, ANGLE, 40 + 10 * (phase - 1)) : null,
        at(OF_THE_MAKER, ANGLE, phase),
        at(OF_THE_MAKER, QUADRANT, phase));
  }

  public boolean isFilled() {
    return !getRows().isEmpty();
  }

  /** Those that can be drawn. */
  public List<Vector> getVectors() {
    var vectors = new ArrayList<Vector>();
    for (int phase = 1; phase < PHASES.size(); phase++) {
      var row = row(phase);
      if (drawn(row.voltage(), row.voltageAngle())) {
        vectors.add(
            vector("U" + phase, "voltage", phase, row.voltage(), row.voltageAngle(), voltages()));
      }
      if (drawn(row.current(), row.currentAngle())) {
        vectors.add(
            vector("I" + phase, "current", phase, row.current(), row.currentAngle(), currents()));
      }
    }
    return vectors;
  }

  /** Names of the vectors of which only length or direction is known, or which have no length. */
  public List<String> getUndrawn() {
    var undrawn = new ArrayList<String>();
    for (int phase = 1; phase < PHASES.size(); phase++) {
      var row = row(phase);
      if (told(row.voltage(), row.voltageAngle()) && !drawn(row.voltage(), row.voltageAngle())) {
        undrawn.add("U" + phase);
      }
      if (told(row.current(), row.currentAngle()) && !drawn(row.current(), row.currentAngle())) {
        undrawn.add("I" + phase);
      }
    }
    return undrawn;
  }

  public String getUndrawnNames() {
    return String.join(", ", getUndrawn());
  }

  private static boolean told(PresentRegister length, PresentRegister angle) {
    return length != null || angle != null;
  }

  private static boolean drawn(PresentRegister length, PresentRegister angle) {
    return length != null && angle != null && length.quantity().value().signum() > 0;
  }

  private BigDecimal voltages() {
    return longest(VOLTAGE);
  }

  private BigDecimal currents() {
    return longest(CURRENT);
  }

  private BigDecimal longest(int quantity) {
    var longest = BigDecimal.ZERO;
    for (int phase = 1; phase < PHASES.size(); phase++) {
      var register = at(0, quantity + STEP * phase, 0);
      longest = register == null ? longest : longest.max(register.quantity().value());
    }
    return longest;
  }

  private static Vector vector(
      String what,
      String kind,
      int phase,
      PresentRegister length,
      PresentRegister angle,
      BigDecimal longest) {
    boolean voltage = kind.equals("voltage");
    double share = length.quantity().value().divide(longest, MathContext.DECIMAL32).doubleValue();
    double radius = share * (voltage ? LONGEST_VOLTAGE : LONGEST_CURRENT);
    double degrees = angle.quantity().value().doubleValue();
    double radians = Math.toRadians(degrees);
    double name = Math.toRadians(voltage ? degrees : degrees - ASIDE);
    return new Vector(
        what,
        kind,
        phase,
        number(radius * Math.cos(radians)),
        number(-radius * Math.sin(radians)),
        number((radius + LABEL) * Math.cos(name)),
        number(-(radius + LABEL) * Math.sin(name)),
        number(-degrees));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value).replaceFirst("^-0\\.0$", "0.0");
  }
}
