package org.meterledger.driver.meterextension;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Quantity;

/**
 * What a box has heard of one meter.
 *
 * @param meterId as the box tells it; a dummy where nothing has been heard
 * @param values each OBIS code once, in the order of the answer
 * @param texts what is no number: serial numbers, versions
 * @param broken the first thing that could not be taken, for a sentence; null where all could be
 */
record HeardMeter(String meterId, List<Value> values, Map<ObisCode, String> texts, String broken) {

  /**
   * @param at time of the telegram; null where it is not told
   */
  record Value(ObisCode obis, Quantity quantity, Instant at) {}

  /** Whether the box told anything of a meter. */
  boolean filled() {
    return !values.isEmpty() || !texts.isEmpty() || broken != null;
  }
}
