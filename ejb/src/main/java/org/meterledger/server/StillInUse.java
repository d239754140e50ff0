package org.meterledger.server;

import jakarta.ejb.ApplicationException;

/** What is to be removed is used by something else, or always has to be there. */
@ApplicationException(rollback = true)
public class StillInUse extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message a sentence for people that says by what
   */
  public StillInUse(String message) {
    super(message);
  }
}
