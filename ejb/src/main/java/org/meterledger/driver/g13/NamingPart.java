package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;

/** How the gateway is called, and where it is (N9, N10). */
final class NamingPart extends ValuePart<G13Gateway, Naming> {

  private static final String ALIAS = "alias";
  private static final String LOCATION = "location";

  /** Something that can be seen, in one line. */
  private static final String VISIBLE = "[^\\p{Cntrl}]*[^\\p{Cntrl}\\s][^\\p{Cntrl}]*";

  NamingPart() {
    super(
        SettingsPart.record(
            "naming",
            SettingsField.text(ALIAS, Limit.ALIAS, VISIBLE),
            SettingsField.text(LOCATION, Limit.LOCATION, VISIBLE)));
  }

  @Override
  ReadResult<Naming> ask(G13Gateway gateway) {
    return gateway.naming();
  }

  @Override
  JsonObject json(Naming told) {
    return Json.createObjectBuilder()
        .add(ALIAS, told.alias())
        .add(LOCATION, told.location())
        .build();
  }

  @Override
  Naming value(JsonObject values) {
    return new Naming("", values.getString(ALIAS), values.getString(LOCATION));
  }

  /** The payload needs the serial number of the gateway, which is asked. */
  @Override
  CommandResult send(G13Gateway gateway, Naming wanted) {
    return Results.command(
        gateway.naming(),
        now ->
            gateway
                .rename(new Naming(now.serialNumber(), wanted.alias(), wanted.location()))
                .result());
  }
}
