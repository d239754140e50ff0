package org.meterledger.driver.g13;

import static org.meterledger.driver.g13.PartValues.whole;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsTarget.PartReading;
import org.meterledger.driver.g13.Ports.Pulse;
import org.meterledger.driver.g13.Ports.PulseEnergy;

/** What the pulse outputs tell, and on which port (N65, N68). Only those that differ are sent. */
final class PulsesPart implements Part<G13Meter> {

  private static final String PORT = "port";
  private static final String OFF = "off";
  private static final String LENGTH = "pulseLength";
  private static final String FREQUENCY = "pulseFrequency";
  private static final String ENERGY = "pulseEnergy";

  private static final SettingsPart DESCRIPTION =
      SettingsPart.rows(
          "pulses",
          new SettingsPart.Rows(1, Ports.PORTS),
          SettingsField.choice(PORT, List.of("1", "2", "3", "4", OFF)),
          SettingsField.choice(ENERGY, PartValues.choices(PulseEnergy.values())),
          SettingsField.number(FREQUENCY, "imp", 1, Integer.MAX_VALUE),
          SettingsField.number(LENGTH, "ms", 1, Integer.MAX_VALUE));

  @Override
  public SettingsPart description() {
    return DESCRIPTION;
  }

  @Override
  public ReadResult<PartReading> read(G13Meter meter) {
    return Results.then(
        new Abilities(meter.gateway(), meter).judged(meter.ports().pulses(), PortsPart.NAMES),
        pulses ->
            ReadResult.complete(
                new PartReading(PartValues.rows(pulses, PulsesPart::json), Map.of())));
  }

  private static JsonObjectBuilder json(Pulse pulse) {
    return Json.createObjectBuilder()
        .add(PORT, pulse.port() == Ports.OFF ? OFF : Integer.toString(pulse.port()))
        .add(ENERGY, PartValues.choice(pulse.energy()))
        .add(FREQUENCY, pulse.frequency())
        .add(LENGTH, pulse.lengthMillis());
  }

  private static Pulse pulse(JsonObject row, int id) {
    return new Pulse(
        id,
        OFF.equals(row.getString(PORT)) ? Ports.OFF : PartValues.chosen(row, PORT),
        whole(row, LENGTH),
        whole(row, FREQUENCY),
        PartValues.chosen(PulseEnergy.class, row, ENERGY));
  }

  @Override
  public void check(JsonObject values) {
    // each output is free of the others
  }

  @Override
  public CommandResult write(G13Meter meter, JsonObject before, JsonObject after) {
    var changed = new ArrayList<Pulse>();
    var rows = PartValues.rows(after);
    for (int i = 0; i < rows.size(); i++) {
      if (!rows.get(i).equals(PartValues.row(before, i))) {
        changed.add(pulse(rows.get(i), i + 1));
      }
    }
    return changed.isEmpty()
        ? new CommandResult.Accepted(meter.clock().instant())
        : Written.readBack(
                meter.ports().setPulses(changed),
                () -> meter.ports().pulses(),
                now -> now.containsAll(changed),
                meter.clock())
            .result();
  }
}
