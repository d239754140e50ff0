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

/** Which registers are kept at the ends of days, weeks or months (N70, N71). */
final class PreviousValuesPart implements Part<G13Meter> {

  private static final SettingsPart DESCRIPTION =
      SettingsPart.rows(
              "previousValues",
              new SettingsPart.Rows(0, PreviousValuesConfiguration.MOST_QUANTITIES),
              Quantities.field())
          .sharing(Closing.PERIOD, Closing.WEEKDAY)
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
    var json = Json.createObjectBuilder();
    new Closing(told.period(), told.weekday()).addTo(json);
    var rows =
        PartValues.array(
            told.quantities(),
            quantity -> Json.createObjectBuilder().add(Quantities.FIELD, quantity.toString()));
    return json.add(SettingsPart.ROWS, rows).build();
  }

  private static PreviousValuesConfiguration value(JsonObject values) {
    var closing = Closing.of(values);
    var quantities = new ArrayList<Integer>();
    for (JsonObject row : PartValues.rows(values)) {
      quantities.add(Quantities.number(row, quantities.size()));
    }
    return new PreviousValuesConfiguration(closing.period(), closing.weekday(), quantities);
  }

  @Override
  public void check(JsonObject values) {
    PartValues.fits(value(values).payload());
  }

  @Override
  public CommandResult write(G13Meter meter, JsonObject before, JsonObject after) {
    return meter.previousValues().configure(value(after)).result();
  }
}
