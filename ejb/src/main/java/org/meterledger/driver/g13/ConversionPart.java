package org.meterledger.driver.g13;

import static org.meterledger.driver.g13.PartValues.decimal;
import static org.meterledger.driver.g13.PartValues.rule;
import static org.meterledger.driver.g13.PartValues.same;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsTarget.PartReading;

/** What a kWh stands for (N44, N45). A factor that is left out stays as it is. */
final class ConversionPart implements Part<G13Meter> {

  private static final String CO2 = "co2Factor";
  private static final String CURRENCY = "currencyFactor";
  private static final int DECIMALS = 3;

  private static final SettingsPart DESCRIPTION =
      SettingsPart.record(
          "conversionFactors",
          factor(CO2, "kg/kWh", "9.998"),
          factor(CURRENCY, null, "999998.999"));

  private static SettingsField factor(String name, String unit, String most) {
    return SettingsField.decimal(name, unit, BigDecimal.ZERO, new BigDecimal(most), DECIMALS)
        .optional();
  }

  @Override
  public SettingsPart description() {
    return DESCRIPTION;
  }

  @Override
  public ReadResult<PartReading> read(G13Meter meter) {
    return Results.then(
        new Abilities(meter.gateway(), meter)
            .judged(
                meter.conversionFactors(),
                List.of("NRG_CONVERSION_FACTOR_CO2", "NRG_CONVERSION_FACTOR_CURR")),
        factors -> ReadResult.complete(new PartReading(json(factors), Map.of())));
  }

  private static JsonObject json(ConversionFactors factors) {
    var json = Json.createObjectBuilder();
    if (factors.co2() != null) {
      json.add(CO2, factors.co2().value());
    }
    if (factors.currency() != null) {
      json.add(CURRENCY, factors.currency().value());
    }
    return json.build();
  }

  @Override
  public void check(JsonObject values) {
    rule(
        decimal(values, CO2) != null || decimal(values, CURRENCY) != null,
        "",
        "empty",
        "At least one factor is set");
  }

  @Override
  public CommandResult write(G13Meter meter, JsonObject before, JsonObject after) {
    var co2 = changed(CO2, before, after);
    var currency = changed(CURRENCY, before, after);
    return co2 == null && currency == null
        ? new CommandResult.Accepted(meter.clock().instant())
        : meter.setConversionFactors(co2, currency).result();
  }

  /** Null where it is not to be sent. */
  private static BigDecimal changed(String factor, JsonObject before, JsonObject after) {
    return same(before, after, factor) ? null : decimal(after, factor);
  }
}
