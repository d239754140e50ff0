package org.meterledger.simulators.g13;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;

/**
 * One snapshot of a meter's registers (N69).
 *
 * @param time end of the period as the meter's clock had it
 * @param status bit 0 available, bit 2 without power in the period
 * @param values in the order of the configured channels, in Wh, varh, imp, KG or curr
 */
public record PreviousValue(LocalDateTime time, int status, List<BigDecimal> values) {
  /** The value is there. */
  public static final int AVAILABLE = 1;

  /** The meter was without power in the period. */
  public static final int POWER_OFF = 4;
}
