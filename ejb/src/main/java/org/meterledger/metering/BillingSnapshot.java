package org.meterledger.metering;

import java.time.Instant;
import java.time.Period;
import java.util.List;

/**
 * Previous values: the registers as frozen at one end of billing period (OBIS value group F).
 *
 * @param closedAt when the period ended, UTC
 * @param periodsBack 1 = the last closed period
 * @param period how long periods are by the meter's calendar; null where it does not tell
 * @param values not null; a register that the meter did not freeze is left out
 * @param flags bits of {@link RowStatus}
 */
public record BillingSnapshot(
    Instant closedAt, int periodsBack, Period period, List<RegisterValue> values, int flags) {
  public BillingSnapshot {
    values = List.copyOf(values);
  }
}
