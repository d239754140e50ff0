package org.meterledger.driver;

import java.util.Map;
import java.util.Set;
import org.meterledger.metering.ObisCode;

/** Sets registers to zero that are made for it; the meter counts how often each was. */
public non-sealed interface RegisterResetTarget extends Capability {

  /** The registers, which {@link RegisterSource} reads. The meter is not called. */
  Set<ObisCode> resettable();

  /** How often each has been reset; without those that this meter does not have. */
  ReadResult<Map<ObisCode, Long>> resetCounts();

  /**
   * Some of them may have been reset when the rest was refused, so the counts are read again.
   *
   * @param registers at least one of {@link #resettable()}
   */
  CommandResult reset(Set<ObisCode> registers);
}
