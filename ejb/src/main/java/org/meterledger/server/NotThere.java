package org.meterledger.server;

import jakarta.ejb.ApplicationException;

/** The thing that is asked for does not exist, or not any more. */
@ApplicationException(rollback = true)
public class NotThere extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NotThere(String what) {
    super("No " + what);
  }
}
