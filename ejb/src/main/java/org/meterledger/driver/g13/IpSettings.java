package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.regex.Pattern;

/**
 * IP settings of the gateway (N4, N5), addresses as dotted quads. What a gateway tells need not be
 * what it takes, so the rules are checked by {@link #checked()} before they are sent.
 *
 * @param dhcp whether address, mask and gateway come from a DHCP server
 * @param automaticDns whether the name servers come from there too; not with a static address
 * @param primaryDns used where {@code automaticDns} is false
 */
public record IpSettings(
    boolean dhcp,
    boolean automaticDns,
    String address,
    String gateway,
    String subnet,
    String primaryDns,
    String secondaryDns) {

  static final String QUAD = "((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}";

  /**
   * @throws IllegalArgumentException when a rule of the gateway is broken
   */
  public IpSettings checked() {
    Limit.rule(dhcp || !automaticDns, "With a static address the name servers cannot be automatic");
    for (String quad : new String[] {address, gateway, subnet, primaryDns, secondaryDns}) {
      Limit.rule(
          quad != null && Pattern.matches(QUAD, quad),
          "An address has four numbers from 0 to 255 with dots between, not " + quad);
    }
    return this;
  }

  static IpSettings of(Node ip) {
    return new IpSettings(
        ip.at("dhcp").flag(),
        ip.at("dns").flag(),
        ip.at("ip").text(),
        ip.at("gateway").text(),
        ip.at("subnet").text(),
        ip.at("pdns").text(),
        ip.at("sdns").text());
  }

  JsonObject payload() {
    return Json.createObjectBuilder()
        .add("dhcp", dhcp)
        .add("dns", automaticDns)
        .add("ip", address)
        .add("gateway", gateway)
        .add("subnet", subnet)
        .add("pdns", primaryDns)
        .add("sdns", secondaryDns)
        .build();
  }
}
