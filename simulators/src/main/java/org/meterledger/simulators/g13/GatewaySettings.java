package org.meterledger.simulators.g13;

import java.time.ZoneOffset;
import java.util.List;

/**
 * How a gateway is built.
 *
 * @param serial up to 17 characters; also the device id of the gateway's own binding
 * @param meters on its buses, known to it or not
 * @param protocols TLS versions that it speaks, for example {@code TLSv1}; a version that the Java
 *     security property {@code jdk.tls.disabledAlgorithms} forbids is offered but cannot be used
 * @param offset of its clock, which knows no daylight saving
 */
public record GatewaySettings(
    String serial, List<MeterSettings> meters, List<String> protocols, ZoneOffset offset) {
  public GatewaySettings {
    meters = List.copyOf(meters);
    protocols = List.copyOf(protocols);
    if (serial.isEmpty() || serial.length() > 17) {
      throw new IllegalArgumentException("A serial has 1 to 17 characters: " + serial);
    }
  }

  /** A gateway in UTC+1 that speaks TLS 1.2. */
  public static GatewaySettings of(String serial, List<MeterSettings> meters) {
    return new GatewaySettings(serial, meters, List.of("TLSv1.2"), ZoneOffset.ofHours(1));
  }

  /** The same gateway with other TLS versions, such as {@code TLSv1} and {@code TLSv1.1}. */
  public GatewaySettings speaking(String... versions) {
    return new GatewaySettings(serial, meters, List.of(versions), offset);
  }
}
