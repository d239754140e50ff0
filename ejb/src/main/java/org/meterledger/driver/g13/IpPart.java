package org.meterledger.driver.g13;

import static org.meterledger.driver.g13.PartValues.rule;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;

/**
 * How the gateway stands in the network (N4, N5). After it got another address nobody answers under
 * the old one, so that what was sent stays unconfirmed.
 */
final class IpPart extends ValuePart<G13Gateway, IpSettings> {

  private static final String DHCP = "dhcp";
  private static final String AUTOMATIC_DNS = "automaticDns";
  private static final String ADDRESS = "address";
  private static final String GATEWAY = "gateway";
  private static final String SUBNET = "subnet";
  private static final String PRIMARY_DNS = "primaryDns";
  private static final String SECONDARY_DNS = "secondaryDns";
  private static final int LONGEST_QUAD = 15;

  IpPart() {
    super(
        SettingsPart.record(
            "ip",
            SettingsField.flag(DHCP),
            SettingsField.flag(AUTOMATIC_DNS),
            quad(ADDRESS),
            quad(SUBNET),
            quad(GATEWAY),
            quad(PRIMARY_DNS),
            quad(SECONDARY_DNS)));
  }

  private static SettingsField quad(String name) {
    return SettingsField.text(name, LONGEST_QUAD, IpSettings.QUAD);
  }

  @Override
  ReadResult<IpSettings> ask(G13Gateway gateway) {
    return Results.then(gateway.configuration(), all -> ReadResult.complete(all.ip()));
  }

  @Override
  JsonObject json(IpSettings ip) {
    return Json.createObjectBuilder()
        .add(DHCP, ip.dhcp())
        .add(AUTOMATIC_DNS, ip.automaticDns())
        .add(ADDRESS, ip.address())
        .add(SUBNET, ip.subnet())
        .add(GATEWAY, ip.gateway())
        .add(PRIMARY_DNS, ip.primaryDns())
        .add(SECONDARY_DNS, ip.secondaryDns())
        .build();
  }

  @Override
  IpSettings value(JsonObject values) {
    rule(
        values.getBoolean(DHCP) || !values.getBoolean(AUTOMATIC_DNS),
        AUTOMATIC_DNS,
        "static",
        "With a static address the name servers cannot be automatic");
    return new IpSettings(
        values.getBoolean(DHCP),
        values.getBoolean(AUTOMATIC_DNS),
        values.getString(ADDRESS),
        values.getString(GATEWAY),
        values.getString(SUBNET),
        values.getString(PRIMARY_DNS),
        values.getString(SECONDARY_DNS));
  }

  @Override
  CommandResult send(G13Gateway gateway, IpSettings wanted) {
    return gateway.setIp(wanted).result();
  }
}
