package org.meterledger.driver.g13;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.meterledger.metering.Unit;

/** The units that a gateway prints. */
final class Units {

  /** The manual's examples print W and Wh for reactive and apparent values, too. */
  private static final List<Set<Unit>> ALIKE =
      List.of(
          Set.of(Unit.WATT, Unit.VAR, Unit.VOLT_AMPERE),
          Set.of(Unit.WATT_HOUR, Unit.VAR_HOUR, Unit.VOLT_AMPERE_HOUR));

  private Units() {}

  private record Scaled(Unit unit, int exponent) {}

  /**
   * The value in a unit; of one that is not told, it is taken to be in that unit. What is counted
   * has no unit, whatever the gateway calls it.
   */
  static BigDecimal in(Unit unit, Measured measured) {
    if (measured.unit().isEmpty() || unit == Unit.NONE) {
      return measured.value();
    }
    var told = of(measured.unit());
    var alike =
        told.unit() == unit
            || ALIKE.stream().anyMatch(some -> some.contains(told.unit()) && some.contains(unit));
    if (!alike) {
      throw new BadAnswer("has " + measured.unit() + " where " + unit + " is measured");
    }
    var exact = measured.value().scaleByPowerOfTen(told.exponent());
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }

  /** None where the gateway prints none, or one that is not known. */
  static Unit unit(String text) {
    try {
      return of(text).unit();
    } catch (BadAnswer e) {
      return Unit.NONE;
    }
  }

  private static Scaled of(String text) {
    switch (text.toLowerCase(Locale.ROOT)) {
      case "wh":
        return new Scaled(Unit.WATT_HOUR, 0);
      case "kwh":
        return new Scaled(Unit.WATT_HOUR, 3);
      case "mwh":
        return new Scaled(Unit.WATT_HOUR, 6);
      case "varh":
        return new Scaled(Unit.VAR_HOUR, 0);
      case "kvarh":
        return new Scaled(Unit.VAR_HOUR, 3);
      case "mvarh":
        return new Scaled(Unit.VAR_HOUR, 6);
      case "vah":
        return new Scaled(Unit.VOLT_AMPERE_HOUR, 0);
      case "kvah":
        return new Scaled(Unit.VOLT_AMPERE_HOUR, 3);
      case "mvah":
        return new Scaled(Unit.VOLT_AMPERE_HOUR, 6);
      case "w":
        return new Scaled(Unit.WATT, 0);
      case "kw":
        return new Scaled(Unit.WATT, 3);
      case "mw":
        return new Scaled(Unit.WATT, 6);
      case "var":
        return new Scaled(Unit.VAR, 0);
      case "kvar":
        return new Scaled(Unit.VAR, 3);
      case "va":
        return new Scaled(Unit.VOLT_AMPERE, 0);
      case "kva":
        return new Scaled(Unit.VOLT_AMPERE, 3);
      case "v":
        return new Scaled(Unit.VOLT, 0);
      case "kv":
        return new Scaled(Unit.VOLT, 3);
      case "a":
        return new Scaled(Unit.AMPERE, 0);
      case "hz":
        return new Scaled(Unit.HERTZ, 0);
      case "deg":
      case "°":
        return new Scaled(Unit.DEGREE, 0);
      case "%":
        return new Scaled(Unit.PERCENT, 0);
      case "kg":
        return new Scaled(Unit.KILOGRAM, 0);
      case "curr":
      case "currency":
        return new Scaled(Unit.CURRENCY, 0);
      case "s":
        return new Scaled(Unit.SECOND, 0);
      default:
        throw new BadAnswer("has an unknown unit " + text);
    }
  }
}
