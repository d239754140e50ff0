package org.meterledger.simulators.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.simulators.g13.G13Wired.BRONZE;
import static org.meterledger.simulators.g13.G13Wired.GOLD;
import static org.meterledger.simulators.g13.G13Wired.IRON;
import static org.meterledger.simulators.g13.G13Wired.PLATINUM;
import static org.meterledger.simulators.g13.G13Wired.SILVER;
import static org.meterledger.simulators.g13.G13Wired.STEEL;
import static org.meterledger.simulators.g13.G13Wired.of;

import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** N44, N45, N54 to N62. */
class EnergyTest extends WiredTest {
  private static final String FACTOR = "energy/conversionfactor";

  private BigDecimal number(String serial, String resource, String pointer) throws Exception {
    return new BigDecimal(
        wired.value(of(serial, resource), pointer + "/0").toString().replace("\"", ""));
  }

  @Test
  void energiesOfThreePhases() throws Exception {
    JsonObject energies = wired.json(of(PLATINUM, "energy/active"));
    assertThat(energies.keySet())
        .containsExactlyInAnyOrder("importenergy", "exportenergy", "netenergy");
    assertThat(energies.getJsonObject("importenergy").keySet())
        .isEqualTo(energies.getJsonObject("exportenergy").keySet())
        .containsExactlyInAnyOrder("l1", "l2", "l3", "t1", "t2", "t3", "t4", "total");
    assertThat(energies.getJsonObject("netenergy").keySet())
        .containsExactlyInAnyOrder("l1", "l2", "l3", "total");
    assertThat(energies.getValue("/importenergy/total").toString())
        .matches("\\[\"[0-9]+\\.[0-9]{2}\",\"kWh\"]");
    assertThat(wired.value(of(PLATINUM, "energy/reactive"), "/netenergy/l1/1").toString())
        .isEqualTo("\"kvarh\"");
    assertThat(wired.value(of(PLATINUM, "energy/apparent"), "/importenergy/l3/1").toString())
        .isEqualTo("\"kVAh\"");
  }

  @Test
  void registersAddUp() throws Exception {
    BigDecimal total = number(PLATINUM, "energy/active", "/importenergy/total");
    for (List<String> parts : List.of(List.of("l1", "l2", "l3"), List.of("t1", "t2", "t3", "t4"))) {
      BigDecimal sum = BigDecimal.ZERO;
      for (String part : parts) {
        sum = sum.add(number(PLATINUM, "energy/active", "/importenergy/" + part));
      }
      // Each register is cut to 10 Wh.
      assertThat(sum).isBetween(total.subtract(new BigDecimal("0.04")), total);
    }
    BigDecimal net = number(SILVER, "energy/active", "/netenergy/total");
    BigDecimal difference =
        number(SILVER, "energy/active", "/importenergy/total")
            .subtract(number(SILVER, "energy/active", "/exportenergy/total"));
    assertThat(net)
        .isBetween(
            difference.subtract(new BigDecimal("0.01")), difference.add(new BigDecimal("0.01")));
  }

  @Test
  void energyIsTheIntegralOfThePower() throws Exception {
    G13Meter meter = wired.meter(PLATINUM);
    BigDecimal before = meter.value(1, wired.clock.instant());
    BigDecimal watts = number(PLATINUM, "power", "/active/total");
    wired.pass(Duration.ofMinutes(3));
    BigDecimal grown = meter.value(1, wired.clock.instant()).subtract(before);
    assertThat(grown.multiply(BigDecimal.valueOf(20)))
        .isBetween(watts.subtract(BigDecimal.ONE), watts.add(BigDecimal.ONE));
  }

  @Test
  void typesDiffer() throws Exception {
    assertThat(wired.json(of(IRON, "energy/active")).toString())
        .matches("\\{\"importenergy\":\\{\"l1\":\\[.*],\"total\":\\[.*]}}");
    wired.silent(500, of(IRON, "energy/reactive"));
    assertThat(wired.json(of(STEEL, "energy/active"))).containsKey("exportenergy");
    wired.silent(500, of(STEEL, "energy/apparent"));
    assertThat(wired.json(of(BRONZE, "energy/apparent"))).hasSize(3);
    assertThat(wired.json(of(BRONZE, "energy/active")).getJsonObject("importenergy"))
        .doesNotContainKey("t1");
    wired.refused(404, "URI not found.", "GET", of(PLATINUM, "energy/imaginary"), "");
    wired.refused(404, "URI not found.", "GET", of(PLATINUM, "energy/reactive/co2"), "");
  }

  @Test
  void conversionFactors() throws Exception {
    wired.posts(
        of(PLATINUM, FACTOR), "{\"conversionfactor\":{\"co2\":1.123,\"currency\":100.789}}");
    assertThat(wired.json(of(PLATINUM, FACTOR)).toString())
        .isEqualTo(
            "{\"conversionfactor\":{\"co2\":[\"1.123\",\"kg/kWh\"],"
                + "\"currency\":[\"100.789\",\"curr/kWh\"]}}");
    wired.posts(of(PLATINUM, FACTOR), "{\"conversionfactor\":{\"co2\":2}}");
    assertThat(wired.value(of(PLATINUM, FACTOR), "/conversionfactor/currency/0").toString())
        .isEqualTo("\"100.789\"");
    wired.silent(500, of(IRON, FACTOR));
  }

  @ParameterizedTest
  @CsvSource({
    "co2,9.998,200",
    "co2,9.999,400",
    "co2,10,400",
    "co2,-1,400",
    "co2,'\"1\"',400",
    "currency,999998.999,200",
    "currency,999999.000,400",
    "currency,1000000,400"
  })
  void conversionFactorLimits(String key, String value, int status) throws Exception {
    String body = "{\"conversionfactor\":{\"" + key + "\":" + value + "}}";
    assertThat(wired.send("POST", of(PLATINUM, FACTOR), body).statusCode()).isEqualTo(status);
  }

  @Test
  void firstFactorStaysWhenTheSecondFails() throws Exception {
    wired.refused(
        400,
        "Invalid Request Aborted at currency",
        "POST",
        of(PLATINUM, FACTOR),
        "{\"conversionfactor\":{\"co2\":3.5,\"currency\":9999999}}");
    assertThat(wired.json(of(PLATINUM, FACTOR)).toString()).contains("\"3.500\"", "\"1.000\"");
  }

  @Test
  void convertedEnergyGrowsWithTheFactorOfItsTime() throws Exception {
    G13Meter meter = wired.meter(PLATINUM);
    BigDecimal co2 = number(PLATINUM, "energy/active/co2", "/importenergy/total");
    BigDecimal energy = meter.value(1, wired.clock.instant());
    wired.posts(of(PLATINUM, FACTOR), "{\"conversionfactor\":{\"co2\":4}}");
    wired.pass(Duration.ofDays(1));
    BigDecimal used = meter.value(1, wired.clock.instant()).subtract(energy).movePointLeft(3);
    BigDecimal emitted = number(PLATINUM, "energy/active/co2", "/importenergy/total").subtract(co2);
    BigDecimal expected = used.multiply(BigDecimal.valueOf(4));
    assertThat(emitted)
        .isBetween(expected.subtract(new BigDecimal("0.02")), expected.add(new BigDecimal("0.02")));
    assertThat(wired.value(of(PLATINUM, "energy/active/co2"), "/importenergy/total/1").toString())
        .isEqualTo("\"KG\"");
    assertThat(number(PLATINUM, "energy/active/currency", "/importenergy/total")).isPositive();
  }

  @Test
  void resettableRegisters() throws Exception {
    String counters =
        "{\"resetcounter\":{\"activeimport\":%d,\"activeexport\":0,"
            + "\"reactiveimport\":0,\"reactiveexport\":0}}";
    assertThat(wired.json(of(GOLD, "energy/resetcounter")).toString())
        .isEqualTo(counters.formatted(0));
    BigDecimal reactive = number(GOLD, "energy/resettable", "/resettableenergy/reactiveimport");
    wired.posts(
        of(GOLD, "energy/resettable"),
        "{\"resettableenergy\":{\"activeimport\":true,\"reactiveimport\":false}}");
    assertThat(number(GOLD, "energy/resettable", "/resettableenergy/activeimport")).isZero();
    assertThat(number(GOLD, "energy/resettable", "/resettableenergy/reactiveimport"))
        .isEqualTo(reactive);
    assertThat(wired.json(of(GOLD, "energy/resetcounter")).toString())
        .isEqualTo(counters.formatted(1));
    wired.pass(Duration.ofHours(1));
    assertThat(number(GOLD, "energy/resettable", "/resettableenergy/activeimport")).isPositive();
    wired.invalid("POST", of(GOLD, "energy/resettable"), "{\"resettableenergy\":{\"x\":true}}");
  }

  @Test
  void power() throws Exception {
    JsonObject power = wired.json(of(PLATINUM, "power"));
    assertThat(power.keySet()).containsExactlyInAnyOrder("active", "reactive", "apparent");
    BigDecimal sum = BigDecimal.ZERO;
    for (String line : List.of("/l1", "/l2", "/l3")) {
      sum = sum.add(number(PLATINUM, "power", "/active" + line));
    }
    assertThat(number(PLATINUM, "power", "/active/total")).isEqualTo(sum);
    assertThat(wired.json(of(IRON, "power")).toString())
        .matches("\\{\"active\":\\{\"l1\":\\[\"\\d+\",\"W\"],\"total\":\\[\"\\d+\",\"W\"]}}");
  }

  @Test
  void instruments() throws Exception {
    JsonObject shown = wired.json(of(PLATINUM, "instrument"));
    assertThat(shown.keySet())
        .containsExactlyInAnyOrder(
            "l1", "l2", "l3", "l1_l2", "l2_l3", "l1_l3", "neutral", "total", "frequency");
    assertThat(shown.getJsonObject("l2").keySet())
        .containsExactlyInAnyOrder(
            "current",
            "currentquadrant",
            "phaseanglecurrent",
            "phaseanglepower",
            "phaseanglevoltage",
            "powerfactor",
            "voltage");
    assertThat(shown.getValue("/l1/powerfactor").toString())
        .matches("\\[\"-?[01]\\.\\d{3}\",null]");
    assertThat(shown.getValue("/frequency/frequency").toString())
        .matches("\\[\"(49|50)\\.\\d\\d\",\"Hz\"]");
    assertThat(shown.getValue("/l1_l2/voltage").toString())
        .matches("\\[\"(39|40)\\d\\.\\d\",\"V\"]");
    JsonObject silver = wired.json(of(SILVER, "instrument"));
    assertThat(silver.keySet()).containsExactlyInAnyOrder("l1", "total", "frequency");
    assertThat(silver.getJsonObject("l1").keySet())
        .containsExactlyInAnyOrder("current", "powerfactor", "voltage");
  }

  @Test
  void harmonicsAreForPlatinum() throws Exception {
    JsonObject voltage = wired.json(of(PLATINUM, "harmonics/voltage"));
    assertThat(voltage.keySet())
        .containsExactlyInAnyOrder("l1", "l2", "l3", "l1_l2", "l2_l3", "l1_l3");
    assertThat(voltage.getJsonObject("l1").getJsonArray("harmonics")).hasSize(16);
    assertThat(voltage.getJsonObject("l1").getJsonNumber("thd").doubleValue()).isBetween(1.0, 4.0);
    assertThat(wired.json(of(PLATINUM, "harmonics/current")).keySet())
        .containsExactlyInAnyOrder("l1", "l2", "l3", "neutral");
    wired.silent(500, of(GOLD, "harmonics/voltage"));
    wired.silent(500, of(GOLD, "harmonics/current"));
  }
}
