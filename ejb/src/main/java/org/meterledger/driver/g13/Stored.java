package org.meterledger.driver.g13;

import java.math.BigDecimal;
import java.time.LocalDateTime;

/**
 * A value that a meter stored (N69, N77).
 *
 * @param status as the meter gave it (manual p. 200, 216)
 * @param value null where none is stored: the status says so, or the value is all ones
 * @param at when an extreme occurred, by the meter's clock; null for other values
 * @param level of an extreme, 1 to 3; 0 for other values
 */
public record Stored(int status, BigDecimal value, LocalDateTime at, int level) {

  private static final BigDecimal NONE = BigDecimal.valueOf(4294967295L);
  private static final int THERE = 0x01;
  private static final int DATA_ERROR = 0x02;
  private static final int POWER_OFF = 0x04;

  /** {@code [status, value]} or {@code [status, value, time, level]}. */
  static Stored of(Node node) {
    var parts = node.items();
    if (parts.size() != 2 && parts.size() != 4) {
      throw new BadAnswer("has no status and value in " + node.name());
    }
    var status = (int) parts.get(0).whole(0, 255);
    var value = parts.get(1).number();
    var there = (status & DATA_ERROR) == 0 && (status & THERE) != 0 && value.compareTo(NONE) != 0;
    var extreme = parts.size() == 4 && there;
    return new Stored(
        status,
        there ? value : null,
        extreme ? parts.get(2).time() : null,
        parts.size() == 4 ? (int) parts.get(3).whole(0, 3) : 0);
  }

  public boolean powerOff() {
    return value != null && (status & POWER_OFF) != 0;
  }
}
