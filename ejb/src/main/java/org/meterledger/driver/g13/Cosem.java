package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meterledger.driver.ReadResult;
import org.meterledger.metering.ObisCode;

/** Raw COSEM objects, read from several meters at once (N16). */
public final class Cosem {

  /** What the example reads (manual p. 84). */
  private static final int REGISTER_CLASS = 3;

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
          connection.send(
              "POST", "/gateway/execute", payload(register, some), answer -> values(answer, some));
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
        .add("classid", REGISTER_CLASS)
        .add("attributes", Json.createArrayBuilder().add("value").add("unit"))
        .build();
  }

  /**
   * One entry for each device; the manual at hand does not show whether by key or in order, nor how
   * deep the pair of value and unit lies.
   */
  private static Map<String, Measured> values(Node answer, List<String> serialNumbers) {
    var inner = answer.find("devices").orElse(answer);
    var values = new LinkedHashMap<String, Measured>();
    for (int i = 0; i < serialNumbers.size(); i++) {
      var serial = serialNumbers.get(i);
      var entry = inner.isArray() ? inner.findPath(Integer.toString(i)) : inner.find(serial);
      entry
          .map(node -> node.find(serial).or(() -> node.find("values")).orElse(node))
          .ifPresent(node -> values.put(serial, pair(node)));
    }
    if (values.isEmpty()) {
      throw new BadAnswer("has no value of any meter");
    }
    return values;
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
