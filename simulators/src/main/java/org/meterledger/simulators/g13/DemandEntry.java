package org.meterledger.simulators.g13;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;

/**
 * The demand of one period (N77).
 *
 * @param time end of the period as the meter's clock had it
 * @param values in the order of the configured channels
 */
public record DemandEntry(LocalDateTime time, List<Value> values) {
  /** What stands where there is no value. */
  public static final BigDecimal NONE = BigDecimal.valueOf(4_294_967_295L);

  /** The value is there. */
  public static final int AVAILABLE = 1;

  /** The meter was without power in the period. */
  public static final int POWER_OFF = 4;

  /**
   * One value of a period.
   *
   * @param status {@link #AVAILABLE}, {@link #POWER_OFF}; 0 for none
   * @param value in W, var and VA for energies and powers, else in the unit of the quantity
   * @param timestamp end of the interval as the meter's clock had it
   * @param level 1 to 3
   */
  public record Value(int status, BigDecimal value, LocalDateTime timestamp, int level) {}
}
