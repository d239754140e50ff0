package org.meterledger.metering;

import java.io.Serializable;

/**
 * Units as coded in IEC 62056-6-2, table "Enumerated values for physical units". A code that the
 * table does not name is a unit too: what a meter gave in it is kept with its number. There is one
 * object for each code.
 */
public final class Unit implements Comparable<Unit>, Serializable {

  private static final long serialVersionUID = 1L;

  private static final int HIGHEST_CODE = 255;
  private static final Unit[] UNITS = new Unit[HIGHEST_CODE + 1];
  private static final String UNNAMED = "unit ";

  public static final Unit YEAR = named(1, "a");
  public static final Unit MONTH = named(2, "mo");
  public static final Unit WEEK = named(3, "wk");
  public static final Unit DAY = named(4, "d");
  public static final Unit HOUR = named(5, "h");
  public static final Unit MINUTE = named(6, "min");
  public static final Unit SECOND = named(7, "s");
  public static final Unit DEGREE = named(8, "°");
  public static final Unit DEGREE_CELSIUS = named(9, "°C");
  public static final Unit CURRENCY = named(10, "currency");
  public static final Unit METRE = named(11, "m");
  public static final Unit METRE_PER_SECOND = named(12, "m/s");
  public static final Unit CUBIC_METRE = named(13, "m³");
  public static final Unit CUBIC_METRE_CORRECTED = named(14, "m³ (corrected)");
  public static final Unit CUBIC_METRE_PER_HOUR = named(15, "m³/h");
  public static final Unit CUBIC_METRE_PER_HOUR_CORRECTED = named(16, "m³/h (corrected)");
  public static final Unit CUBIC_METRE_PER_DAY = named(17, "m³/d");
  public static final Unit CUBIC_METRE_PER_DAY_CORRECTED = named(18, "m³/d (corrected)");
  public static final Unit LITRE = named(19, "l");
  public static final Unit KILOGRAM = named(20, "kg");
  public static final Unit NEWTON = named(21, "N");
  public static final Unit NEWTON_METRE = named(22, "Nm");
  public static final Unit PASCAL = named(23, "Pa");
  public static final Unit BAR = named(24, "bar");
  public static final Unit JOULE = named(25, "J");
  public static final Unit JOULE_PER_HOUR = named(26, "J/h");
  public static final Unit WATT = named(27, "W");
  public static final Unit VOLT_AMPERE = named(28, "VA");
  public static final Unit VAR = named(29, "var");
  public static final Unit WATT_HOUR = named(30, "Wh");
  public static final Unit VOLT_AMPERE_HOUR = named(31, "VAh");
  public static final Unit VAR_HOUR = named(32, "varh");
  public static final Unit AMPERE = named(33, "A");
  public static final Unit COULOMB = named(34, "C");
  public static final Unit VOLT = named(35, "V");
  public static final Unit VOLT_PER_METRE = named(36, "V/m");
  public static final Unit FARAD = named(37, "F");
  public static final Unit OHM = named(38, "Ω");
  public static final Unit OHM_SQUARE_METRE_PER_METRE = named(39, "Ωm²/m");
  public static final Unit WEBER = named(40, "Wb");
  public static final Unit TESLA = named(41, "T");
  public static final Unit AMPERE_PER_METRE = named(42, "A/m");
  public static final Unit HENRY = named(43, "H");
  public static final Unit HERTZ = named(44, "Hz");
  public static final Unit PER_WATT_HOUR = named(45, "1/Wh");
  public static final Unit PER_VAR_HOUR = named(46, "1/varh");
  public static final Unit PER_VOLT_AMPERE_HOUR = named(47, "1/VAh");
  public static final Unit VOLT_SQUARED_HOUR = named(48, "V²h");
  public static final Unit AMPERE_SQUARED_HOUR = named(49, "A²h");
  public static final Unit KILOGRAM_PER_SECOND = named(50, "kg/s");
  public static final Unit SIEMENS = named(51, "S");
  public static final Unit KELVIN = named(52, "K");
  public static final Unit PER_VOLT_SQUARED_HOUR = named(53, "1/(V²h)");
  public static final Unit PER_AMPERE_SQUARED_HOUR = named(54, "1/(A²h)");
  public static final Unit PER_CUBIC_METRE = named(55, "1/m³");
  public static final Unit PERCENT = named(56, "%");
  public static final Unit AMPERE_HOUR = named(57, "Ah");
  public static final Unit WATT_HOUR_PER_CUBIC_METRE = named(60, "Wh/m³");
  public static final Unit JOULE_PER_CUBIC_METRE = named(61, "J/m³");
  public static final Unit MOLE_PERCENT = named(62, "mol%");
  public static final Unit GRAM_PER_CUBIC_METRE = named(63, "g/m³");
  public static final Unit PASCAL_SECOND = named(64, "Pa·s");
  public static final Unit JOULE_PER_KILOGRAM = named(65, "J/kg");
  public static final Unit DECIBEL_MILLIWATT = named(70, "dBm");
  public static final Unit DECIBEL_MICROVOLT = named(71, "dBµV");
  public static final Unit DECIBEL = named(72, "dB");
  public static final Unit OTHER = named(254, "other");
  public static final Unit NONE = named(255, "");

  static {
    for (int code = 0; code <= HIGHEST_CODE; code++) {
      if (UNITS[code] == null) {
        named(code, UNNAMED + code);
      }
    }
  }

  private final int dlmsCode;
  private final transient String symbol;

  private Unit(int dlmsCode, String symbol) {
    this.dlmsCode = dlmsCode;
    this.symbol = symbol;
  }

  private static Unit named(int code, String symbol) {
    UNITS[code] = new Unit(code, symbol);
    return UNITS[code];
  }

  /**
   * The unit of a code, whether the table names it or not.
   *
   * @param dlmsCode 0..255
   * @throws IllegalArgumentException when it lies outside
   */
  public static Unit of(int dlmsCode) {
    if (dlmsCode < 0 || dlmsCode > HIGHEST_CODE) {
      throw new IllegalArgumentException("Unit code out of 0..255: " + dlmsCode);
    }
    return UNITS[dlmsCode];
  }

  /**
   * @throws IllegalArgumentException when no unit has this symbol
   */
  public static Unit ofSymbol(String symbol) {
    for (var unit : UNITS) {
      if (unit.symbol.equals(symbol)) {
        return unit;
      }
    }
    throw new IllegalArgumentException("Unknown unit: " + symbol);
  }

  public int dlmsCode() {
    return dlmsCode;
  }

  /** As printed behind a number; empty for {@link #NONE}, {@code unit 200} for one without name. */
  public String symbol() {
    return symbol;
  }

  /**
   * The unit of the mean of an energy over an interval, and this unit itself where it is no energy.
   */
  public Unit perHour() {
    if (this == WATT_HOUR) {
      return WATT;
    }
    if (this == VOLT_AMPERE_HOUR) {
      return VOLT_AMPERE;
    }
    return this == VAR_HOUR ? VAR : this;
  }

  @Override
  public int compareTo(Unit other) {
    return Integer.compare(dlmsCode, other.dlmsCode);
  }

  /** Of each there is one object only, also where a session was passivated. */
  private Object readResolve() {
    return UNITS[dlmsCode];
  }

  @Override
  public String toString() {
    return symbol;
  }
}
