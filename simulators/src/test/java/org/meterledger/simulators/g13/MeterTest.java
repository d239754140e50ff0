package org.meterledger.simulators.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meterledger.simulators.g13.G13Wired.BRONZE;
import static org.meterledger.simulators.g13.G13Wired.INDIRECT;
import static org.meterledger.simulators.g13.G13Wired.IRON;
import static org.meterledger.simulators.g13.G13Wired.NOW;
import static org.meterledger.simulators.g13.G13Wired.PLATINUM;
import static org.meterledger.simulators.g13.G13Wired.SILVER;
import static org.meterledger.simulators.g13.G13Wired.of;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** N30, N41 to N43, N46 to N50. */
class MeterTest extends WiredTest {
  private static final String RULE = "{\"month\":%d,\"day\":7,\"week\":5,\"hour\":2}";

  @Test
  void associationObjects() throws Exception {
    JsonObject platinum = wired.json(of(PLATINUM, "associationobjects"));
    assertThat(platinum.getString("serial")).isEqualTo(PLATINUM);
    assertThat(platinum.getString("role")).isEqualTo("Configure");
    JsonArray bits = platinum.getJsonArray("associationobjects");
    assertThat(bits).hasSize(241);
    assertThat(bits.getInt(179 - 1)).isEqualTo(1);
    assertThat(bits.getInt(55 - 1)).isEqualTo(1);
    JsonArray iron = wired.json(of(IRON, "associationobjects")).getJsonArray("associationobjects");
    assertThat(iron.getInt(1 - 1)).isEqualTo(1);
    assertThat(iron.getInt(179 - 1)).isZero();
    assertThat(iron.getInt(2 - 1)).isZero();
    assertThat(iron.getInt(55 - 1)).as("stored state of an input that is not there").isZero();
  }

  @Test
  void time() throws Exception {
    assertThat(wired.json(of(PLATINUM, "datetime")).toString())
        .isEqualTo(
            "{\"datetime\":\"2026-03-27T13:00:00\",\"dayofweek\":5,\"dst\":0,\"dstenable\":true,"
                + "\"dstend\":{\"month\":10,\"day\":7,\"week\":5,\"hour\":3},"
                + "\"dststart\":{\"month\":3,\"day\":7,\"week\":5,\"hour\":2},\"status\":\"set\"}");
    wired.pass(Duration.ofDays(2));
    JsonObject summer = wired.json(of(PLATINUM, "datetime"));
    assertThat(summer.getInt("dst")).isEqualTo(1);
    assertThat(summer.getString("datetime")).isEqualTo("2026-03-29T14:00:00");
  }

  @Test
  void timeIsSet() throws Exception {
    wired.posts(of(PLATINUM, "datetime"), "{\"datetime\":\"2026-03-27T13:05:00\"}");
    wired.pass(Duration.ofSeconds(10));
    assertThat(wired.meter(PLATINUM).time()).isEqualTo(LocalDateTime.parse("2026-03-27T13:05:10"));
    wired.refused(
        400, "missing datetime tag in JSON", "POST", of(PLATINUM, "datetime"), "{\"x\":1}");
    wired.invalid("POST", of(PLATINUM, "datetime"), "{\"datetime\":\"tomorrow\"}");
  }

  @Test
  void daylightSavingIsDisabledAndEnabled() throws Exception {
    String time = "{\"datetime\":\"2026-03-27T13:00:00\",\"dstenable\":";
    wired.posts(of(PLATINUM, "datetime"), time + "false,\"dststart\":7}");
    JsonObject without = wired.json(of(PLATINUM, "datetime"));
    assertThat(without.getBoolean("dstenable")).isFalse();
    wired.pass(Duration.ofDays(2));
    assertThat(wired.meter(PLATINUM).time()).isEqualTo(LocalDateTime.parse("2026-03-29T13:00:00"));

    wired.refused(
        400, "missing dststart in JSON", "POST", of(PLATINUM, "datetime"), time + "true}");
    String rules = ",\"dststart\":" + RULE.formatted(2) + ",\"dstend\":" + RULE.formatted(11) + "}";
    wired.posts(of(PLATINUM, "datetime"), time + "true" + rules);
    JsonObject enabled = wired.json(of(PLATINUM, "datetime"));
    assertThat(enabled.getInt("dst")).isEqualTo(1);
    assertThat(enabled.getString("datetime")).isEqualTo("2026-03-27T13:00:00");
    assertThat(enabled.getJsonObject("dstend").getInt("month")).isEqualTo(11);
  }

  @Test
  void clockThatIsNotSetWarns() throws Exception {
    wired.meter(PLATINUM).loseTime();
    JsonObject lost = wired.json(of(PLATINUM, "datetime"));
    assertThat(lost.getString("status")).isEqualTo("not set");
    assertThat(lost.getString("datetime")).isEqualTo("2000-01-01T00:00:00");
    assertThat(wired.json(of(PLATINUM, "statusflags")).getJsonArray("warnings").toString())
        .isEqualTo("[\"Date Not Set\",\"Time Not SET\"]");
    wired.posts(of(PLATINUM, "datetime"), "{\"datetime\":\"2026-03-27T13:00:00\"}");
    assertThat(wired.json(of(PLATINUM, "datetime")).getString("status")).isEqualTo("set");
    assertThat(wired.json(of(PLATINUM, "statusflags")).getJsonArray("warnings")).isEmpty();
  }

  @Test
  void info() throws Exception {
    wired.meter(PLATINUM).powerFailure(Duration.ofSeconds(90));
    wired.pass(Duration.ofSeconds(90));
    assertThat(wired.json(of(PLATINUM, "info")).toString())
        .isEqualTo(
            "{\"manufacturing\":{\"serial\":\"ABB00000101\",\"label\":\"B23 512-100\","
                + "\"firmwareversion\":\"A1.0.0.0\"},"
                + "\"ratio\":{\"ctdenum\":1,\"ctnum\":1,\"vtdenum\":1,\"vtnum\":1},"
                + "\"conversionfactor\":{\"co2\":[\"0.500\",\"kg/kWh\"],"
                + "\"currency\":[\"1.000\",\"curr/kWh\"]},"
                + "\"power\":{\"powerfailcounter\":1,\"poweroutagetime\":90}}");
    assertThat(wired.json(of(IRON, "info"))).doesNotContainKey("conversionfactor");
  }

  @Test
  void hardwareAndMbus() throws Exception {
    assertThat(wired.json(of(PLATINUM, "hardwareversion")).getJsonArray("version"))
        .hasSizeBetween(1, 8)
        .allMatch(version -> version.toString().length() <= 20);
    JsonObject mbus = wired.json(of(PLATINUM, "mbusinfo"));
    assertThat(mbus.getString("manufacturer")).isEqualTo("ABB");
    assertThat(mbus.getInt("devicetype")).isEqualTo(2);
    assertThat(mbus.getInt("addressingmode")).isEqualTo(17);
    assertThat(mbus.getInt("id")).isBetween(1000, 9999);
  }

  @Test
  void transformers() throws Exception {
    String body = "{\"ctnum\":%d,\"ctdenum\":5,\"vtnum\":1,\"vtdenum\":1}";
    wired.posts(of(INDIRECT, "transformersettings"), body.formatted(200));
    assertThat(wired.json(of(INDIRECT, "info")).getJsonObject("ratio").toString())
        .isEqualTo("{\"ctdenum\":5,\"ctnum\":200,\"vtdenum\":1,\"vtnum\":1}");
    wired.invalid("POST", of(INDIRECT, "transformersettings"), body.formatted(0));
    wired.refused(
        500,
        "received READ_WRITE_DENIED response from COSEM.",
        "POST",
        of(PLATINUM, "transformersettings"),
        body.formatted(200));
  }

  @Test
  void status() throws Exception {
    assertThat(wired.json(of(INDIRECT, "status")).toString())
        .isEqualTo("{\"serial\":\"ABB00000102\",\"label\":\"A44 512-100\"}");
  }

  @Test
  void exportIsANegativePower() throws Exception {
    // Noon in March over a plant of almost 10 kW.
    assertThat(wired.meter(SILVER).value(96, NOW)).isNegative();
    assertThat(wired.json(of(SILVER, "statusflags")).getJsonArray("warnings").toString())
        .contains("NEG_POW Element1", "Neg Tot Pow");
  }

  @Test
  void powerFailureIsFlaggedForADay() throws Exception {
    wired.meter(BRONZE).powerFailure(Duration.ofMinutes(5));
    wired.silent(500, of(BRONZE, "statusflags"));
    wired.pass(Duration.ofMinutes(5));
    assertThat(wired.json(of(BRONZE, "statusflags")).getJsonArray("informationflags").toString())
        .isEqualTo("[\"Powerfail\"]");
    wired.pass(Duration.ofDays(1));
    assertThat(wired.json(of(BRONZE, "statusflags")).getJsonArray("informationflags")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A44", "A44 912-100", "44 512-100", "A45 512-100", "A44 512-10B"})
  void notALabel(String label) {
    assertThatThrownBy(() -> Label.of(label)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "B21 012-100,1,false,IRON",
    "A42 112-10A,1,true,STEEL",
    "B23 212-100,3,false,BRONZE",
    "A44 512-100,3,true,PLATINUM"
  })
  void label(String text, int phases, boolean indirect, Level level) {
    assertThat(Label.of(text)).isEqualTo(new Label(text, phases, indirect, level));
  }
}
