package org.meterledger.meter;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.meterledger.server.Database;

/** What meters last told of how they are set. */
@ApplicationScoped
public class MeterSettings {

  private final Database database;

  /** For the client proxy only. */
  protected MeterSettings() {
    this(null);
  }

  @Inject
  public MeterSettings(Database database) {
    this.database = database;
  }

  /**
   * @param values by the meter's own names, in its order
   */
  public record Told(Instant readAt, Map<String, String> values) {}

  /** Empty before the settings were read. */
  public Optional<Told> of(int meterId) {
    return database.first(
        "select read_at, settings from meter_settings where meter_id = ?",
        row -> new Told(Database.instant(row, "read_at"), values(row.getString("settings"))),
        meterId);
  }

  private static Map<String, String> values(String json) {
    var values = new LinkedHashMap<String, String>();
    try (var reader = Json.createReader(new StringReader(json))) {
      reader
          .readObject()
          .forEach((key, value) -> values.put(key, ((JsonString) value).getString()));
    }
    return values;
  }
}
