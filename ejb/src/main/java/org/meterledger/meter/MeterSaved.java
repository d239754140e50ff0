package org.meterledger.meter;

/** Fired inside the transaction that adds, changes or removes a meter. */
public record MeterSaved(Meter meter, MeterDetails details) {
  /** Whether the portal is to read the meter from now on. */
  public boolean active() {
    return meter.getState() == Meter.State.ACTIVE;
  }
}
