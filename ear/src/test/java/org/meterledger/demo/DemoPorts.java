package org.meterledger.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.meterledger.system.Ports;

/** Who listens where. Fixed ports, so that a bookmark and a database client find them again. */
record DemoPorts(
    int http,
    int https,
    int management,
    int database,
    int firstMeter,
    int meters,
    int firstGateway,
    int gateways) {

  static DemoPorts of(Map<String, String> environment, int meters, int gateways) {
    return new DemoPorts(
        Demo.number(environment, "METERLEDGER_HTTP_PORT", 8080),
        Demo.number(environment, "METERLEDGER_HTTPS_PORT", 8443),
        Demo.number(environment, "METERLEDGER_MANAGEMENT_PORT", 9990),
        Demo.number(environment, "METERLEDGER_DEMO_DATABASE_PORT", 15432),
        Demo.number(environment, "METERLEDGER_DEMO_METER_PORT", 18080),
        meters,
        Demo.number(environment, "METERLEDGER_DEMO_GATEWAY_PORT", 18443),
        gateways);
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
    for (int number = 0; number < meters; number++) {
      owners.put(
          firstMeter + number,
          "simulated meter " + (number + 1) + " (METERLEDGER_DEMO_METER_PORT is the first)");
    }
    for (int number = 0; number < gateways; number++) {
      owners.put(
          firstGateway + number,
          "simulated gateway " + (number + 1) + " (METERLEDGER_DEMO_GATEWAY_PORT is the first)");
    }
    return owners;
  }
}
