package org.meterledger.driver;

import java.time.Instant;
import java.util.List;
import org.meterledger.metering.BillingSnapshot;

/** Reads previous values. */
public non-sealed interface BillingSource extends Capability {

  /**
   * Newest first; of two that were closed at the same time, since a clock was set back, the later
   * first. A partial result lacks none between those that it gives, and lacks the newest: asking
   * from its newest one goes on.
   *
   * @param from only what was closed then or later, or by a clock that was not set; {@link
   *     Instant#EPOCH} for all
   * @param periods so many at most, the newest; fewer where the meter keeps fewer
   */
  ReadResult<List<BillingSnapshot>> readBilling(Instant from, int periods);

  /** The newest, whenever they were closed. */
  default ReadResult<List<BillingSnapshot>> readBilling(int periods) {
    return readBilling(Instant.EPOCH, periods);
  }
}
