package org.meterledger.driver.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.metering.ObisCode;

class PeriodEndRegistersTest {

  private static final Map<String, String> REGISTER = register("1-0:1.8.0", "100000000", "50000");

  private static Map<String, String> register(String obis, String rollover, String power) {
    return Map.of("obis", obis, "rollover", rollover, "maximum_power", power);
  }

  private static Map<String, String> period(String seconds, String tolerance) {
    return Map.of("period_s", seconds, "tolerance_s", tolerance);
  }

  private static MeterModel model(
      List<Map<String, String>> registers, List<Map<String, String>> periods) {
    return new MeterModel(
        "some-meter",
        "Maker",
        "Type",
        "protocol",
        "Manual 1",
        Map.of(PeriodEndRegisters.TABLE, registers, PeriodEndRegisters.PERIODS, periods));
  }

  @Test
  void tablesTellRegistersAndPeriods() {
    var model =
        model(
            List.of(REGISTER, register("1-0:2.8.0", "", "")),
            List.of(period("900", "60"), period("300", "20")));

    var registers = PeriodEndRegisters.of(model).orElseThrow();

    assertThat(registers.registers())
        .containsExactly(
            new PeriodEndRegisters.Register(
                ObisCode.of("1-0:1.8.0"), 100_000_000, new BigDecimal("50000")),
            new PeriodEndRegisters.Register(ObisCode.of("1-0:2.8.0"), 0, null));
    assertThat(registers.period(Duration.ofMinutes(5)).tolerance())
        .isEqualTo(Duration.ofSeconds(20));
    assertThat(registers.period(Duration.ofDays(1)).length()).isEqualTo(Duration.ofMinutes(15));
    assertThat(registers.period(null).length()).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void aModelWithoutTheTableHasNoSuchProfile() {
    assertThat(PeriodEndRegisters.of(model(List.of(), List.of()))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"7200, 60, 7200 s", "420, 60, 420 s", "30, 5, 30 s", "900, 450, tolerance 450 s"})
  void aPeriodThatFitsNoHourAndAToleranceThatIsNoneAreRefused(
      String seconds, String tolerance, String said) {
    var model = model(List.of(REGISTER), List.of(period(seconds, tolerance)));
    assertThatThrownBy(() -> PeriodEndRegisters.of(model))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("some-meter", PeriodEndRegisters.PERIODS, said);
  }

  @Test
  void whatIsNoRegisterIsRefused() {
    var periods = List.of(period("900", "60"));
    assertThatThrownBy(
            () -> PeriodEndRegisters.of(model(List.of(register("1-0:16.7.0", "", "")), periods)))
        .hasMessageContainingAll("some-meter", PeriodEndRegisters.TABLE, "1-0:16.7.0");
    assertThatThrownBy(
            () -> PeriodEndRegisters.of(model(List.of(register("1-0:1.8.0", "-1", "")), periods)))
        .hasMessageContaining("negative");
    assertThatThrownBy(
            () -> PeriodEndRegisters.of(model(Collections.nCopies(64, REGISTER), periods)))
        .hasMessageContaining("63");
    assertThatThrownBy(() -> PeriodEndRegisters.of(model(List.of(REGISTER), List.of())))
        .hasMessageContaining("at least one period");
  }
}
