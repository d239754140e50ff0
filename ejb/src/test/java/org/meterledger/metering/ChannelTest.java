package org.meterledger.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelTest {

  private static final Channel CHANNEL =
      new Channel(ObisCode.of("1-0:1.8.0*255"), Unit.WATT_HOUR, -1, 0);

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "12.3, 123",
    "-12.30, -123",
    "1E+3, 10000",
    "922337203685477580.7, 9223372036854775807"
  })
  void aRawNumberStandsForExactlyWhatWasTold(BigDecimal told, long raw) {
    assertThat(CHANNEL.raw(new Quantity(told, Unit.WATT_HOUR))).hasValue(raw);
    assertThat(CHANNEL.value(raw)).isEqualByComparingTo(told);
  }

  @ParameterizedTest
  @CsvSource({"12.34", "922337203685477580.8", "1E+1000000", "1E-1000000"})
  void whatItCannotHoldHasNone(BigDecimal told) {
    assertThat(CHANNEL.raw(new Quantity(told, Unit.WATT_HOUR))).isEmpty();
  }

  @Test
  void anotherUnitIsNotConverted() {
    assertThat(CHANNEL.raw(new Quantity(BigDecimal.ONE, Unit.VAR_HOUR))).isEmpty();
  }
}
