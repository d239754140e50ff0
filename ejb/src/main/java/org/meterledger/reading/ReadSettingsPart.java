package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.meterledger.driver.Capability;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsTarget;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.Progress;

/** Reads a part of the settings now. */
@ApplicationScoped
public class ReadSettingsPart implements OperationKind {

  public static final String NAME = "READ_SETTINGS_PART";
  public static final String PART = "part";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<? extends Capability> needs() {
    return SettingsTarget.class;
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    return List.of(part(unopened));
  }

  static OperationParameter part(MeterSession unopened) {
    var parts = unopened.as(SettingsTarget.class).orElseThrow().parts();
    return OperationParameter.choice(PART, true, parts.stream().map(SettingsPart::name).toList());
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) {
    var progress = new Progress();
    var part = parameters.getString(PART);
    var read = read(meter, part, progress);
    var told = Json.createObjectBuilder().add(PART, part);
    if (read != null) {
      told.add("values", read.values());
    }
    return new Outcome(told.build(), progress);
  }

  /**
   * A part as the meter has it, or null when it did not tell it. Only what was told in full is kept
   * as what is known.
   */
  static SettingsTarget.PartReading read(OpenMeter meter, String part, Progress progress) {
    var target = meter.session().as(SettingsTarget.class).orElseThrow();
    var read = progress.value(target.readPart(part));
    if (read != null) {
      progress.received(1, 0);
      if (progress.fault() == null) {
        meter.delivery().settingsPart(part, read);
      }
    }
    return read;
  }
}
