package org.meterledger.meter;

import java.io.Serializable;

/**
 * Which meters a list shows; a part that is null asks nothing.
 *
 * @param text stands at the beginning of serial number, alias, address or metering point
 */
public record MeterFilter(String text, String model, MeterRow.Condition condition)
    implements Serializable {
  public static final MeterFilter ALL = new MeterFilter(null, null, null);
}
