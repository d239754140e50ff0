package org.meterledger.driver.g13;

/**
 * All settings of the gateway (N4).
 *
 * @param mac as the gateway prints it, which may be odd
 */
public record GatewayConfiguration(
    IpSettings ip,
    String mac,
    EqBusSettings eqBus,
    MBusTimeouts wiredMBus,
    MBusTimeouts infraredMBus) {

  static GatewayConfiguration of(Node answer) {
    return new GatewayConfiguration(
        IpSettings.of(answer.at("ip")),
        answer.at("ip").textOr("mac", ""),
        EqBusSettings.of(answer.at("eqbus")),
        MBusTimeouts.of(answer.at("mbus_wired")),
        MBusTimeouts.of(answer.at("mbus_ir")));
  }
}
