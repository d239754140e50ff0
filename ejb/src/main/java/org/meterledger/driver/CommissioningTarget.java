package org.meterledger.driver;

/** Ends the commissioning of a meter, which cannot be undone. */
public non-sealed interface CommissioningTarget extends Capability {

  /** Whether it has been ended: the parameters are locked. */
  ReadResult<Boolean> readCommissioned();

  /** From then on parameters are locked for ever. */
  CommandResult endCommissioning();
}
