package org.meterledger.driver.g13;

import jakarta.json.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;

/** Energy registers of a meter (N54 to N58). */
public final class Energy {

  private final G13Meter.Place place;

  Energy(G13Meter.Place place) {
    this.place = place;
  }

  /** Which energy. */
  public enum Kind {
    ACTIVE,
    REACTIVE,
    APPARENT;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What active energy is converted to. */
  public enum Conversion {
    CO2,
    CURRENCY;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A register that can be set to zero. */
  public enum Resettable {
    ACTIVE_IMPORT("activeimport"),
    ACTIVE_EXPORT("activeexport"),
    REACTIVE_IMPORT("reactiveimport"),
    REACTIVE_EXPORT("reactiveexport");

    private final String key;

    Resettable(String key) {
      this.key = key;
    }

    String key() {
      return key;
    }
  }

  /**
   * Registers by line ({@code l1}..{@code l3}), tariff ({@code t1}..{@code t4}) and {@code total};
   * what the meter does not have is left out.
   */
  public record Registers(
      Map<String, Measured> imported, Map<String, Measured> exported, Map<String, Measured> net) {

    static Registers of(Node answer) {
      var registers =
          new Registers(
              Energy.map(answer, "importenergy"),
              Energy.map(answer, "exportenergy"),
              Energy.map(answer, "netenergy"));
      if (registers.imported.isEmpty() && registers.exported.isEmpty()) {
        throw new BadAnswer("holds no energy");
      }
      return registers;
    }
  }

  private static Map<String, Measured> map(Node answer, String key) {
    return answer.find(key).map(Energy::measured).orElse(Map.of());
  }

  /** All pairs of value and unit in an object. */
  static Map<String, Measured> measured(Node object) {
    var values = new LinkedHashMap<String, Measured>();
    for (String key : object.keys()) {
      object
          .find(key)
          .filter(Node::isArray)
          .ifPresent(node -> values.put(key.toLowerCase(Locale.ROOT), node.measured()));
    }
    return values;
  }

  /** N54. */
  public ReadResult<Registers> read(Kind kind) {
    return place.get("energy/" + kind.word(), Registers::of);
  }

  /** N55. Active import only. */
  public ReadResult<Measured> read(Conversion conversion) {
    return place.get(
        "energy/active/" + conversion.word(),
        answer -> answer.at("importenergy").at("total").measured());
  }

  /** N56. By key, for example {@code activeimport}. */
  public ReadResult<Map<String, Measured>> resettable() {
    return place.get("energy/resettable", answer -> pairs(answer, "resettableenergy"));
  }

  private static Map<String, Measured> pairs(Node answer, String key) {
    var values = measured(answer.find(key).orElse(answer));
    if (values.isEmpty()) {
      throw new BadAnswer("holds no resettable energy");
    }
    return values;
  }

  /** N57. */
  public CommandResult reset(Set<Resettable> registers) {
    Limit.rule(!registers.isEmpty(), "At least one register is reset");
    var which = Json.createObjectBuilder();
    registers.forEach(register -> which.add(register.key(), true));
    return place.post(
        "energy/resettable", Json.createObjectBuilder().add("resettableenergy", which).build());
  }

  /** N58. How often each was reset. */
  public ReadResult<Map<String, Long>> resetCounts() {
    return place.get("energy/resetcounter", Energy::counts);
  }

  private static Map<String, Long> counts(Node answer) {
    var inner = answer.find("resetcounter").orElse(answer);
    var counts = new LinkedHashMap<String, Long>();
    for (Resettable register : Resettable.values()) {
      inner
          .find(register.key())
          .map(node -> node.isArray() ? node.items().get(0) : node)
          .ifPresent(node -> counts.put(register.key(), node.whole(0, Long.MAX_VALUE)));
    }
    if (counts.isEmpty()) {
      throw new BadAnswer("holds no reset counter");
    }
    return counts;
  }
}
