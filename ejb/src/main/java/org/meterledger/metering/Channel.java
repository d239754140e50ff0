package org.meterledger.metering;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * A capture object of a load profile (IEC 62056-6-2 class 7): what one column of its rows holds.
 *
 * @param obis not null, once per profile
 * @param unit of the value after scaling, not null
 * @param scaler decimal exponent, -9..9: value = raw x 10^scaler (class 3, attribute scaler_unit)
 * @param rollover raw value at which the register starts again at zero; 0 where the maker gives
 *     none
 */
public record Channel(ObisCode obis, Unit unit, int scaler, long rollover) {
  /**
   * @throws IllegalArgumentException when the scaler lies outside -9..9 or the roll-over is
   *     negative
   */
  public Channel {
    Objects.requireNonNull(obis);
    Objects.requireNonNull(unit);
    if (scaler < -9 || scaler > 9) {
      throw new IllegalArgumentException("Scaler out of -9..9: " + scaler);
    }
    if (rollover < 0) {
      throw new IllegalArgumentException("Negative roll-over: " + rollover);
    }
  }

  /** The value that a raw number stands for. */
  public BigDecimal value(long raw) {
    return BigDecimal.valueOf(raw, -scaler);
  }
}
