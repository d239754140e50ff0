package org.meterledger.metering;

import java.time.Instant;
import java.util.List;

/**
 * The present values of a meter, read at once.
 *
 * @param meterTime the meter's own clock at the reading; null when it told none
 * @param values in the order of the model's table, not null, perhaps empty
 */
public record RegisterReading(Instant meterTime, List<RegisterValue> values) {
  public RegisterReading {
    values = List.copyOf(values);
  }
}
