package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;

/** Inputs and outputs of a meter (N63 to N68). */
public final class Ports {

  /** Ports of a meter, and pulse outputs too. */
  public static final int PORTS = 4;

  /** Of a pulse output that drives no port. */
  public static final int OFF = 255;

  private final G13Meter.Place place;

  Ports(G13Meter.Place place) {
    this.place = place;
  }

  /**
   * A port as it is now.
   *
   * @param storedState null for an output, likewise {@code counter}
   */
  public record State(boolean on, Boolean storedState, Long counter) {

    static State of(Node node) {
      return new State(
          node.at("currentstate").flag(),
          node.find("storedstate").map(Node::flag).orElse(null),
          node.find("counter").map(count -> count.whole(0, Long.MAX_VALUE)).orElse(null));
    }

    public boolean input() {
      return counter != null;
    }
  }

  /** What a port is for; read as a word, written as a number. */
  public enum Use {
    INPUT(0, "input"),
    COMMUNICATION_OUT(1, "communication_out"),
    ALARM_OUT(2, "alarm_out"),
    PULSE_OUT(3, "pulse_out"),
    TARIFF_OUT(4, "tariff_out"),
    ALWAYS_ON(5, "always_on"),
    ALWAYS_OFF(6, "always_off"),
    DO_NOT_CHANGE(255, "dont_change");

    private final int code;
    private final String word;

    Use(int code, String word) {
      this.code = code;
      this.word = word;
    }

    static Use of(Node node) {
      var text = Node.plain(node.text());
      for (Use use : values()) {
        // The manual spells one of them "communiation_out" (p. 187).
        if (text.equals(Node.plain(use.word))
            || text.equals(Integer.toString(use.code))
            || use == COMMUNICATION_OUT && text.equals("communiationout")) {
          return use;
        }
      }
      throw new BadAnswer("knows a use of a port that is none: " + node.text());
    }
  }

  /** Energy that makes pulses; read as a word, written as a number. */
  public enum PulseEnergy {
    ACTIVE_IMPORT(0),
    ACTIVE_EXPORT(1),
    REACTIVE_IMPORT(2),
    REACTIVE_EXPORT(3),
    TURNED_OFF(4),
    INVALID(255);

    private final int code;

    PulseEnergy(int code) {
      this.code = code;
    }

    static PulseEnergy of(Node node) {
      var text = Node.plain(node.text());
      for (PulseEnergy energy : values()) {
        if (text.equals(Node.plain(energy.name())) || text.equals(Integer.toString(energy.code))) {
          return energy;
        }
      }
      throw new BadAnswer("knows an energy that is none: " + node.text());
    }
  }

  /**
   * A pulse output.
   *
   * @param id 1 to 4, by its place in the list
   * @param port 1 to 4, or 255 for off; the manual's example reads 0, too
   * @param frequency impulses, as the meter counts them
   */
  public record Pulse(int id, int port, int lengthMillis, int frequency, PulseEnergy energy) {

    /**
     * @throws IllegalArgumentException when a rule of the gateway is broken
     */
    public Pulse checked() {
      Limit.range("The number of a pulse output", id, 1, PORTS);
      Limit.rule(
          port == OFF || port >= 1 && port <= PORTS,
          "The port of a pulse output is 1 to 4, or 255");
      Limit.range("The length of a pulse", lengthMillis, 1, Integer.MAX_VALUE);
      Limit.range("The frequency of pulses", frequency, 1, Integer.MAX_VALUE);
      return this;
    }
  }

  /** A change of a port: an output is switched, of an input what it has stored is reset. */
  public record Change(int port, Boolean on, boolean resetStoredState, boolean resetCounter) {

    /**
     * @throws IllegalArgumentException when a rule of the gateway is broken
     */
    public Change {
      Limit.range("A port", port, 1, PORTS);
      Limit.rule(
          on != null ^ (resetStoredState || resetCounter),
          "An output is switched or an input is reset");
    }

    public static Change output(int port, boolean on) {
      return new Change(port, on, false, false);
    }

    public static Change input(int port, boolean resetStoredState, boolean resetCounter) {
      return new Change(port, null, resetStoredState, resetCounter);
    }

    private JsonObjectBuilder json() {
      var json = Json.createObjectBuilder().add("port", port);
      if (on != null) {
        return json.add("currentstate", on ? 1 : 0);
      }
      var reset = Json.createArrayBuilder();
      Map.of("storedstate", resetStoredState, "counter", resetCounter)
          .forEach(
              (word, wanted) -> {
                if (wanted) {
                  reset.add(word);
                }
              });
      return json.add("reset", reset);
    }
  }

  /** N63. In the order of the ports. */
  public ReadResult<List<State>> states() {
    return place.get(
        "io", answer -> answer.at("iostatus").items().stream().map(State::of).toList());
  }

  /** N64. In the order of the ports. */
  public ReadResult<List<Use>> configuration() {
    return place.get(
        "io/configuration", answer -> answer.at("ioconfig").items().stream().map(Use::of).toList());
  }

  /** N65. */
  public ReadResult<List<Pulse>> pulses() {
    return place.get("io/pulse", Ports::pulses);
  }

  private static List<Pulse> pulses(Node answer) {
    var items = answer.at("pulse").items();
    var pulses = new java.util.ArrayList<Pulse>();
    for (int i = 0; i < items.size(); i++) {
      var node = items.get(i);
      pulses.add(
          new Pulse(
              node.find("id").map(Node::integer).orElse(i + 1),
              (int) node.at("port").whole(0, OFF),
              node.at("length").integer(),
              node.at("frequency").integer(),
              PulseEnergy.of(node.at("energytype"))));
    }
    return List.copyOf(pulses);
  }

  /** N66. Each port by itself, since a change that fails leaves those after it undone. */
  public CommandResult change(List<Change> changes) {
    Limit.rule(!changes.isEmpty() && changes.size() <= PORTS, "One to four ports are changed");
    CommandResult result = null;
    for (Change change : changes) {
      var ports = Json.createArrayBuilder().add(change.json());
      result = place.post("io", Json.createObjectBuilder().add("iostatus", ports).build());
      if (!(result instanceof CommandResult.Accepted)) {
        return result;
      }
    }
    return result;
  }

  /** N67. */
  public CommandResult configure(List<Use> uses) {
    Limit.rule(!uses.isEmpty() && uses.size() <= PORTS, "A meter has one to four ports");
    var codes = Json.createArrayBuilder();
    uses.forEach(use -> codes.add(use.code));
    return place.post(
        "io/configuration", Json.createObjectBuilder().add("ioconfig", codes).build());
  }

  /** N68. */
  public CommandResult setPulses(List<Pulse> pulses) {
    Limit.rule(!pulses.isEmpty() && pulses.size() <= PORTS, "A meter has four pulse outputs");
    var outputs = Json.createArrayBuilder();
    for (Pulse pulse : pulses) {
      pulse.checked();
      outputs.add(
          Json.createObjectBuilder()
              .add("id", pulse.id())
              .add("port", pulse.port())
              .add("length", pulse.lengthMillis())
              .add("frequency", pulse.frequency())
              .add("energytype", pulse.energy().code));
    }
    return place.post("io/pulse", Json.createObjectBuilder().add("pulse", outputs).build());
  }
}
