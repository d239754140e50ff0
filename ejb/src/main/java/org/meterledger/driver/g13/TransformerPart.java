package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Map;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsTarget.PartReading;

/** Ratios of the transformers (N43, N48). */
final class TransformerPart implements Part<G13Meter> {

  private static final String CURRENT = "currentNumerator";
  private static final String CURRENT_BY = "currentDenominator";
  private static final String VOLTAGE = "voltageNumerator";
  private static final String VOLTAGE_BY = "voltageDenominator";

  private static final SettingsPart DESCRIPTION =
      SettingsPart.record(
          "transformers", ratio(CURRENT), ratio(CURRENT_BY), ratio(VOLTAGE), ratio(VOLTAGE_BY));

  private static SettingsField ratio(String name) {
    return SettingsField.number(name, null, 1, Integer.MAX_VALUE);
  }

  @Override
  public SettingsPart description() {
    return DESCRIPTION;
  }

  @Override
  public ReadResult<PartReading> read(G13Meter meter) {
    return Results.then(
        meter.info(),
        info -> ReadResult.complete(new PartReading(json(info.transformers()), Map.of())));
  }

  private static JsonObject json(TransformerRatios ratios) {
    return Json.createObjectBuilder()
        .add(CURRENT, ratios.currentNumerator())
        .add(CURRENT_BY, ratios.currentDenominator())
        .add(VOLTAGE, ratios.voltageNumerator())
        .add(VOLTAGE_BY, ratios.voltageDenominator())
        .build();
  }

  @Override
  public void check(JsonObject values) {
    // each ratio is free of the others
  }

  @Override
  public CommandResult write(G13Meter meter, JsonObject before, JsonObject after) {
    return meter
        .setTransformers(
            new TransformerRatios(
                after.getInt(CURRENT),
                after.getInt(CURRENT_BY),
                after.getInt(VOLTAGE),
                after.getInt(VOLTAGE_BY)))
        .result();
  }
}
