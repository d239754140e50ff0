package org.meterledger.demo;

import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import org.meterledger.simulators.dmed4.Dmed4Fleet;
import org.meterledger.simulators.dmed4.Dmed4Simulator;
import org.meterledger.simulators.dmed4.Transport;

/**
 * The DC meters of the charging stations, at which cars charge all day; spoken with in every way.
 */
final class DemoChargers {

  /** Ports of each. */
  static final int PORTS = Transport.values().length;

  /** Nobody has registered the key of this one yet, so that there is something to commission. */
  private static final int WITHOUT_KEY = 5;

  private static final List<String> PLACES =
      List.of(
          "Station road, charger 1",
          "Station road, charger 2",
          "Town hall garage",
          "Shopping centre",
          "Motorway services north",
          "Motorway services south");

  private DemoChargers() {}

  static Dmed4Simulator start(int count, DemoMemory memory, int firstPort) {
    return Dmed4Simulator.start(
        Dmed4Fleet.demonstration(count, memory.seed()), firstPort, InstantSource.system());
  }

  static String serial(Dmed4Simulator chargers, int number) {
    return Long.toString(chargers.meter(number).settings().serialNumber());
  }

  static boolean hasKey(int number) {
    return number != WITHOUT_KEY;
  }

  /** The public key as the API takes it. */
  static String key(Dmed4Simulator chargers, int number) {
    return "{\"key\": \"%s\"}"
        .formatted(HexFormat.of().formatHex(chargers.meter(number).publicKeySpki()));
  }

  /** A meter as the API takes it. */
  static String json(Dmed4Simulator chargers, int number) {
    return """
    {"serialNumber": "%s", "model": "lovato-dmed4", "alias": "%s", "address": "%s",
     "timeZone": "Europe/Zurich"}
    """
        .formatted(
            serial(chargers, number),
            PLACES.get(number % PLACES.size()),
            address(chargers, number));
  }

  private static String address(Dmed4Simulator chargers, int number) {
    int unit = chargers.meter(number).settings().node();
    return switch (number % 4) {
      case 1 -> modbus("modbus-tcp", chargers.port(number, Transport.MODBUS_TCP), unit);
      case 2 -> modbus("modbus-rtu-tcp", chargers.port(number, Transport.MODBUS_RTU), unit);
      case 3 -> modbus("modbus-ascii-tcp", chargers.port(number, Transport.MODBUS_ASCII), unit);
      default -> "http://127.0.0.1:" + chargers.port(number, Transport.REST);
    };
  }

  private static String modbus(String scheme, int port, int unit) {
    return "%s://127.0.0.1:%d?unit=%d".formatted(scheme, port, unit);
  }
}
