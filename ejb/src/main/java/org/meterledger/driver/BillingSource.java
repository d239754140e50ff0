package org.meterledger.driver;

import java.util.List;
import org.meterledger.metering.BillingSnapshot;

/** Reads previous values. */
public non-sealed interface BillingSource extends Capability {

  /** Newest first; at most {@code periods} of them, fewer where the meter keeps fewer. */
  ReadResult<List<BillingSnapshot>> readBilling(int periods);
}
