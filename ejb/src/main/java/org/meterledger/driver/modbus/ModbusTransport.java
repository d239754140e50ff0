package org.meterledger.driver.modbus;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.ModbusAddress;

/**
 * Connects with Modbus devices. Any number of threads may use it at once. Of one serial line, or
 * one host and port, only one connection is open at a time: DMED4 takes two at most, many serial
 * servers one. Another connection to the same place waits for its turn, and answers BUSY when it
 * does not come within twelve times the time-out.
 */
public final class ModbusTransport {

  private final Clock clock;
  private final Map<String, Place> places = new ConcurrentHashMap<>();

  /**
   * @param clock for the time at which a command was accepted
   */
  public ModbusTransport(Clock clock) {
    this.clock = clock;
  }

  /** Does not connect yet. */
  public ModbusConnection open(Endpoint.Modbus endpoint) {
    var address = endpoint.address();
    var place = places.computeIfAbsent(address.place(), key -> new Place());
    return new DeviceConnection(
        endpoint, framing(address.transport()), () -> wire(endpoint), place, clock);
  }

  static Framing framing(ModbusAddress.Transport transport) {
    return switch (transport) {
      case MODBUS_TCP -> new TcpFraming();
      case MODBUS_RTU_TCP, MODBUS_RTU_SERIAL -> new RtuFraming();
      case MODBUS_ASCII_TCP, MODBUS_ASCII_SERIAL -> new AsciiFraming();
    };
  }

  private static Wire wire(Endpoint.Modbus endpoint) throws IOException {
    var address = endpoint.address();
    return address.line() == null
        ? new TcpWire(address.host(), address.port(), endpoint.timeout())
        : new SerialWire(address.line());
  }
}
