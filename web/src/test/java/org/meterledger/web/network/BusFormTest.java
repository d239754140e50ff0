package org.meterledger.web.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.driver.MeterBus;
import org.meterledger.driver.MeterScan;
import org.meterledger.server.InvalidInput;

class BusFormTest {

  private final BusForm eqBus =
      new BusForm(new MeterScan.Scannable(MeterBus.EQ_BUS, List.of(), false));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"17, 18;19|3", "17 18|2", "' 17,, '|1", "''|0"})
  void addressesAreListedWithCommasOrBlanks(String text, int count) {
    eqBus.setListed(text);
    assertThat(eqBus.scan().listed()).hasSize(count);
    assertThat(eqBus.count()).isEqualTo(count);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"17-20", "A", "1.5", "99999999999"})
  void whatIsNoNumberIsRefused(String text) {
    eqBus.setListed(text);
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(eqBus::scan)
        .satisfies(refused -> assertThat(refused.field()).isEqualTo("listed"));
  }

  @Test
  void aRangeIsCountedWithBothEnds() {
    eqBus.setFirst(17);
    assertThat(eqBus.count()).isZero();
    eqBus.setLast(48);
    assertThat(eqBus.count()).isEqualTo(32);
    assertThat(eqBus.scan())
        .isEqualTo(new MeterScan.BusScan(MeterBus.EQ_BUS, null, 17, 48, List.of()));
  }

  @Test
  void anMBusBeginsWithTheUsualRate() {
    var wired = new BusForm(new MeterScan.Scannable(MeterBus.WIRED_MBUS, List.of(300, 2400), true));
    assertThat(wired.scan().baudRate()).isEqualTo(2400);
    assertThat(eqBus.scan().baudRate()).isNull();
  }
}
