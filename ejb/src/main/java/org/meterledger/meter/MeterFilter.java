package org.meterledger.meter;

import java.io.Serializable;

/**
 * Which meters a list shows; a part that is null asks nothing.
 *
 * @param text stands at the beginning of serial number, alias, address or metering point
 * @param groupId of a group of meters
 * @param location names from the root to the place in which, or below which, the meters are
 * @param gateway name
 * @param label one of the meter's
 */
public record MeterFilter(
    String text,
    String model,
    MeterRow.Condition condition,
    Integer groupId,
    String location,
    String gateway,
    String label)
    implements Serializable {
  public static final MeterFilter ALL = MeterFilter.of(null, null, null);

  /** Wherever the meters are. */
  public static MeterFilter of(String text, String model, MeterRow.Condition condition) {
    return new MeterFilter(text, model, condition, null, null, null, null);
  }

  /** Whether it asks for nothing but, perhaps, a group. */
  boolean asksGroupOnly() {
    return (text == null || text.isBlank())
        && model == null
        && condition == null
        && location == null
        && gateway == null
        && label == null;
  }
}
