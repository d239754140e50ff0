package org.meterledger.web.settings;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.meterledger.driver.SettingsChange;
import org.meterledger.driver.SettingsPart;
import org.meterledger.meter.Meters;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.SettingsParts;
import org.meterledger.reading.ChangeSettings;

/** What an operation changes of the settings, and what became of it, value by value. */
@Named("settingsChanges")
@RequestScoped
public class SettingsChanges {

  @Inject private SettingsParts parts;
  @Inject private Meters meters;
  @Inject private SettingsWords words;

  /** What became of a value. */
  public enum Outcome {
    TAKEN,
    NOT_TAKEN,
    CHANGED_MEANWHILE,
    UNCONFIRMED
  }

  /**
   * A value, all in words.
   *
   * @param now as the meter was last read in the operation; a dash where it was not
   * @param outcome null before it is known
   */
  public record Line(String label, String before, String asked, String now, Outcome outcome) {}

  /** Name of the part that an operation is about; empty without. */
  public String part(MeterOperation operation) {
    return PartForm.json(operation.parameters()).getString(ChangeSettings.PART, "");
  }

  /** Empty for operations that change no settings. */
  public List<Line> of(MeterOperation operation) {
    if (!operation.kind().equals(ChangeSettings.NAME)) {
      return List.of();
    }
    var parameters = PartForm.json(operation.parameters());
    var meter = meters.row(operation.serialNumber()).orElse(null);
    var part =
        meter == null
            ? null
            : parts.find(meter.model(), parameters.getString(ChangeSettings.PART)).orElse(null);
    if (part == null) {
      return List.of();
    }
    var told = parts.told(meter.id()).get(part.name());
    return lines(
        part,
        parameters,
        operation.result() == null ? null : PartForm.json(operation.result()),
        told == null ? Map.of() : told.choices());
  }

  /**
   * @param result null where there is none
   */
  List<Line> lines(
      SettingsPart part,
      JsonObject parameters,
      JsonObject result,
      Map<String, Map<String, String>> choices) {
    var changes =
        new ArrayList<>(
            SettingsChange.between(
                part,
                parameters.getJsonObject(ChangeSettings.BEFORE),
                parameters.getJsonObject(ChangeSettings.AFTER)));
    var wanted = new HashSet<>(changes.stream().map(SettingsChange::path).toList());
    if (result != null && result.containsKey("sent") && result.containsKey(ChangeSettings.AFTER)) {
      var open = paths(result, "unconfirmed");
      SettingsChange.between(
              part, result.getJsonObject("sent"), result.getJsonObject(ChangeSettings.AFTER))
          .stream()
          .filter(each -> open.contains(each.path()) && wanted.add(each.path()))
          .map(each -> new SettingsChange(each.row(), each.field(), each.before(), each.before()))
          .forEach(changes::add);
    }
    var now = now(result);
    return changes.stream()
        .map(
            each ->
                new Line(
                    words.label(each),
                    words.value(each.field(), each.before(), choices),
                    words.value(each.field(), each.after(), choices),
                    words.value(each.field(), now == null ? null : each.in(part, now), choices),
                    outcome(result, each.path())))
        .toList();
  }

  private static JsonObject now(JsonObject result) {
    if (result == null) {
      return null;
    }
    return result.getJsonObject(
        result.containsKey(ChangeSettings.AFTER) || result.containsKey("sent")
            ? ChangeSettings.AFTER
            : ChangeSettings.BEFORE);
  }

  private static Outcome outcome(JsonObject result, String path) {
    if (result == null) {
      return null;
    }
    if (paths(result, "changedMeanwhile").contains(path)) {
      return Outcome.CHANGED_MEANWHILE;
    }
    boolean open = paths(result, "unconfirmed").contains(path);
    if (result.containsKey(ChangeSettings.AFTER)) {
      return open ? Outcome.NOT_TAKEN : Outcome.TAKEN;
    }
    return open ? Outcome.UNCONFIRMED : Outcome.NOT_TAKEN;
  }

  private static Set<String> paths(JsonObject result, String name) {
    var paths = new HashSet<String>();
    if (result.containsKey(name)) {
      result
          .getJsonArray(name)
          .getValuesAs(JsonString.class)
          .forEach(path -> paths.add(path.getString()));
    }
    return paths;
  }
}
