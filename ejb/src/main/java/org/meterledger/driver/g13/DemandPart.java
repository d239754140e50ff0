package org.meterledger.driver.g13;

import static org.meterledger.driver.g13.PartValues.chosen;
import static org.meterledger.driver.g13.PartValues.whole;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsPart.Kept;
import org.meterledger.driver.SettingsTarget.PartReading;
import org.meterledger.driver.g13.DemandConfiguration.Channel;
import org.meterledger.driver.g13.DemandConfiguration.Code;

/**
 * Which extremes of demand are kept (N78, N79); the period goes along as the meter has it. More
 * than fits into one request cannot be sent, for the gateway takes no part of it.
 */
final class DemandPart implements Part<G13Meter> {

  private static final String BILLING = "billing";
  private static final String EXTREME = "extreme";
  private static final String MINIMUM = "minimum";
  private static final String MAXIMUM = "maximum";
  private static final String LEVEL = "level";

  /** What makes the longest request. */
  private static final DemandConfiguration LONGEST =
      new DemandConfiguration(List.of(), 3600, 3600, Period.WEEKLY, 7);

  private static final SettingsPart DESCRIPTION =
      SettingsPart.rows(
              "demand",
              new SettingsPart.Rows(0, DemandConfiguration.MOST_CHANNELS),
              Quantities.field(),
              SettingsField.choice(EXTREME, List.of(MINIMUM, MAXIMUM)),
              SettingsField.number(LEVEL, null, 1, 3),
              SettingsField.choice(BILLING, List.of("1", "2")))
          .erasing(Kept.DEMAND);

  @Override
  public SettingsPart description() {
    return DESCRIPTION;
  }

  @Override
  public ReadResult<PartReading> read(G13Meter meter) {
    var abilities = new Abilities(meter.gateway(), meter);
    return Results.then(
        abilities.judged(meter.demand().configuration(), List.of("DEMAND")),
        told ->
            Quantities.reading(
                meter,
                abilities,
                StorableQuantities::demand,
                told.channels().stream().map(Channel::quantity).toList(),
                PartValues.rows(told.channels(), DemandPart::json)));
  }

  private static JsonObjectBuilder json(Channel channel) {
    return Json.createObjectBuilder()
        .add(Quantities.FIELD, Integer.toString(channel.quantity()))
        .add(EXTREME, channel.code().maximum() ? MAXIMUM : MINIMUM)
        .add(LEVEL, channel.code().level())
        .add(BILLING, Integer.toString(channel.code().billing()));
  }

  private static List<Channel> channels(JsonObject values) {
    var channels = new ArrayList<Channel>();
    for (JsonObject row : PartValues.rows(values)) {
      var maximum = MAXIMUM.equals(row.getString(EXTREME));
      channels.add(
          new Channel(
              Quantities.number(row, channels.size()),
              new Code(chosen(row, BILLING), maximum, whole(row, LEVEL))));
    }
    return channels;
  }

  @Override
  public void check(JsonObject values) {
    PartValues.fits(LONGEST.with(channels(values)).payload());
  }

  @Override
  public CommandResult write(G13Meter meter, JsonObject before, JsonObject after) {
    return Results.command(
        meter.demand().configuration(),
        now -> meter.demand().configure(now.with(channels(after))).result());
  }
}
