package org.meterledger.driver.g13;

import java.util.List;

/**
 * Which quantities, by number, can be stored for what (N29).
 *
 * @param previousValues key {@code pv}
 * @param loadProfiles key {@code lp}
 * @param demand key {@code dm}
 * @param alarms key {@code ac}
 */
public record StorableQuantities(
    List<Integer> previousValues,
    List<Integer> loadProfiles,
    List<Integer> demand,
    List<Integer> alarms) {

  static StorableQuantities of(Node answer) {
    var inner = answer.find("storablequantities").filter(Node::isObject).orElse(answer);
    return new StorableQuantities(
        numbers(inner, "pv"), numbers(inner, "lp"), numbers(inner, "dm"), numbers(inner, "ac"));
  }

  private static List<Integer> numbers(Node answer, String key) {
    return answer.at(key).items().stream().map(Node::integer).toList();
  }
}
