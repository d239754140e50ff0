package org.meterledger.simulators.g13;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Network and buses of a gateway as it was set up (N4 to N8); values by the manual's keys. */
final class BusConfiguration {
  static final List<Integer> BAUDRATES =
      List.of(
          1200, 2400, 9600, 19_200, 38_400, 57_600, 115_200, 125_000, 230_400, 460_800, 500_000);

  private static final String BAUDRATE = "baudrate";

  final Map<String, Object> ip = new LinkedHashMap<>();
  final Map<String, Object> eqbus = new LinkedHashMap<>();
  final Map<String, Object> mbusWired = mbus();
  final Map<String, Object> mbusIr = mbus();

  BusConfiguration(String serial) {
    ip.put("dhcp", false);
    ip.put("dns", false);
    ip.put("gateway", "192.168.1.1");
    ip.put("ip", "192.168.1.12");
    ip.put("mac", mac(serial.hashCode()));
    ip.put("pdns", "0.0.0.0");
    ip.put("sdns", "0.0.0.0");
    ip.put("subnet", "255.255.255.0");
    eqbus.put(BAUDRATE, 500_000);
    eqbus.put("interoctettimeout", 40);
  }

  /** As the maker's example has them, the zeros included (p. 59). */
  private static Map<String, Object> mbus() {
    return Json.object(
        "ack", 1000,
        "delay_after_telegram", 1000,
        "delay_before_requd2", 200,
        "get_request", 0,
        "meter_contact", 0,
        "response_timeout", 0,
        "response_timeout_base", 800);
  }

  private static String mac(int number) {
    return String.format(
        "00:0C:02:%02X:%02X:%02X", number >> 16 & 0xFF, number >> 8 & 0xFF, number & 0xFF);
  }

  /** On the EQ bus gateway and meter must agree on the rate, which is not propagated (p. 63). */
  boolean reaches(MeterSettings meter) {
    return meter.bus().protocol() != MeterSettings.EQ_BUS
        || eqbus.get(BAUDRATE).equals(meter.bus().baudrate());
  }
}
