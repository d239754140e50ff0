package org.meterledger.archive;

import java.io.Serializable;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import org.meterledger.metering.RegisterValue;

/**
 * What a meter said of an end of period.
 *
 * @param occurrence an end of period comes again after a clock was set back: its rank, from 0
 * @param period how long periods are; null where the meter did not tell
 * @param flags bits of {@link org.meterledger.metering.RowStatus}
 * @param values in the meter's order
 * @param readAt when it said so
 * @param supersededAt when it told otherwise; null for what counts now
 */
public record ArchivedSnapshot(
    Instant closedAt,
    int occurrence,
    Period period,
    int flags,
    List<RegisterValue> values,
    Instant readAt,
    Instant supersededAt)
    implements Serializable {}
