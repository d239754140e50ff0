package org.meterledger.driver;

/** Has a device forget how it is set. */
public non-sealed interface FactoryResetTarget extends Capability {

  /** It may not be reached any more afterwards, until somebody sets it up at its place. */
  CommandResult resetToFactory();
}
