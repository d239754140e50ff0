package org.meterledger.simulators.dmed4;

/** What is set of a meter where it is installed, and locked for ever once it operates. */
final class Installation {
  private final Dmed4Meter meter;
  private long cableResistance;
  private long tariff;
  private boolean operating;

  Installation(Dmed4Meter meter) {
    this.meter = meter;
  }

  long cableResistance() {
    return cableResistance;
  }

  long tariff() {
    return tariff;
  }

  void setTariff(long number) {
    meter.refuseWhileCharging();
    tariff = number;
  }

  void setCableResistance(long value) {
    meter.refuseWhileCharging();
    if (operating) {
      throw Refusal.operation("Cable resistance is locked");
    }
    cableResistance = value;
    meter.event(EventCode.CABLE_RESISTANCE_SET, Long.toString(value), meter.now());
  }

  boolean isOperating() {
    return operating;
  }

  void operate() {
    meter.login.demand();
    meter.refuseWhileCharging();
    if (!operating) {
      operating = true;
      meter.event(EventCode.OPERATIVE_STATUS_SET, "operating", meter.now());
    }
  }

  void refuseLockedParameters() {
    meter.refuseWhileCharging();
    if (operating) {
      throw Refusal.operation("Parameters are locked");
    }
  }
}
