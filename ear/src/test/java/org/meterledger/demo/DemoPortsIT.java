package org.meterledger.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.meterledger.system.Ports;

class DemoPortsIT {

  @Test
  void namesThePortInUseAndWhoWantsIt() throws Exception {
    try (ServerSocket held = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      DemoPorts ports = free("METERLEDGER_DEMO_DATABASE_PORT", held.getLocalPort());

      assertThat(ports.complaint())
          .hasValueSatisfying(
              sentence ->
                  assertThat(sentence)
                      .startsWith("Port " + held.getLocalPort() + " is in use, but the database"));
    }
  }

  @Test
  void isContentWhenAllAreFree() {
    assertThat(free("METERLEDGER_DEMO_DATABASE_PORT", Ports.free()).complaint()).isEmpty();
  }

  private static DemoPorts free(String variable, int port) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "METERLEDGER_HTTP_PORT", Integer.toString(Ports.free()),
                "METERLEDGER_HTTPS_PORT", Integer.toString(Ports.free()),
                "METERLEDGER_MANAGEMENT_PORT", Integer.toString(Ports.free()),
                "METERLEDGER_DEMO_METER_PORT", Integer.toString(Ports.free()),
                "METERLEDGER_DEMO_GATEWAY_PORT", Integer.toString(Ports.free())));
    environment.put("METERLEDGER_DEMO_METERS", "1");
    environment.put("METERLEDGER_DEMO_GATEWAYS", "1");
    environment.put("METERLEDGER_DEMO_CHARGERS", "0");
    environment.put("METERLEDGER_DEMO_BOXES", "0");
    environment.put(variable, Integer.toString(port));
    return DemoPorts.of(environment);
  }
}
