package org.meterledger.simulators.g13;

import static org.meterledger.simulators.g13.Router.Right.CONFIGURE;
import static org.meterledger.simulators.g13.Router.Right.VIEW;

import jakarta.json.JsonValue;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Inputs, outputs and pulses (N63 to N68). */
final class PortResources {
  private static final String PORTS = "/meters/{serial}/io";
  private static final String CONFIGURATION = PORTS + "/configuration";
  private static final String PULSE = PORTS + "/pulse";
  private static final int INVALID_ENERGY = 255;
  private static final int LONGEST_PULSE = 990;
  private static final int HIGHEST_FREQUENCY = 999_999;
  private static final int FIRST_OUTPUT_ACTION = 5;

  private PortResources() {}

  static void addTo(Router router) {
    router.add(63, "GET", PORTS, VIEW, PortResources::states);
    router.add(64, "GET", CONFIGURATION, VIEW, PortResources::configuration);
    router.add(65, "GET", PULSE, VIEW, PortResources::pulses);
    router.add(66, "POST", PORTS, CONFIGURE, PortResources::setStates);
    router.add(67, "POST", CONFIGURATION, CONFIGURE, PortResources::configure);
    router.add(68, "POST", PULSE, CONFIGURE, PortResources::setPulses);
  }

  private static Answer states(Call call) {
    call.needs(Level.Function.PORTS);
    Ports ports = call.meter().ports;
    List<Object> states = new ArrayList<>();
    for (int port = 0; port < Ports.COUNT; port++) {
      boolean on = ports.isInput(port) ? ports.input(port) : on(call, port);
      Map<String, Object> state = Json.object("currentstate", on ? 1 : 0);
      if (ports.isInput(port)) {
        state.put("storedstate", ports.stored(port) ? 1 : 0);
        state.put("counter", call.meter().registers.pulses(port, call.now()));
      }
      states.add(state);
    }
    return Answer.json("iostatus", states);
  }

  private static boolean on(Call call, int port) {
    G13Meter meter = call.meter();
    return switch (meter.ports.code(port)) {
      case Ports.COMMUNICATION -> meter.ports.output(port);
      case Ports.ALARM -> {
        meter.watchAlarms(call.now());
        yield alarmed(meter, port);
      }
      case Ports.TARIFF -> switched(meter, port, call.now());
      case Ports.ALWAYS_ON -> true;
      default -> false;
    };
  }

  private static boolean alarmed(G13Meter meter, int port) {
    for (Alarm alarm : meter.alarms) {
      if (alarm != null && alarm.active() && alarm.configuration().output() == port + 1) {
        return true;
      }
    }
    return false;
  }

  /** What the day profile's last action for an output so far was. */
  private static boolean switched(G13Meter meter, int port, long now) {
    LocalDateTime time = meter.timeline.localTime(now);
    int set = FIRST_OUTPUT_ACTION + 2 * port;
    boolean on = false;
    for (Calendar.Action action :
        meter.tariffs.programme().calendar().actions(time.toLocalDate())) {
      boolean concerned = action.code() == set || action.code() == set + 1;
      if (concerned && action.minute() <= time.getHour() * 60 + time.getMinute()) {
        on = action.code() == set;
      }
    }
    return on;
  }

  private static Answer configuration(Call call) {
    call.needs(Level.Function.PORTS);
    List<String> names = new ArrayList<>();
    for (int port = 0; port < Ports.COUNT; port++) {
      names.add(Ports.NAMES.get(call.meter().ports.code(port)));
    }
    return Answer.json("ioconfig", names);
  }

  private static Answer pulses(Call call) {
    call.needs(Level.Function.PORTS);
    return Answer.json(
        "pulse",
        call.meter().ports.pulses().stream()
            .map(
                pulse ->
                    Json.object(
                        "length", pulse.length(),
                        "frequency", pulse.frequency(),
                        "energytype", pulse.energyName(),
                        "port", pulse.port()))
            .toList());
  }

  private static Answer setStates(Call call) {
    call.needs(Level.Function.PORTS);
    Call.Update update = call.update();
    for (JsonValue each : call.payload().list("iostatus", Ports.COUNT)) {
      Payload state = Payload.of(each);
      int port = state.integer("port", 1, Ports.COUNT) - 1;
      update.then("port " + (port + 1), () -> set(call, port, state));
    }
    return update.run();
  }

  private static void set(Call call, int port, Payload state) {
    Ports ports = call.meter().ports;
    if (state.has("currentstate")) {
      if (ports.code(port) != Ports.COMMUNICATION) {
        throw Refused.invalid();
      }
      ports.setOutput(port, state.integer("currentstate", 0, 1) == 1);
      return;
    }
    if (!ports.isInput(port)) {
      throw Refused.invalid();
    }
    for (JsonValue what : state.list("reset", 2)) {
      switch (Payload.text(what, 11)) {
        case "storedstate" -> ports.resetStored(port);
        case "counter" -> call.meter().registers.resetCounter(port, call.now());
        default -> throw Refused.invalid();
      }
    }
  }

  private static Answer configure(Call call) {
    call.needs(Level.Function.PORTS);
    List<Integer> codes = new ArrayList<>();
    for (JsonValue each : call.payload().list("ioconfig", Ports.COUNT)) {
      int code = Payload.integer(each, 0, Ports.DONT_CHANGE);
      if (code != Ports.DONT_CHANGE && code >= Ports.NAMES.size()) {
        throw Refused.invalid();
      }
      codes.add(code);
    }
    Call.Update update = call.update();
    for (int place = 0; place < codes.size(); place++) {
      int port = place;
      update.then("port " + (port + 1), () -> call.meter().ports.configure(port, codes.get(port)));
    }
    return update.run();
  }

  private static Answer setPulses(Call call) {
    call.needs(Level.Function.PORTS);
    Call.Update update = call.update();
    for (JsonValue each : call.payload().list("pulse", Ports.COUNT)) {
      Payload pulse = Payload.of(each);
      int number = pulse.integer("id", 1, Ports.COUNT);
      update.then(
          "pulse " + number, () -> call.meter().ports.pulses().set(number - 1, pulse(pulse)));
    }
    return update.run();
  }

  private static Ports.Pulse pulse(Payload pulse) {
    int port = pulse.integer("port", 1, Ports.PULSE_OFF);
    int energy = pulse.integer("energytype", 0, INVALID_ENERGY);
    boolean noPort = port > Ports.COUNT && port != Ports.PULSE_OFF;
    boolean noEnergy = energy >= Ports.PULSE_ENERGIES.size() && energy != INVALID_ENERGY;
    if (noPort || noEnergy) {
      throw Refused.invalid();
    }
    return new Ports.Pulse(
        pulse.integer("length", 10, LONGEST_PULSE),
        pulse.integer("frequency", 1, HIGHEST_FREQUENCY),
        energy,
        port);
  }
}
