package org.meterledger.server;

import jakarta.ejb.ApplicationException;

/** Somebody else has changed the thing since it was read. */
@ApplicationException(rollback = true)
public class ChangedMeanwhile extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ChangedMeanwhile(String what) {
    super(what + " was changed by somebody else meanwhile");
  }
}
