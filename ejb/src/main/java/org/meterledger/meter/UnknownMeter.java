package org.meterledger.meter;

import jakarta.ejb.ApplicationException;
import org.meterledger.server.NotThere;

/** There is no meter with this serial number. */
@ApplicationException(rollback = true)
public class UnknownMeter extends NotThere {

  private static final long serialVersionUID = 1L;

  public UnknownMeter(String serialNumber) {
    super("meter " + serialNumber);
  }
}
