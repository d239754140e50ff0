package org.meterledger.driver.g13;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The numbers that this gateway gives to quantities (N28). They differ between firmware versions,
 * so they are read each time and quantities are known by their names.
 *
 * @param names by number, for example 1 = {@code ACTIVE_ENERGY_IMPORT_TOTAL}
 */
public record ParameterMapping(Map<Integer, String> names) {
  public ParameterMapping {
    names = Map.copyOf(names);
  }

  static ParameterMapping of(Node answer) {
    var inner =
        answer
            .find("parametermapping")
            .or(() -> answer.find("mapping"))
            .filter(Node::isObject)
            .orElse(answer);
    var names = new TreeMap<Integer, String>();
    for (String key : inner.keys()) {
      if (key.matches("\\d{1,4}")) {
        inner.findPath(key).ifPresent(name -> names.put(Integer.valueOf(key), name.text()));
      }
    }
    if (names.isEmpty()) {
      throw new BadAnswer("names no quantity");
    }
    return new ParameterMapping(names);
  }

  public Optional<String> name(int number) {
    return Optional.ofNullable(names.get(number));
  }

  /** The number of a quantity; empty where this gateway does not know it. */
  public Optional<Integer> number(String name) {
    return names.entrySet().stream()
        .filter(entry -> Node.plain(entry.getValue()).equals(Node.plain(name)))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
