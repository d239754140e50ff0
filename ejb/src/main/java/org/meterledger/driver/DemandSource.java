package org.meterledger.driver;

import java.time.Instant;
import java.util.List;
import org.meterledger.metering.BillingSnapshot;

/**
 * Reads minima and maxima of demand that the meter stored at the ends of its own periods, which
 * need not be those of its previous values.
 */
public non-sealed interface DemandSource extends Capability {

  /**
   * As {@link BillingSource#readBilling(Instant, int)}. Value group D tells minimum and maximum of
   * the first (3, 6) and the second kind of period (13, 16); E is 0 for the most extreme value, 129
   * and 130 for the next ones.
   */
  ReadResult<List<BillingSnapshot>> readDemand(Instant from, int periods);

  /** The newest, whenever they were closed. */
  default ReadResult<List<BillingSnapshot>> readDemand(int periods) {
    return readDemand(Instant.EPOCH, periods);
  }
}
