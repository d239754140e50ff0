package org.meterledger.reading;

import java.util.List;
import java.util.Optional;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.SwitchTarget;
import org.meterledger.driver.SwitchTarget.Port;
import org.meterledger.metering.RegisterValue;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.Progress;

/** Inputs and outputs of one meter, read before and after they are changed. */
final class PortReading {

  private final OpenMeter meter;
  private final Progress progress;
  private final SwitchTarget target;

  PortReading(OpenMeter meter, Progress progress) {
    this.meter = meter;
    this.progress = progress;
    this.target = meter.session().as(SwitchTarget.class).orElseThrow();
  }

  SwitchTarget target() {
    return target;
  }

  /** All ports, which are present values too; null when none came. */
  List<Port> all() {
    var ports = progress.value(target.readPorts());
    if (ports != null) {
      progress.received(ports.size(), 0);
      meter.delivery().registers(registers(ports));
    }
    return ports;
  }

  static List<RegisterValue> registers(List<Port> ports) {
    return ports.stream().flatMap(port -> port.registers().stream()).toList();
  }

  /** The port before it is changed; null, with the fault told, where it cannot be. */
  Port before(int number) {
    var ports = all();
    if (ports == null || progress.fault() != null) {
      return null;
    }
    var found = find(ports, number);
    if (found.isEmpty()) {
      progress.fail(new Fault(Kind.UNSUPPORTED, "The meter has no port " + number));
    }
    return found.orElse(null);
  }

  /**
   * The port after it was changed; null, with the fault told, where that is not known.
   *
   * @param sent what the meter said to the change
   */
  Port after(int number, CommandResult sent) {
    if (sent instanceof CommandResult.Refused refused) {
      progress.fail(refused.fault());
      return null;
    }
    var ports = all();
    var found = ports == null ? Optional.<Port>empty() : find(ports, number);
    if (found.isEmpty()) {
      var why = progress.fault() == null ? "the port is not told of" : progress.fault().detail();
      progress.fail(
          new Fault(
              Kind.UNCONFIRMED,
              "Port %d was to be changed; whether it was is not known: %s".formatted(number, why)));
    }
    return found.orElse(null);
  }

  private static Optional<Port> find(List<Port> ports, int number) {
    return ports.stream().filter(port -> port.number() == number).findFirst();
  }
}
