package org.meterledger.driver.g13;

import jakarta.json.JsonObject;
import java.util.List;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsPart.Kept;

/** When previous values are kept (N70, N71); the quantities go along as the meter has them. */
final class PreviousValuesPeriodPart extends ValuePart<G13Meter, Closing> {

  PreviousValuesPeriodPart() {
    super(
        SettingsPart.record("previousValuesPeriod", Closing.PERIOD, Closing.WEEKDAY)
            .erasing(Kept.PREVIOUS_VALUES));
  }

  @Override
  ReadResult<Closing> ask(G13Meter meter) {
    return Results.then(
        new Abilities(meter.gateway(), meter)
            .judged(meter.previousValues().configuration(), List.of("PREVIOUS_VALUES")),
        told -> ReadResult.complete(new Closing(told.period(), told.weekday())));
  }

  @Override
  JsonObject json(Closing told) {
    return told.json().build();
  }

  @Override
  Closing value(JsonObject values) {
    return Closing.of(values);
  }

  @Override
  CommandResult send(G13Meter meter, Closing wanted) {
    return Results.command(
        meter.previousValues().configuration(),
        now ->
            meter
                .previousValues()
                .configure(
                    new PreviousValuesConfiguration(
                        wanted.period(), wanted.weekday(), now.quantities()))
                .result());
  }
}
