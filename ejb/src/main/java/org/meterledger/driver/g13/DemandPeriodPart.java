package org.meterledger.driver.g13;

import static org.meterledger.driver.g13.PartValues.chosen;
import static org.meterledger.driver.g13.PartValues.rule;

import jakarta.json.JsonObject;
import java.util.List;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsPart.Kept;

/**
 * Over what demand is averaged, and when its extremes are kept (N78, N79); the channels go along as
 * the meter has them.
 */
final class DemandPeriodPart extends ValuePart<G13Meter, DemandConfiguration> {

  private static final String SUBINTERVAL = "subInterval";
  private static final List<String> INTERVALS = PartValues.choices(DemandConfiguration.INTERVALS);

  DemandPeriodPart() {
    super(
        SettingsPart.record(
                "demandPeriod",
                SettingsField.choice(LoadProfilePart.INTERVAL, INTERVALS),
                SettingsField.choice(SUBINTERVAL, INTERVALS),
                Closing.PERIOD,
                Closing.WEEKDAY)
            .erasing(Kept.DEMAND));
  }

  @Override
  ReadResult<DemandConfiguration> ask(G13Meter meter) {
    return new Abilities(meter.gateway(), meter)
        .judged(meter.demand().configuration(), List.of("DEMAND"));
  }

  @Override
  JsonObject json(DemandConfiguration told) {
    return new Closing(told.period(), told.weekday())
        .json()
        .add(LoadProfilePart.INTERVAL, Integer.toString(told.intervalSeconds()))
        .add(SUBINTERVAL, Integer.toString(told.subIntervalSeconds()))
        .build();
  }

  @Override
  DemandConfiguration value(JsonObject values) {
    var interval = chosen(values, LoadProfilePart.INTERVAL);
    var subInterval = chosen(values, SUBINTERVAL);
    rule(
        interval % subInterval == 0,
        SUBINTERVAL,
        "divides",
        "A subinterval of %d s does not divide the interval of %d s"
            .formatted(subInterval, interval));
    var closing = Closing.of(values);
    return new DemandConfiguration(
        List.of(), interval, subInterval, closing.period(), closing.weekday());
  }

  @Override
  CommandResult send(G13Meter meter, DemandConfiguration wanted) {
    return Results.command(
        meter.demand().configuration(),
        now -> meter.demand().configure(wanted.with(now.channels())).result());
  }
}
