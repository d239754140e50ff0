package org.meterledger.charging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnergyRegisterTest {

  @ParameterizedTest
  @CsvSource({
    "1-0:1.8.0, TOTAL_IMPORT",
    "1-b:1.8.0, TOTAL_IMPORT",
    "1-b:1.8.e, TOTAL_IMPORT",
    "1-0:1.8.0*255, TOTAL_IMPORT",
    "01-00:01.08.00.FF, TOTAL_IMPORT",
    "01-00:B0.08.00*FF, TOTAL_IMPORT",
    "01-00:b1.08.00*ff, TOTAL_IMPORT",
    "1-0:2.8.0, TOTAL_EXPORT",
    "1-0:2.8.0.FF, TOTAL_EXPORT",
    "01-00:C0.08.00*FF, TOTAL_EXPORT",
    "01-00:C1.08.00*FF, TOTAL_EXPORT",
    "1-0:1.8.0*198, SESSION_IMPORT",
    "1-b:1.9.0, SESSION_IMPORT",
    "1-0:2.9.0, SESSION_EXPORT",
    "01-00:B2.08.00*FF, SESSION_IMPORT",
    "01-00:B3.08.00*FF, SESSION_IMPORT",
    "1-0:2.8.0*198, SESSION_EXPORT",
    "01-00:C2.08.00*FF, SESSION_EXPORT",
    "01-00:C3.08.00*FF, SESSION_EXPORT",
  })
  void codesAsMakersWriteThem(String identification, EnergyRegister register) {
    assertThat(EnergyRegister.of(identification)).contains(register);
  }

  /** Duration, power, reactive energy, what nobody says the meaning of. */
  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "energy",
        "01-00:00.08.06.FF",
        "1-0:1.7.0",
        "1-0:3.8.0",
        "7-0:1.8.0",
        "1-0:98.8.0.FF",
        "01-00:B4.08.00*FF",
        "11-0:1.8.0"
      })
  void everythingElseIsNoEnergy(String identification) {
    assertThat(EnergyRegister.of(identification)).isEmpty();
  }
}
