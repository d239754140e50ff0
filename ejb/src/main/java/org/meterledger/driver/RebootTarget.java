package org.meterledger.driver;

/** Starts a device anew. */
public non-sealed interface RebootTarget extends Capability {

  /** Accepted when it says that it will; that it has, shows only when it answers again. */
  CommandResult reboot();
}
