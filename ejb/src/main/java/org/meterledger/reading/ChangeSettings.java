package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.meterledger.driver.Capability;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.SettingsChange;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsTarget;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.SettingsParts;

/**
 * Changes a part of the settings: reads it, sends what is to be changed unless somebody else has
 * changed that meanwhile, and reads it back.
 */
@ApplicationScoped
public class ChangeSettings implements OperationKind {

  public static final String NAME = "CHANGE_SETTINGS";
  public static final String PART = ReadSettingsPart.PART;
  public static final String BEFORE = "before";
  public static final String AFTER = "after";

  private final ReadingContext context;

  /** For the client proxy only. */
  protected ChangeSettings() {
    this(null);
  }

  @Inject
  public ChangeSettings(ReadingContext context) {
    this.context = context;
  }

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
    return List.of(
        ReadSettingsPart.part(unopened),
        OperationParameter.object(BEFORE, true),
        OperationParameter.object(AFTER, true));
  }

  @Override
  public void check(MeterSession unopened, JsonObject parameters) {
    var target = unopened.as(SettingsTarget.class).orElseThrow();
    var part = part(target, parameters).orElseThrow();
    var before = parameters.getJsonObject(BEFORE);
    var after = parameters.getJsonObject(AFTER);
    try {
      SettingsParts.check(target, part, after);
    } catch (InvalidSetting broken) {
      String at = broken.field().isEmpty() ? "" : '.' + broken.field();
      throw new InvalidOperation("parameters.after" + at, broken.rule(), broken.getMessage());
    }
    if (SettingsChange.between(part, before, after).isEmpty()) {
      throw new InvalidOperation(
          "parameters.after", "unchanged", "after is the same as before: nothing is to be changed");
    }
  }

  private static Optional<SettingsPart> part(SettingsTarget target, JsonObject parameters) {
    return target.parts().stream()
        .filter(each -> each.name().equals(parameters.getString(PART)))
        .findFirst();
  }

  /** After an answer that was lost it is asked again by a person, who sees what is there now. */
  @Override
  public boolean repeatable() {
    return false;
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) throws InterruptedException {
    var part =
        part(meter.session().as(SettingsTarget.class).orElseThrow(), parameters).orElseThrow();
    return new PartChange(
            meter, context, part, parameters.getJsonObject(BEFORE), parameters.getJsonObject(AFTER))
        .run();
  }
}
