package org.meterledger.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.meterledger.system.Ports;

/** Who listens where. Fixed ports, so that a bookmark and a database client find them again. */
record DemoPorts(
    int http,
    int https,
    int management,
    int database,
    Lot meters,
    Lot gateways,
    Lot chargers,
    Lot boxes) {

  /**
   * Simulated devices of one kind, on consecutive ports.
   *
   * @param variable of the environment that says which port is the first
   * @param portsOfEach how many ports one of them has
   */
  record Lot(String what, String variable, int first, int count, int portsOfEach) {

    private void addTo(Map<Integer, String> owners) {
      for (int port = 0; port < count * portsOfEach; port++) {
        owners.put(
            first + port,
            "simulated %s %d (%s is the first)".formatted(what, port / portsOfEach + 1, variable));
      }
    }
  }

  /** As the environment says, else as usual. */
  static DemoPorts of(Map<String, String> environment) {
    return new DemoPorts(
        Demo.number(environment, "METERLEDGER_HTTP_PORT", 8080),
        Demo.number(environment, "METERLEDGER_HTTPS_PORT", 8443),
        Demo.number(environment, "METERLEDGER_MANAGEMENT_PORT", 9990),
        Demo.number(environment, "METERLEDGER_DEMO_DATABASE_PORT", 15432),
        lot(environment, "meter", 18080, 24, 1),
        lot(environment, "gateway", 18443, 2, 1),
        lot(environment, "charger", 18500, 6, DemoChargers.PORTS),
        lot(environment, "box", 18600, 10, 1));
  }

  private static Lot lot(
      Map<String, String> environment, String what, int first, int count, int portsOfEach) {
    String variable = "METERLEDGER_DEMO_" + what.toUpperCase(Locale.ROOT);
    String plural = variable + (what.equals("box") ? "ES" : "S");
    return new Lot(
        what,
        variable + "_PORT",
        Demo.number(environment, variable + "_PORT", first),
        Demo.number(environment, plural, count),
        portsOfEach);
  }

  /** One sentence about the first port that somebody else holds. */
  Optional<String> complaint() {
    return owners().entrySet().stream()
        .filter(port -> Ports.inUse(port.getKey()))
        .findFirst()
        .map(
            port ->
                "Port "
                    + port.getKey()
                    + " is in use, but "
                    + port.getValue()
                    + " needs it; nothing was started.");
  }

  private Map<Integer, String> owners() {
    Map<Integer, String> owners = new LinkedHashMap<>();
    owners.put(http, "the web server (METERLEDGER_HTTP_PORT)");
    owners.put(https, "the web server for HTTPS (METERLEDGER_HTTPS_PORT)");
    owners.put(management, "the server's management (METERLEDGER_MANAGEMENT_PORT)");
    owners.put(database, "the database (METERLEDGER_DEMO_DATABASE_PORT)");
    List.of(meters, gateways, chargers, boxes).forEach(lot -> lot.addTo(owners));
    return owners;
  }
}
