package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meterledger.driver.CosemSource;
import org.meterledger.driver.ReadResult;
import org.meterledger.metering.ObisCode;

/** Raw COSEM objects, read from several meters at once (N16). */
public final class Cosem {

  /** What the example reads (manual p. 84). */
  private static final int REGISTER_CLASS = 3;

  /** The words for a register's attributes; all others are numbers (manual p. 84). */
  private static final Map<Integer, String> OF_A_REGISTER = Map.of(2, "value", 3, "unit");

  /** A value and its unit. */
  private static final int ATTRIBUTES = 2;

  private static final int LONGEST_VALUE = 4096;
  private static final String EXECUTE = "/gateway/execute";

  private final G13Connection connection;

  Cosem(G13Connection connection) {
    this.connection = connection;
  }

  /**
   * Value and unit of a register of several meters, in as many requests as the payload takes.
   *
   * @return by serial number, in their order; a meter of which nothing came is left out. Partial
   *     where a later request failed
   */
  public ReadResult<Map<String, Measured>> read(ObisCode register, List<String> serialNumbers) {
    Limit.rule(!serialNumbers.isEmpty(), "No meter is named");
    serialNumbers.forEach(Limit::serial);
    var found = new LinkedHashMap<String, Measured>();
    for (List<String> some : fitting(register, serialNumbers)) {
      var result =
          connection.send("POST", EXECUTE, payload(register, some), answer -> values(answer, some));
      if (!(result instanceof ReadResult.Complete<Map<String, Measured>> complete)) {
        return found.isEmpty()
            ? result
            : new ReadResult.Partial<>(
                found, ((ReadResult.Failed<Map<String, Measured>>) result).fault());
      }
      found.putAll(complete.value());
    }
    return ReadResult.complete(found);
  }

  /**
   * Attributes of an object of one meter, two in a request.
   *
   * @return Partial where a later request failed
   */
  public ReadResult<List<CosemSource.Attribute>> attributes(
      String serialNumber, int classId, ObisCode logicalName, List<Integer> attributes) {
    var found = new ArrayList<CosemSource.Attribute>();
    for (int from = 0; from < attributes.size(); from += ATTRIBUTES) {
      var some = attributes.subList(from, Math.min(from + ATTRIBUTES, attributes.size()));
      var words = Json.createArrayBuilder();
      for (int index : some) {
        var word = classId == REGISTER_CLASS ? OF_A_REGISTER.get(index) : null;
        words.add(word == null ? Json.createValue(index) : Json.createValue(word));
      }
      var result =
          connection.send(
              "POST",
              EXECUTE,
              payload(logicalName, List.of(serialNumber), classId, words),
              answer -> attributes(entries(answer, List.of(serialNumber)), some));
      if (!(result instanceof ReadResult.Complete<List<CosemSource.Attribute>> complete)) {
        return found.isEmpty() ? result : new ReadResult.Partial<>(found, Results.fault(result));
      }
      found.addAll(complete.value());
    }
    return ReadResult.complete(List.copyOf(found));
  }

  private static List<CosemSource.Attribute> attributes(
      Map<String, Node> entries, List<Integer> wanted) {
    var node = entries.values().iterator().next();
    while (node.isArray()
        && node.items().size() == 1
        && node.items().get(0).isArray()
        && node.items().get(0).items().size() == wanted.size()) {
      node = node.items().get(0);
    }
    var items = node.items();
    if (items.size() != wanted.size()) {
      throw new BadAnswer(
          "has %d values where %d were asked for".formatted(items.size(), wanted.size()));
    }
    var attributes = new ArrayList<CosemSource.Attribute>();
    for (int i = 0; i < wanted.size(); i++) {
      attributes.add(new CosemSource.Attribute(wanted.get(i), text(items.get(i).value())));
    }
    return attributes;
  }

  private static String text(JsonValue value) {
    if (value == JsonValue.NULL) {
      return "";
    }
    var text = value instanceof JsonString string ? string.getString() : value.toString();
    return Printable.of(text, LONGEST_VALUE);
  }

  private static List<List<String>> fitting(ObisCode register, List<String> serialNumbers) {
    var parts = new ArrayList<List<String>>();
    var part = new ArrayList<String>();
    for (String serial : serialNumbers) {
      part.add(serial);
      if (G13Connection.size(payload(register, part)) > G13Connection.LARGEST_PAYLOAD) {
        part.remove(part.size() - 1);
        parts.add(List.copyOf(part));
        part.clear();
        part.add(serial);
      }
    }
    parts.add(List.copyOf(part));
    return parts;
  }

  private static JsonObject payload(ObisCode register, List<String> serialNumbers) {
    return payload(
        register,
        serialNumbers,
        REGISTER_CLASS,
        Json.createArrayBuilder().add("value").add("unit"));
  }

  private static JsonObject payload(
      ObisCode register, List<String> serialNumbers, int classId, JsonArrayBuilder attributes) {
    return Json.createObjectBuilder()
        .add("devices", Json.createArrayBuilder(serialNumbers))
        .add(
            "obis",
            "%d.%d.%d.%d.%d.%d"
                .formatted(
                    register.a(),
                    register.b(),
                    register.c(),
                    register.d(),
                    register.e(),
                    register.f()))
        .add("classid", classId)
        .add("attributes", attributes)
        .build();
  }

  private static Map<String, Measured> values(Node answer, List<String> serialNumbers) {
    var values = new LinkedHashMap<String, Measured>();
    entries(answer, serialNumbers).forEach((serial, node) -> values.put(serial, pair(node)));
    return values;
  }

  /**
   * One entry for each device; the manual at hand does not show whether by key or in order, nor how
   * deep the values lie.
   */
  private static Map<String, Node> entries(Node answer, List<String> serialNumbers) {
    var inner = answer.find("devices").orElse(answer);
    var entries = new LinkedHashMap<String, Node>();
    for (int i = 0; i < serialNumbers.size(); i++) {
      var serial = serialNumbers.get(i);
      var entry = inner.isArray() ? inner.findPath(Integer.toString(i)) : inner.find(serial);
      entry
          .map(node -> node.find(serial).or(() -> node.find("values")).orElse(node))
          .ifPresent(node -> entries.put(serial, node));
    }
    if (entries.isEmpty()) {
      throw new BadAnswer("has no value of any meter");
    }
    return entries;
  }

  private static Measured pair(Node node) {
    var inner = node;
    for (int depth = 0; depth < 3 && inner.isArray() && inner.items().size() > 0; depth++) {
      if (!inner.items().get(0).isArray()) {
        return inner.measured();
      }
      inner = inner.items().get(0);
    }
    throw new BadAnswer("has no value with its unit in " + node.name());
  }
}
