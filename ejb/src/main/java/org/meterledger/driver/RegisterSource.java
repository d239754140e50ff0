package org.meterledger.driver;

import java.util.List;
import org.meterledger.metering.Channel;
import org.meterledger.metering.RegisterReading;

/** Reads present values: energy registers, demand, instantaneous quantities, minima and maxima. */
public non-sealed interface RegisterSource extends Capability {

  /** What the model has, in the order of its table; an old serial may have fewer. */
  List<Channel> registers();

  /** All present values at once. A register that the meter does not have is left out. */
  ReadResult<RegisterReading> readRegisters();
}
