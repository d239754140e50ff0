package org.meterledger.meter;

import jakarta.ejb.ApplicationException;

/** Somebody else has changed the meter since it was read. */
@ApplicationException(rollback = true)
public class MeterChanged extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MeterChanged(String serialNumber) {
    super("Meter " + serialNumber + " was changed by somebody else meanwhile");
  }
}
