package org.meterledger.archive;

import java.time.Instant;

/**
 * What the meter once said of an interval.
 *
 * @param sequence the meter's own running number of the row, the same in all versions
 * @param flags bits of {@link org.meterledger.metering.RowStatus}
 * @param values raw values in the order of the channels asked for; null where one is missing
 * @param supersededAt when it was told otherwise; null for what counts now
 */
public record RowVersion(
    Instant periodEnd, long sequence, int flags, Long[] values, Instant supersededAt) {}
