package org.meterledger.driver.g13;

/**
 * What a meter is (N43). The blocks may be nested or not.
 *
 * @param serialNumber as the meter knows it itself, which may be shorter than the gateway's name
 * @param conversionFactors null where it tells none
 * @param powerFailures counted since it was made; -1 where it tells none
 * @param outageSeconds without power in all; -1 where it tells none
 */
public record MeterInfo(
    String serialNumber,
    Label label,
    String firmwareVersion,
    TransformerRatios transformers,
    ConversionFactors conversionFactors,
    long powerFailures,
    long outageSeconds) {

  static MeterInfo of(Node answer) {
    var made = answer.find("manufacturing").orElse(answer);
    var power = answer.find("power").orElse(answer);
    var factors = answer.find("conversionfactor").orElse(answer);
    return new MeterInfo(
        made.at("serial").text().strip(),
        new Label(made.at("label").text().strip()),
        made.at("firmwareversion").text().strip(),
        TransformerRatios.of(answer.find("ratio").orElse(answer)),
        factors.find("co2").isPresent() || factors.find("currency").isPresent()
            ? ConversionFactors.of(factors)
            : null,
        power.find("powerfailcounter").map(node -> node.whole(0, Long.MAX_VALUE)).orElse(-1L),
        power.find("poweroutagetime").map(node -> node.whole(0, Long.MAX_VALUE)).orElse(-1L));
  }
}
