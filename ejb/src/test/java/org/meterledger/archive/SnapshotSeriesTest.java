package org.meterledger.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.RegisterValue;
import org.meterledger.metering.RowStatus;
import org.meterledger.metering.Unit;

/** What a register counted in a period is known, or missing; never zero and never summed over. */
class SnapshotSeriesTest {

  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");
  private static final ObisCode IMPORT = ObisCode.of("1-0:1.8.0");
  private static final ObisCode NET = ObisCode.of("1-0:16.8.0");

  private static ArchivedSnapshot closed(String at, Period period, int flags, String... values) {
    var registers = List.of(IMPORT, NET);
    var all = new java.util.ArrayList<RegisterValue>();
    for (int i = 0; i < values.length; i++) {
      all.add(
          new RegisterValue(
              registers.get(i), new Quantity(new BigDecimal(values[i]), Unit.WATT_HOUR), null));
    }
    return new ArchivedSnapshot(Instant.parse(at), 0, period, flags, all, Instant.EPOCH, null);
  }

  private static ArchivedSnapshot month(String at, String... values) {
    return closed(at, Period.ofMonths(1), 0, values);
  }

  private static Quantity counted(ObisCode register, ArchivedSnapshot... newestFirst) {
    return new SnapshotSeries(List.of(newestFirst), ZURICH).counted(newestFirst[0], register);
  }

  @Test
  void aWholePeriodIsCountedAlsoAcrossTheEndOfSummer() {
    assertThat(
            counted(
                IMPORT,
                month("2026-10-31T23:00:00Z", "150.250"),
                month("2026-09-30T22:00:00Z", "100.000")))
        .hasToString("50.250 Wh");
  }

  @Test
  void aMeterWithoutDaylightSavingClosesAtAnotherHour() {
    assertThat(
            counted(
                IMPORT, month("2026-10-31T23:00:00Z", "150"), month("2026-09-30T23:00:00Z", "100")))
        .hasToString("50 Wh");
  }

  @Test
  void aPeriodThatIsMissingIsNotSummedOver() {
    assertThat(
            counted(
                IMPORT, month("2026-10-31T23:00:00Z", "150"), month("2026-08-31T22:00:00Z", "100")))
        .isNull();
  }

  @Test
  void anEndThatCameTwiceLeavesBothPeriodsInDoubt() {
    var october = month("2026-10-31T23:00:00Z", "150");
    var again = month("2026-09-30T22:00:00Z", "110");
    var september = month("2026-09-30T22:00:00Z", "100");
    var august = month("2026-08-31T22:00:00Z", "60");

    assertThat(counted(IMPORT, october, again, september, august)).isNull();
    assertThat(counted(IMPORT, again, september, august)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"CLOCK_INVALID", "DATA_NOT_VALID"})
  void whatCannotBeReliedOnHasNoDifference(RowStatus flag) {
    var before = month("2026-09-30T22:00:00Z", "100");
    var flagged = closed("2026-10-31T23:00:00Z", Period.ofMonths(1), flag.bit(), "150");

    assertThat(counted(IMPORT, flagged, before)).isNull();
  }

  @Test
  void aPeriodWithoutPowerIsCountedAllTheSame() {
    var flagged =
        closed("2026-10-31T23:00:00Z", Period.ofMonths(1), RowStatus.POWER_DOWN.bit(), "150");

    assertThat(counted(IMPORT, flagged, month("2026-09-30T22:00:00Z", "100"))).hasToString("50 Wh");
  }

  @Test
  void howLongPeriodsAreMustBeKnown() {
    assertThat(
            counted(
                IMPORT,
                closed("2026-10-31T23:00:00Z", null, 0, "150"),
                month("2026-09-30T22:00:00Z", "100")))
        .isNull();
  }

  @Test
  void aRegisterThatWentBackCountedNobodyKnowsWhatButANetMayGoBack() {
    var after = month("2026-10-31T23:00:00Z", "90", "-20");
    var before = month("2026-09-30T22:00:00Z", "100", "30");

    assertThat(counted(IMPORT, after, before)).isNull();
    assertThat(counted(NET, after, before)).hasToString("-50 Wh");
  }

  @Test
  void aRegisterThatWasNotFrozenThenHasNoDifference() {
    assertThat(
            counted(
                NET, month("2026-10-31T23:00:00Z", "1", "2"), month("2026-09-30T22:00:00Z", "1")))
        .isNull();
  }
}
