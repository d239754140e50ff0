package org.meterledger.driver.g13;

import java.time.Duration;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;

/** Shifts a clock that can only be set: reads it, sets it, and reads it again. */
final class ClockShift {

  /** How long the three requests may take before the clock counts as not set. */
  private static final Duration TOLERANCE = Duration.ofSeconds(60);

  private ClockShift() {}

  static CommandResult of(G13Meter meter, Duration shift) {
    var read = meter.time();
    if (!(read instanceof ReadResult.Complete<MeterTime> complete)) {
      return new CommandResult.Refused(Results.fault(read));
    }
    var wanted = complete.value().at().plus(shift);
    return Written.readBack(
            meter.setTime(wanted),
            meter::time,
            now -> Duration.between(wanted, now.at()).abs().compareTo(TOLERANCE) < 0,
            meter.clock())
        .result();
  }

  static CommandResult of(G13Gateway gateway, Duration shift) {
    var read = gateway.time();
    if (!(read instanceof ReadResult.Complete<GatewayTime> complete)) {
      return new CommandResult.Refused(Results.fault(read));
    }
    if (!complete.value().set()) {
      return new CommandResult.Refused(
          new Fault(Kind.UNSUPPORTED, "The gateway does not know the time that is to be shifted"));
    }
    var wanted = complete.value().at().plus(shift);
    return Written.readBack(
            gateway.setTime(wanted),
            gateway::time,
            now -> Duration.between(wanted, now.at()).abs().compareTo(TOLERANCE) < 0,
            gateway.clock())
        .result();
  }
}
