package org.meterledger.web.meter;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.meterledger.archive.ArchivedSnapshot;
import org.meterledger.archive.SnapshotSeries;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.RegisterValue;
import org.meterledger.metering.RowStatus;

/** Ends of periods of a meter, newest first, with the registers of one quantity side by side. */
public final class PeriodTable {

  private static final int MAXIMUM = 6;
  private static final int SECOND_TYPE = 10;

  private final List<ObisCode> quantities;
  private final List<ObisCode> registers;
  private final List<Line> lines;

  /**
   * A register at an end of period.
   *
   * @param value null where none is archived
   * @param counted in the period; null where it cannot be known
   */
  public record Cell(RegisterValue value, Quantity counted) {}

  /** An end of period; the day is the last one of the period. */
  public record Line(ArchivedSnapshot snapshot, LocalDate day, List<Cell> cells) {
    public Set<RowStatus> flags() {
      return RowStatus.of(snapshot.flags());
    }
  }

  /**
   * @param archived newest first; one more than shown, so that the last one has its difference
   * @param most lines
   * @param chosen quantity as in addresses; the first one where there is none such
   */
  PeriodTable(List<ArchivedSnapshot> archived, int most, ZoneId zone, String chosen) {
    var codes =
        archived.stream()
            .flatMap(each -> each.values().stream())
            .map(RegisterValue::obis)
            .distinct()
            .sorted()
            .toList();
    quantities = codes.stream().map(PeriodTable::quantity).distinct().toList();
    var shown =
        quantities.stream()
            .filter(each -> key(each).equals(chosen))
            .findFirst()
            .or(() -> quantities.stream().findFirst())
            .orElse(null);
    registers = codes.stream().filter(each -> quantity(each).equals(shown)).toList();
    var series = new SnapshotSeries(archived, zone);
    lines = archived.stream().limit(most).map(each -> line(series, each)).toList();
  }

  private Line line(SnapshotSeries series, ArchivedSnapshot snapshot) {
    var cells = new ArrayList<Cell>();
    for (var register : registers) {
      cells.add(
          new Cell(SnapshotSeries.value(snapshot, register), series.counted(snapshot, register)));
    }
    // what ends at midnight, ends with the day before
    var day = LocalDate.ofInstant(snapshot.closedAt().minusNanos(1), series.zone());
    return new Line(snapshot, day, cells);
  }

  /** The same quantity, whatever of it: total or rate, minimum or maximum. */
  private static ObisCode quantity(ObisCode register) {
    return new ObisCode(register.a(), register.b(), register.c(), 0, 0, 255);
  }

  /** As in addresses, for example {@code 1-0:1}. */
  static String key(ObisCode quantity) {
    return quantity.a() + "-" + quantity.b() + ":" + quantity.c();
  }

  static boolean maximum(ObisCode register) {
    return register.d() % SECOND_TYPE == MAXIMUM;
  }

  /** Whether it is of the second kind of period that a meter may have. */
  static boolean secondType(ObisCode register) {
    return register.d() > SECOND_TYPE;
  }

  List<ObisCode> quantities() {
    return quantities;
  }

  /** Of the quantity that is shown, in the order of the columns. */
  List<ObisCode> registers() {
    return registers;
  }

  List<Line> lines() {
    return lines;
  }

  /**
   * What the bars of a counting quantity stand for: its rates, which make up the total; the total
   * where there are none. Of demand, what is most extreme.
   */
  List<ObisCode> drawn() {
    boolean counts = registers.stream().anyMatch(ObisCode::cumulative);
    var rates = registers.stream().filter(each -> each.e() > 0).toList();
    return counts && !rates.isEmpty()
        ? rates
        : registers.stream().filter(each -> each.e() == 0).toList();
  }

  /** From the oldest to the newest line. */
  Stream<Line> oldestFirst() {
    var reversed = new ArrayList<>(lines);
    Collections.reverse(reversed);
    return reversed.stream();
  }
}
