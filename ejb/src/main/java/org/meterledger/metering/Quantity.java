package org.meterledger.metering;

import java.math.BigDecimal;
import java.util.Objects;

/** A number with its unit, neither null. Never a double: these values are billed. */
public record Quantity(BigDecimal value, Unit unit) {
  public Quantity {
    Objects.requireNonNull(value);
    Objects.requireNonNull(unit);
  }

  @Override
  public String toString() {
    return unit == Unit.NONE ? value.toPlainString() : value.toPlainString() + " " + unit.symbol();
  }
}
