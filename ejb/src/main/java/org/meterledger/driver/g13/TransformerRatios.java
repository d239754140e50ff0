package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/** Ratios of current and voltage transformers as the meter has them (N43, N48). */
public record TransformerRatios(
    int currentNumerator, int currentDenominator, int voltageNumerator, int voltageDenominator) {

  static TransformerRatios of(Node ratio) {
    return new TransformerRatios(
        ratio.at("ctnum").integer(),
        ratio.at("ctdenum").integer(),
        ratio.at("vtnum").integer(),
        ratio.at("vtdenum").integer());
  }

  /**
   * @throws IllegalArgumentException when a number is not positive
   */
  JsonObject payload() {
    for (int number :
        new int[] {currentNumerator, currentDenominator, voltageNumerator, voltageDenominator}) {
      Limit.range("A number of a transformer ratio", number, 1, Integer.MAX_VALUE);
    }
    return Json.createObjectBuilder()
        .add("ctnum", currentNumerator)
        .add("ctdenum", currentDenominator)
        .add("vtnum", voltageNumerator)
        .add("vtdenum", voltageDenominator)
        .build();
  }
}
