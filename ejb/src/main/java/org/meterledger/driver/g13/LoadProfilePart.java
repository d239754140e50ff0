package org.meterledger.driver.g13;

import static org.meterledger.driver.g13.PartValues.chosen;
import static org.meterledger.driver.g13.PartValues.rule;
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
import org.meterledger.driver.g13.LoadProfileConfiguration.Channel;

/**
 * What is captured how often (N74, N75). All channels are sent at once; one that is not in use is
 * told empty, and cannot be sent so.
 */
final class LoadProfilePart implements Part<G13Meter> {

  static final String INTERVAL = "interval";

  private static final String ITEMS = "items";

  private static final SettingsPart DESCRIPTION =
      SettingsPart.rows(
              "loadProfiles",
              new SettingsPart.Rows(1, LoadProfileConfiguration.CHANNELS),
              Quantities.field(),
              SettingsField.choice(
                  INTERVAL, PartValues.choices(LoadProfileConfiguration.INTERVALS)),
              SettingsField.number(ITEMS, null, 1, LoadProfileConfiguration.MOST_ITEMS))
          .erasing(Kept.LOAD_PROFILES);

  @Override
  public SettingsPart description() {
    return DESCRIPTION;
  }

  @Override
  public ReadResult<PartReading> read(G13Meter meter) {
    var abilities = new Abilities(meter.gateway(), meter);
    return Results.then(
        abilities.judged(meter.loadProfiles().configuration(), List.of("LOAD_PROFILE_CH_1")),
        told ->
            Quantities.reading(
                meter,
                abilities,
                StorableQuantities::loadProfiles,
                told.channels().stream().map(Channel::quantity).toList(),
                PartValues.rows(told.channels(), LoadProfilePart::json)));
  }

  private static JsonObjectBuilder json(Channel channel) {
    return channel.used()
        ? Json.createObjectBuilder()
            .add(Quantities.FIELD, Integer.toString(channel.quantity()))
            .add(INTERVAL, Integer.toString(channel.intervalSeconds()))
            .add(ITEMS, channel.items())
        : Json.createObjectBuilder();
  }

  private static LoadProfileConfiguration value(JsonObject values) {
    var channels = new ArrayList<Channel>();
    var sum = 0L;
    for (JsonObject row : PartValues.rows(values)) {
      var quantity = Quantities.number(row, channels.size());
      var channel = new Channel(chosen(row, INTERVAL), quantity, whole(row, ITEMS));
      channels.add(channel);
      sum += channel.items();
    }
    rule(
        sum <= LoadProfileConfiguration.MOST_ITEMS,
        SettingsPart.ROWS,
        "sum",
        "All channels together hold at most %d items, not %d"
            .formatted(LoadProfileConfiguration.MOST_ITEMS, sum));
    return new LoadProfileConfiguration(channels);
  }

  @Override
  public void check(JsonObject values) {
    PartValues.fits(value(values).payload());
  }

  @Override
  public CommandResult write(G13Meter meter, JsonObject before, JsonObject after) {
    return meter.loadProfiles().configure(value(after)).result();
  }
}
