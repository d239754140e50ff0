package org.meterledger.demo;

import java.util.List;
import org.meterledger.simulators.g13.G13Fleet;
import org.meterledger.simulators.g13.G13Gateway;
import org.meterledger.simulators.g13.G13Simulator;

/** Gateways in the large houses of the town, each with the meters of its floors. */
final class DemoGateways {

  static final int METERS = 12;
  static final String MODEL = "abb-g13-gateway";
  static final String ACCOUNT = G13Gateway.FACTORY_USER;
  static final String FACTORY_PASSWORD = G13Gateway.FACTORY_KEY;

  /** A simulated gateway leaves the factory at each start, and gets it anew. */
  static final String PASSWORD = "gateways-of-the-demo";

  private static final int DAYS = 7;
  private static final List<String> HOUSES = List.of("Town hall", "Hospital");

  private DemoGateways() {}

  static G13Simulator start(int count, DemoMemory memory, int firstPort) {
    return G13Simulator.start(
        G13Fleet.fresh(count, METERS, DAYS, memory.seed(), memory.begun()), firstPort);
  }

  static String name(int number) {
    return number < HOUSES.size() ? HOUSES.get(number) : "House " + (number + 1);
  }
}
