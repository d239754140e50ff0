package org.meterledger.metering;

import java.time.Instant;
import java.util.List;

/**
 * Previous values: the registers as frozen at one end of billing period (OBIS value group F).
 *
 * @param closedAt when the period ended, UTC
 * @param periodsBack 1 = the last closed period
 * @param values not null; a register that the meter did not freeze is left out
 * @param flags bits of {@link RowStatus}
 */
public record BillingSnapshot(
    Instant closedAt, int periodsBack, List<RegisterValue> values, int flags) {
  public BillingSnapshot {
    values = List.copyOf(values);
  }

  public BillingSnapshot(Instant closedAt, int periodsBack, List<RegisterValue> values) {
    this(closedAt, periodsBack, values, 0);
  }
}
