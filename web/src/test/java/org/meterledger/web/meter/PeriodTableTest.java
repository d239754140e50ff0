package org.meterledger.web.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meterledger.archive.ArchivedSnapshot;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.RegisterValue;
import org.meterledger.metering.Unit;

class PeriodTableTest {

  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");

  private static ArchivedSnapshot closed(String at, String... values) {
    return new ArchivedSnapshot(
        Instant.parse(at),
        0,
        Period.ofMonths(1),
        0,
        Stream.of(values).map(PeriodTableTest::value).toList(),
        Instant.EPOCH,
        null);
  }

  private static RegisterValue value(String text) {
    var parts = text.split("=");
    return new RegisterValue(
        ObisCode.of(parts[0]), new Quantity(new BigDecimal(parts[1]), Unit.WATT_HOUR), null);
  }

  /** November is archived, October, August. */
  private final List<ArchivedSnapshot> archived =
      List.of(
          closed("2026-10-31T23:00:00Z", "1-0:1.8.1=170", "1-0:1.8.2=70", "1-0:1.8.0=240"),
          closed("2026-09-30T22:00:00Z", "1-0:1.8.1=120", "1-0:1.8.2=60", "1-0:1.8.0=180"),
          closed("2026-07-31T22:00:00Z", "1-0:1.8.0=100", "1-0:2.8.0=7"));

  private static String cells(PeriodTable.Line line) {
    return line.day()
        + line.cells().stream()
            .map(
                cell ->
                    (cell.value() == null ? "-" : cell.value().quantity().value())
                        + " "
                        + (cell.counted() == null ? "-" : cell.counted().value()))
            .toList()
            .toString();
  }

  @Test
  void registersOfAQuantityStandSideBySideWithWhatTheyCounted() {
    var table = new PeriodTable(archived, 36, ZURICH, "1-0:1");

    assertThat(table.registers())
        .extracting(ObisCode::shortText)
        .containsExactly("1-0:1.8.0", "1-0:1.8.1", "1-0:1.8.2");
    assertThat(table.lines())
        .extracting(PeriodTableTest::cells)
        .containsExactly(
            "2026-10-31[240 60, 170 50, 70 10]",
            "2026-09-30[180 -, 120 -, 60 -]",
            "2026-07-31[100 -, - -, - -]");
    assertThat(table.oldestFirst())
        .extracting(line -> line.day().getMonthValue())
        .containsExactly(7, 9, 10);
  }

  @Test
  void theLineThatIsNotShownIsStillCountedFrom() {
    var table = new PeriodTable(archived, 1, ZURICH, "1-0:1");

    assertThat(table.lines())
        .extracting(PeriodTableTest::cells)
        .containsExactly("2026-10-31[240 60, 170 50, 70 10]");
  }

  @Test
  void ratesAreDrawnWhereThereAreSomeElseTheTotal() {
    assertThat(new PeriodTable(archived, 36, ZURICH, "1-0:1").drawn())
        .extracting(ObisCode::shortText)
        .containsExactly("1-0:1.8.1", "1-0:1.8.2");
    assertThat(new PeriodTable(archived, 36, ZURICH, "1-0:2").drawn())
        .extracting(ObisCode::shortText)
        .containsExactly("1-0:2.8.0");
  }

  @Test
  void ofDemandTheMostExtremeIsDrawn() {
    var demand =
        List.of(closed("2026-10-31T23:00:00Z", "1-0:1.6.0=9", "1-0:1.6.129=8", "1-0:1.3.0=1"));
    var table = new PeriodTable(demand, 36, ZURICH, null);

    assertThat(table.drawn())
        .extracting(ObisCode::shortText)
        .containsExactly("1-0:1.3.0", "1-0:1.6.0");
    assertThat(table.lines().get(0).cells()).allMatch(cell -> cell.counted() == null);
  }

  @Test
  void aQuantityThatIsNotThereIsTheFirstOne() {
    var table = new PeriodTable(archived, 36, ZURICH, "9-9:9");

    assertThat(table.quantities()).extracting(PeriodTable::key).containsExactly("1-0:1", "1-0:2");
    assertThat(table.registers().get(0).c()).isEqualTo(1);
    assertThat(new PeriodTable(List.of(), 36, ZURICH, null).registers()).isEmpty();
  }
}
