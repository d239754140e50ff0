package org.meterledger.driver.g13;

import static org.meterledger.driver.g13.PartValues.chosen;
import static org.meterledger.driver.g13.PartValues.whole;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;

/** The EQ bus on the side of the gateway (N4, N6). */
final class EqBusPart extends ValuePart<G13Gateway, EqBusSettings> {

  private static final String BAUD_RATE = "baudRate";
  private static final String INTER_OCTET = "interOctetTimeout";

  EqBusPart() {
    super(
        SettingsPart.record(
            "eqBus",
            SettingsField.choice(BAUD_RATE, PartValues.choices(EqBusSettings.BAUD_RATES)).in("Bd"),
            SettingsField.number(INTER_OCTET, "ms", 20, 6000)));
  }

  @Override
  ReadResult<EqBusSettings> ask(G13Gateway gateway) {
    return Results.then(gateway.configuration(), all -> ReadResult.complete(all.eqBus()));
  }

  @Override
  JsonObject json(EqBusSettings bus) {
    return Json.createObjectBuilder()
        .add(BAUD_RATE, Integer.toString(bus.baudRate()))
        .add(INTER_OCTET, bus.interOctetTimeout())
        .build();
  }

  @Override
  EqBusSettings value(JsonObject values) {
    return new EqBusSettings(chosen(values, BAUD_RATE), whole(values, INTER_OCTET));
  }

  @Override
  CommandResult send(G13Gateway gateway, EqBusSettings wanted) {
    return gateway.setEqBus(wanted).result();
  }
}
