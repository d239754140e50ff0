package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsPart.Kept;
import org.meterledger.driver.SettingsTarget.PartReading;

/** Which registers are kept (N70, N71); the period goes along as the meter has it. */
final class PreviousValuesPart implements Part<G13Meter> {

  private static final SettingsPart DESCRIPTION =
      SettingsPart.rows(
              "previousValues",
              new SettingsPart.Rows(0, PreviousValuesConfiguration.MOST_QUANTITIES),
              Quantities.field())
          .erasing(Kept.PREVIOUS_VALUES);

  @Override
  public SettingsPart description() {
    return DESCRIPTION;
  }

  @Override
  public ReadResult<PartReading> read(G13Meter meter) {
    var abilities = new Abilities(meter.gateway(), meter);
    return Results.then(
        abilities.judged(meter.previousValues().configuration(), List.of("PREVIOUS_VALUES")),
        told ->
            Quantities.reading(
                meter,
                abilities,
                StorableQuantities::previousValues,
                told.quantities(),
                json(told)));
  }

  private static JsonObject json(PreviousValuesConfiguration told) {
    return PartValues.rows(
        told.quantities(),
        quantity -> Json.createObjectBuilder().add(Quantities.FIELD, quantity.toString()));
  }

  private static List<Integer> quantities(JsonObject values) {
    var quantities = new ArrayList<Integer>();
    for (JsonObject row : PartValues.rows(values)) {
      quantities.add(Quantities.number(row, quantities.size()));
    }
    return quantities;
  }

  /** With the longest period. */
  @Override
  public void check(JsonObject values) {
    PartValues.fits(
        new PreviousValuesConfiguration(Period.WEEKLY, 7, quantities(values)).payload());
  }

  @Override
  public CommandResult write(G13Meter meter, JsonObject before, JsonObject after) {
    return Results.command(
        meter.previousValues().configuration(),
        now ->
            meter
                .previousValues()
                .configure(
                    new PreviousValuesConfiguration(now.period(), now.weekday(), quantities(after)))
                .result());
  }
}
