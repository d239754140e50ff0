package org.meterledger.network;

import jakarta.ejb.ApplicationException;
import org.meterledger.driver.Fault;

/** A gateway did not do what was asked of it; nothing was stored. */
@ApplicationException(rollback = true)
public class GatewayRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Fault fault;

  GatewayRefused(Fault fault) {
    super(fault.detail());
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
