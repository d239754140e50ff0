package org.meterledger.driver;

import java.time.Duration;

/** Corrects the meter's clock (IEC 62056-6-2 class 8). */
public non-sealed interface ClockTarget extends Capability {

  /** Shifts the clock; refused by the caller when larger than the model's allowed shift. */
  CommandResult shiftClock(Duration shift);
}
