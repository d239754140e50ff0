package org.meterledger.driver.g13;

import java.util.List;

/**
 * Which tariff counts now, and why (N81).
 *
 * @param tariff 1 to 4
 * @param dayProfile in force; null unless the source is the clock
 * @param season in force; null unless the source is the clock
 * @param inputTariffs by the states of the inputs; empty unless they are the source
 */
public record TariffState(
    int tariff, Source source, Integer dayProfile, Integer season, List<Integer> inputTariffs) {

  public static final int TARIFFS = 4;

  /** What chooses the tariff, in the order of the gateway's numbers. */
  public enum Source {
    CLOCK,
    COMMUNICATION,
    INPUT
  }

  static TariffState of(Node answer) {
    return new TariffState(
        (int) answer.at("tariff").whole(1, TARIFFS),
        Source.values()[(int) answer.at("source").whole(0, 2)],
        answer.find("daytype").map(Node::integer).orElse(null),
        answer.find("season").map(Node::integer).orElse(null),
        answer
            .find("inputconfig")
            .map(node -> node.items().stream().map(Node::integer).toList())
            .orElse(List.of()));
  }
}
