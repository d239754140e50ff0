package org.meterledger.metering;

import java.util.stream.Stream;

/** Units as coded in IEC 62056-6-2, table "Enumerated values for physical units". */
public enum Unit {
  SECOND(7, "s"),
  DEGREE(8, "°"),
  DEGREE_CELSIUS(9, "°C"),
  CURRENCY(10, "currency"),
  KILOGRAM(20, "kg"),
  WATT(27, "W"),
  VOLT_AMPERE(28, "VA"),
  VAR(29, "var"),
  WATT_HOUR(30, "Wh"),
  VOLT_AMPERE_HOUR(31, "VAh"),
  VAR_HOUR(32, "varh"),
  AMPERE(33, "A"),
  VOLT(35, "V"),
  HERTZ(44, "Hz"),
  PERCENT(56, "%"),
  OTHER(254, "other"),
  NONE(255, "");

  private final int dlmsCode;
  private final String symbol;

  Unit(int dlmsCode, String symbol) {
    this.dlmsCode = dlmsCode;
    this.symbol = symbol;
  }

  /**
   * @throws IllegalArgumentException when no unit has this symbol
   */
  public static Unit ofSymbol(String symbol) {
    return Stream.of(values())
        .filter(unit -> unit.symbol.equals(symbol))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Unknown unit: " + symbol));
  }

  public int dlmsCode() {
    return dlmsCode;
  }

  /** As printed behind a number; empty for {@link #NONE}. */
  public String symbol() {
    return symbol;
  }

  /**
   * The unit of the mean of an energy over an interval, and this unit itself where it is no energy.
   */
  public Unit perHour() {
    switch (this) {
      case WATT_HOUR:
        return WATT;
      case VOLT_AMPERE_HOUR:
        return VOLT_AMPERE;
      case VAR_HOUR:
        return VAR;
      default:
        return this;
    }
  }
}
