package org.meterledger.driver.g13;

import java.time.Duration;
import java.time.LocalDateTime;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;

/** Shifts a clock that can only be set: reads it, sets it, and reads it again. */
final class ClockShift {

  /** How long the three requests may take before the clock counts as not set. */
  private static final Duration TOLERANCE = Duration.ofSeconds(60);

  private ClockShift() {}

  /** Whether a clock shows what it was set to just now. */
  static boolean shows(LocalDateTime wanted, LocalDateTime now) {
    return Duration.between(wanted, now).abs().compareTo(TOLERANCE) < 0;
  }

  static CommandResult of(G13Meter meter, Duration shift) {
    var read = meter.time();
    if (!(read instanceof ReadResult.Complete<MeterTime> complete)) {
      return new CommandResult.Refused(Results.fault(read));
    }
    var wanted = complete.value().at().plus(shift);
    return Written.readBack(
            meter.setTime(wanted), meter::time, now -> shows(wanted, now.at()), meter.clock())
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
            gateway.setTime(wanted), gateway::time, now -> shows(wanted, now.at()), gateway.clock())
        .result();
  }
}
