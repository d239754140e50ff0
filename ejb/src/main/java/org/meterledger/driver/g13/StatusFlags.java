package org.meterledger.driver.g13;

import java.util.List;

/** What is up in a meter now, in the words of the gateway (N50). */
public record StatusFlags(List<String> errors, List<String> warnings, List<String> information) {

  static StatusFlags of(Node answer) {
    return new StatusFlags(
        words(answer, "errors"), words(answer, "warnings"), words(answer, "informationflags"));
  }

  private static List<String> words(Node answer, String key) {
    return answer.at(key).items().stream().map(Node::text).toList();
  }
}
