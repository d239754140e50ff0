package org.meterledger.driver.g13;

import java.util.Optional;

/**
 * What a kWh stands for (N43, N44).
 *
 * @param co2 in kg/kWh; null where the meter has none
 * @param currency for a kWh; null where the meter has none
 */
public record ConversionFactors(Measured co2, Measured currency) {

  static ConversionFactors of(Node answer) {
    var factors = answer.find("conversionfactor").orElse(answer);
    if (factors.find("co2").isEmpty() && factors.find("currency").isEmpty()) {
      throw new BadAnswer("has neither of the conversion factors");
    }
    return new ConversionFactors(factor(factors.find("co2")), factor(factors.find("currency")));
  }

  private static Measured factor(Optional<Node> node) {
    return node.map(Node::measured).orElse(null);
  }
}
