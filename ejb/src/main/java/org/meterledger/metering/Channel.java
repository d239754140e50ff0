package org.meterledger.metering;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.OptionalLong;

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

  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

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

  /**
   * The raw number that stands for a quantity exactly; empty where none does, since it is told in
   * another unit, finer than the channel or beyond 64 bits. Nothing is converted or rounded: that
   * would invent a reading.
   */
  public OptionalLong raw(Quantity quantity) {
    var raw = quantity.value().scaleByPowerOfTen(-scaler).stripTrailingZeros();
    return quantity.unit().equals(unit) && raw.scale() <= 0 && raw.abs().compareTo(LARGEST) <= 0
        ? OptionalLong.of(raw.longValueExact())
        : OptionalLong.empty();
  }
}
