package org.meterledger.meter;

import jakarta.ejb.ApplicationException;

/** There is no meter with this serial number. */
@ApplicationException(rollback = true)
public class UnknownMeter extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnknownMeter(String serialNumber) {
    super("No meter " + serialNumber);
  }
}
