package org.meterledger.driver;

import java.util.Set;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.RegisterReading;

/** Reads present values: energy registers, demand, instantaneous quantities, minima and maxima. */
public non-sealed interface RegisterSource extends Capability {

  /** What the model has; an old serial may have fewer. */
  Set<ObisCode> registers();

  /** All present values at once. A register that the meter does not have is left out. */
  ReadResult<RegisterReading> readRegisters();
}
