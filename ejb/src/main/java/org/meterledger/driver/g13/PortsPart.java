package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsTarget.PartReading;
import org.meterledger.driver.g13.Ports.Use;

/** What each port is for (N64, N67). Those that stay as they are, are not changed. */
final class PortsPart implements Part<G13Meter> {

  static final List<String> NAMES = List.of("IO_CURRENT_OUTPUT_STATE");

  private static final String USE = "use";

  private static final SettingsPart DESCRIPTION =
      SettingsPart.rows(
          "ports",
          new SettingsPart.Rows(1, Ports.PORTS),
          SettingsField.choice(USE, PartValues.choices(Use.values())));

  @Override
  public SettingsPart description() {
    return DESCRIPTION;
  }

  @Override
  public ReadResult<PartReading> read(G13Meter meter) {
    return Results.then(
        new Abilities(meter.gateway(), meter).judged(meter.ports().configuration(), NAMES),
        uses ->
            ReadResult.complete(
                new PartReading(
                    PartValues.rows(
                        uses, use -> Json.createObjectBuilder().add(USE, PartValues.choice(use))),
                    Map.of())));
  }

  @Override
  public void check(JsonObject values) {
    // each port is free of the others
  }

  @Override
  public CommandResult write(G13Meter meter, JsonObject before, JsonObject after) {
    var uses = new ArrayList<Use>();
    for (JsonObject row : PartValues.rows(after)) {
      uses.add(
          row.equals(PartValues.row(before, uses.size()))
              ? Use.DO_NOT_CHANGE
              : PartValues.chosen(Use.class, row, USE));
    }
    return Written.readBack(
            meter.ports().configure(uses),
            () -> meter.ports().configuration(),
            now -> taken(uses, now),
            meter.clock())
        .result();
  }

  private static boolean taken(List<Use> wanted, List<Use> now) {
    for (int i = 0; i < wanted.size(); i++) {
      var use = wanted.get(i);
      if (use != Use.DO_NOT_CHANGE && (i >= now.size() || now.get(i) != use)) {
        return false;
      }
    }
    return true;
  }
}
