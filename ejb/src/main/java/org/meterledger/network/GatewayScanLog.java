package org.meterledger.network;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.meterledger.driver.MeterBus;
import org.meterledger.driver.MeterScan.Found;
import org.meterledger.notice.Notices;
import org.meterledger.server.Database;

/** How far the scans of gateways have come; pages hear of it under topic {@value #TOPIC}. */
@ApplicationScoped
public class GatewayScanLog {

  /** Of the notices; the key is the id of the gateway's device. */
  public static final String TOPIC = "scans";

  private final Database database;
  private final Notices notices;

  /** For the client proxy only. */
  protected GatewayScanLog() {
    this(null, null);
  }

  @Inject
  public GatewayScanLog(Database database, Notices notices) {
    this.database = database;
    this.notices = notices;
  }

  /** Empty before the first scan. */
  Optional<GatewayScan> of(int meterId) {
    return database.first(
        "select number, started_at, told_at, state, found from gateway_scan where meter_id = ?",
        row ->
            new GatewayScan(
                row.getLong("number"),
                Database.instant(row, "started_at"),
                Database.instant(row, "told_at"),
                GatewayScan.State.valueOf(row.getString("state")),
                found(row.getString("found"))),
        meterId);
  }

  void write(int meterId, GatewayScan scan) {
    database.update(
        """
        insert into gateway_scan (meter_id, number, started_at, told_at, state, found)
        values (?, ?, ?, ?, ?, ?::json)
        on conflict (meter_id) do update
          set number = excluded.number, started_at = excluded.started_at,
              told_at = excluded.told_at, state = excluded.state, found = excluded.found""",
        meterId,
        scan.number(),
        scan.startedAt(),
        scan.toldAt(),
        scan.state().name(),
        json(scan.found()).toString());
    notices.soon(TOPIC, String.valueOf(meterId));
  }

  /** They are not on the gateway's list any more. */
  void remove(int meterId, Collection<String> serialNumbers) {
    database.update(
        """
        update gateway_scan set found = coalesce(
          (select json_agg(f) from json_array_elements(found) f
            where f ->> 'serialNumber' <> all (?)), '[]')
         where meter_id = ?""",
        serialNumbers.toArray(String[]::new),
        meterId);
    notices.soon(TOPIC, String.valueOf(meterId));
  }

  private static JsonArray json(List<Found> found) {
    var list = Json.createArrayBuilder();
    for (var each : found) {
      list.add(
          Json.createObjectBuilder()
              .add("scan", each.scan())
              .add("serialNumber", each.serialNumber())
              .add("bus", each.bus().name())
              .add("address", each.address()));
    }
    return list.build();
  }

  private static List<Found> found(String json) {
    try (var reader = Json.createReader(new StringReader(json))) {
      return reader.readArray().getValuesAs(JsonObject.class).stream()
          .map(
              each ->
                  new Found(
                      each.getJsonNumber("scan").longValueExact(),
                      each.getString("serialNumber"),
                      MeterBus.valueOf(each.getString("bus")),
                      each.getString("address")))
          .toList();
    }
  }
}
