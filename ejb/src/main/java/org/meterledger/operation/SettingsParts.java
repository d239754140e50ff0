package org.meterledger.operation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsTarget;
import org.meterledger.server.Database;

/** What can be set of a meter, and what it last told of it. No meter is called here. */
@ApplicationScoped
public class SettingsParts {

  private final Database database;
  private final OperationKinds kinds;

  /** For the client proxy only. */
  protected SettingsParts() {
    this(null, null);
  }

  @Inject
  public SettingsParts(Database database, OperationKinds kinds) {
    this.database = database;
    this.kinds = kinds;
  }

  /**
   * A part as it was last read.
   *
   * @param choices names of the values that the device itself offers, by field
   * @param operationId that read it
   */
  public record Told(
      String part,
      Instant readAt,
      JsonObject values,
      Map<String, Map<String, String>> choices,
      Long operationId) {}

  /** What can be set of a model, in the order in which people look for it. */
  public List<SettingsPart> of(String modelId) {
    try (var session = kinds.unopened(modelId)) {
      return session.as(SettingsTarget.class).map(SettingsTarget::parts).orElse(List.of());
    }
  }

  public Optional<SettingsPart> find(String modelId, String name) {
    return of(modelId).stream().filter(part -> part.name().equals(name)).findFirst();
  }

  /**
   * All rules that hold without the device.
   *
   * @throws InvalidSetting when one is broken
   */
  public void check(String modelId, SettingsPart part, JsonObject values) {
    try (var session = kinds.unopened(modelId)) {
      check(session.as(SettingsTarget.class).orElseThrow(), part, values);
    }
  }

  /** The same with a session at hand. */
  public static void check(SettingsTarget target, SettingsPart part, JsonObject values) {
    part.check(values);
    target.checkPart(part.name(), values);
  }

  /** What a meter last told, by name of the part; what was never read is not there. */
  public Map<String, Told> told(int meterId) {
    var told = new LinkedHashMap<String, Told>();
    database
        .query(
            """
            select part, read_at, settings, choices, operation_id from meter_settings_part
             where meter_id = ?""",
            row ->
                new Told(
                    row.getString("part"),
                    Database.instant(row, "read_at"),
                    json(row.getString("settings")),
                    choices(json(row.getString("choices"))),
                    Database.number(row, "operation_id")),
            meterId)
        .forEach(each -> told.put(each.part(), each));
    return told;
  }

  private static JsonObject json(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static Map<String, Map<String, String>> choices(JsonObject told) {
    var choices = new LinkedHashMap<String, Map<String, String>>();
    told.forEach(
        (field, names) -> {
          var ofField = new LinkedHashMap<String, String>();
          names.asJsonObject().keySet().forEach(each -> ofField.put(each, name(names, each)));
          choices.put(field, ofField);
        });
    return choices;
  }

  private static String name(jakarta.json.JsonValue names, String value) {
    return names.asJsonObject().getString(value);
  }
}
