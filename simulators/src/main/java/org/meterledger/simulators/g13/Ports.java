package org.meterledger.simulators.g13;

import java.util.ArrayList;
import java.util.List;

/** The four input and output ports and the four pulse outputs (N63 to N68). Ports count from 0. */
final class Ports {
  static final int COUNT = 4;
  static final int INPUT = 0;
  static final int COMMUNICATION = 1;
  static final int ALARM = 2;
  static final int TARIFF = 4;
  static final int ALWAYS_ON = 5;
  static final int ALWAYS_OFF = 6;
  static final int DONT_CHANGE = 255;

  /** Port number of a pulse output that is turned off. */
  static final int PULSE_OFF = 255;

  /** Names by code; the misspelling is the maker's (p. 183). */
  static final List<String> NAMES =
      List.of(
          "input",
          "communiation_out",
          "alarm_out",
          "pulse_out",
          "tariff_out",
          "always_on",
          "always_off");

  static final List<String> PULSE_ENERGIES =
      List.of("active_import", "active_export", "reactive_import", "reactive_export", "turned_off");

  /**
   * One pulse output.
   *
   * @param length in ms
   * @param frequency in impulses per kWh or kvarh
   * @param energy place in {@link #PULSE_ENERGIES}, 255 invalid
   * @param port 1 to 4, or 255 for off
   */
  record Pulse(int length, int frequency, int energy, int port) {
    String energyName() {
      return energy < PULSE_ENERGIES.size() ? PULSE_ENERGIES.get(energy) : "invalid";
    }
  }

  private final int[] codes = {INPUT, INPUT, COMMUNICATION, ALARM};
  private final boolean[] inputs = new boolean[COUNT];
  private final boolean[] stored = new boolean[COUNT];
  private final boolean[] outputs = new boolean[COUNT];
  private final List<Pulse> pulses = new ArrayList<>();

  Ports() {
    for (int number = 0; number < COUNT; number++) {
      pulses.add(new Pulse(100, 100, 0, PULSE_OFF));
    }
  }

  int code(int port) {
    return codes[port];
  }

  void configure(int port, int code) {
    codes[port] = code == DONT_CHANGE ? codes[port] : code;
  }

  boolean isInput(int port) {
    return codes[port] == INPUT;
  }

  boolean input(int port) {
    return inputs[port];
  }

  boolean stored(int port) {
    return stored[port];
  }

  void setInput(int port, boolean on) {
    inputs[port] = on;
    stored[port] |= on;
  }

  void resetStored(int port) {
    stored[port] = inputs[port];
  }

  boolean output(int port) {
    return outputs[port];
  }

  void setOutput(int port, boolean on) {
    outputs[port] = on;
  }

  List<Pulse> pulses() {
    return pulses;
  }
}
