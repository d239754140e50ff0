package org.meterledger.network;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.meterledger.driver.MeterBus;
import org.meterledger.driver.MeterScan.BusScan;
import org.meterledger.operation.InvalidOperation;

/**
 * What to scan, between JSON and values: an object with the buses by name, each with {@code
 * baudRate}, {@code first} and {@code last} or {@code listed}, all of which may be left out.
 */
final class ScanParameters {

  static final String BUSES = "buses";

  private static final Set<String> KNOWN = Set.of("baudRate", "first", "last", "listed");
  private static final int MOST_LISTED = 1_000;

  private ScanParameters() {}

  static JsonObject of(List<BusScan> wanted) {
    var buses = Json.createObjectBuilder();
    for (var each : wanted) {
      var bus = Json.createObjectBuilder();
      add(bus, "baudRate", each.baudRate());
      add(bus, "first", each.first());
      add(bus, "last", each.last());
      if (!each.listed().isEmpty()) {
        bus.add("listed", Json.createArrayBuilder(each.listed()));
      }
      buses.add(each.bus().name(), bus);
    }
    return Json.createObjectBuilder().add(BUSES, buses).build();
  }

  private static void add(JsonObjectBuilder bus, String name, Integer number) {
    if (number != null) {
      bus.add(name, number);
    }
  }

  /**
   * @throws InvalidOperation when this is no such object
   */
  static List<BusScan> read(JsonObject parameters) {
    var wanted = new ArrayList<BusScan>();
    parameters.getJsonObject(BUSES).forEach((name, value) -> wanted.add(bus(name, value)));
    return wanted;
  }

  private static BusScan bus(String name, JsonValue value) {
    MeterBus bus;
    try {
      bus = MeterBus.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw invalid(name, "unknown", "A bus is one of " + List.of(MeterBus.values()));
    }
    if (!(value instanceof JsonObject object)) {
      throw invalid(name, "type", name + " is a JSON object");
    }
    for (String key : object.keySet()) {
      if (!KNOWN.contains(key)) {
        throw invalid(name + "." + key, "unknown", key + " is not a parameter here");
      }
    }
    return new BusScan(
        bus,
        number(name, object, "baudRate"),
        number(name, object, "first"),
        number(name, object, "last"),
        listed(name, object.get("listed")));
  }

  private static Integer number(String bus, JsonObject object, String key) {
    var value = object.get(key);
    return value == null ? null : whole(bus + "." + key, value);
  }

  private static Integer whole(String field, JsonValue value) {
    if (value instanceof JsonNumber number && number.isIntegral()) {
      try {
        return number.intValueExact();
      } catch (ArithmeticException e) {
        throw invalid(field, "range", field + " is too large");
      }
    }
    throw invalid(field, "type", field + " is a whole number");
  }

  private static List<Integer> listed(String bus, JsonValue value) {
    if (value == null) {
      return List.of();
    }
    String field = bus + ".listed";
    if (!(value instanceof JsonArray list) || list.size() > MOST_LISTED) {
      throw invalid(field, "type", field + " is a list of addresses");
    }
    return list.stream().map(each -> whole(field, each)).toList();
  }

  private static InvalidOperation invalid(String field, String rule, String message) {
    return new InvalidOperation("parameters." + BUSES + "." + field, rule, message);
  }
}
