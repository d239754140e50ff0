package org.meterledger.driver.g13;

import static org.meterledger.driver.g13.PartValues.whole;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;

/** Ratios of the transformers (N43, N48). */
final class TransformerPart extends ValuePart<G13Meter, TransformerRatios> {

  private static final String CURRENT = "currentNumerator";
  private static final String CURRENT_BY = "currentDenominator";
  private static final String VOLTAGE = "voltageNumerator";
  private static final String VOLTAGE_BY = "voltageDenominator";

  TransformerPart() {
    super(
        SettingsPart.record(
            "transformers", ratio(CURRENT), ratio(CURRENT_BY), ratio(VOLTAGE), ratio(VOLTAGE_BY)));
  }

  private static SettingsField ratio(String name) {
    return SettingsField.number(name, null, 1, Integer.MAX_VALUE);
  }

  @Override
  ReadResult<TransformerRatios> ask(G13Meter meter) {
    return Results.then(meter.info(), info -> ReadResult.complete(info.transformers()));
  }

  @Override
  JsonObject json(TransformerRatios ratios) {
    return Json.createObjectBuilder()
        .add(CURRENT, ratios.currentNumerator())
        .add(CURRENT_BY, ratios.currentDenominator())
        .add(VOLTAGE, ratios.voltageNumerator())
        .add(VOLTAGE_BY, ratios.voltageDenominator())
        .build();
  }

  @Override
  TransformerRatios value(JsonObject values) {
    return new TransformerRatios(
        whole(values, CURRENT),
        whole(values, CURRENT_BY),
        whole(values, VOLTAGE),
        whole(values, VOLTAGE_BY));
  }

  @Override
  CommandResult send(G13Meter meter, TransformerRatios wanted) {
    return meter.setTransformers(wanted).result();
  }
}
