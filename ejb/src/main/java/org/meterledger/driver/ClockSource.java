package org.meterledger.driver;

import java.time.Instant;

/** Reads the meter's clock (IEC 62056-6-2 class 8). */
public non-sealed interface ClockSource extends Capability {

  /**
   * The time by the meter's clock, as fine as the meter tells it: often whole seconds, and by some
   * seconds behind where the meter renews what it shows less often. UNSUPPORTED where the meter
   * says that it does not know the time.
   */
  ReadResult<Instant> readClock();
}
