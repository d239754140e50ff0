package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * Settings of the EQ bus in the gateway (N4, N6); the meters on it have to be set alike by hand.
 * The rules are checked by {@link #checked()} before they are sent.
 *
 * @param interOctetTimeout 20 to 6000; the manual prints seconds, which are milliseconds by all
 *     signs
 */
public record EqBusSettings(int baudRate, int interOctetTimeout) {

  public static final List<Integer> BAUD_RATES =
      List.of(1200, 2400, 9600, 19200, 38400, 57600, 115200, 125000, 230400, 460800, 500000);

  /**
   * @throws IllegalArgumentException when a rule of the gateway is broken
   */
  public EqBusSettings checked() {
    Limit.rule(
        BAUD_RATES.contains(baudRate), "The EQ bus runs at one of the baud rates " + BAUD_RATES);
    Limit.range("The inter-octet time-out", interOctetTimeout, 20, 6000);
    return this;
  }

  static EqBusSettings of(Node bus) {
    return new EqBusSettings(bus.at("baudrate").integer(), bus.at("interoctettimeout").integer());
  }

  JsonObject payload() {
    return Json.createObjectBuilder()
        .add("baudrate", baudRate)
        .add("interoctettimeout", interOctetTimeout)
        .build();
  }
}
