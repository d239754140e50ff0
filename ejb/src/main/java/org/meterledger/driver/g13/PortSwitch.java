package org.meterledger.driver.g13;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SwitchTarget;

/** The ports of a meter as others see them (N63, N64 and N66). */
final class PortSwitch implements SwitchTarget {

  /** In the parameter mapping; a meter without ports may read none of them. */
  private static final List<String> NAMES =
      List.of("IO_INPUT_CUMULATION_1", "IO_STORED_INPUT_STATE_1");

  private static final Map<Ports.Use, Use> USES =
      Map.of(
          Ports.Use.INPUT, Use.INPUT,
          Ports.Use.COMMUNICATION_OUT, Use.COMMUNICATION,
          Ports.Use.ALARM_OUT, Use.ALARM,
          Ports.Use.PULSE_OUT, Use.PULSES,
          Ports.Use.TARIFF_OUT, Use.TARIFF,
          Ports.Use.ALWAYS_ON, Use.ALWAYS_ON,
          Ports.Use.ALWAYS_OFF, Use.ALWAYS_OFF);

  private final Supplier<ReadResult<G13Meter>> meter;
  private final Function<G13Meter, Abilities> abilities;

  PortSwitch(Supplier<ReadResult<G13Meter>> meter, Function<G13Meter, Abilities> abilities) {
    this.meter = meter;
    this.abilities = abilities;
  }

  /** Null for a code that says nothing. */
  static Use use(Ports.Use use) {
    return USES.get(use);
  }

  @Override
  public int mostPorts() {
    return Ports.PORTS;
  }

  @Override
  public ReadResult<List<Port>> readPorts() {
    return Results.then(
        meter.get(),
        found -> {
          var ports = found.ports();
          return Results.then(
              abilities.apply(found).judged(ports.states(), NAMES),
              states -> ports(states, abilities.apply(found).judged(ports.configuration(), NAMES)));
        });
  }

  private static ReadResult<List<Port>> ports(
      List<Ports.State> states, ReadResult<List<Ports.Use>> configuration) {
    var uses = Results.value(configuration);
    var ports = new ArrayList<Port>();
    for (int i = 0; i < states.size(); i++) {
      var state = states.get(i);
      var use = uses == null || i >= uses.size() ? null : use(uses.get(i));
      ports.add(new Port(i + 1, use, state.on(), state.storedState(), state.counter()));
    }
    return uses == null
        ? new ReadResult.Partial<>(ports, Results.fault(configuration))
        : ReadResult.complete(List.copyOf(ports));
  }

  @Override
  public CommandResult switchOutput(int number, boolean on) {
    return change(Ports.Change.output(number, on));
  }

  @Override
  public CommandResult resetInput(int number, boolean storedState, boolean count) {
    return change(Ports.Change.input(number, storedState, count));
  }

  private CommandResult change(Ports.Change change) {
    var found = meter.get();
    return found instanceof ReadResult.Complete<G13Meter> complete
        ? complete.value().ports().change(List.of(change))
        : new CommandResult.Refused(Results.fault(found));
  }
}
