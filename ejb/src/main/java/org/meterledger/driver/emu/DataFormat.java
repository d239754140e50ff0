package org.meterledger.driver.emu;

import java.time.Instant;
import java.util.List;

/** The load profile, manual p. 12: time, index, status, serial number, 24 values. */
record DataFormat(List<Column> values) implements RowFormat<DataFormat.Captured> {

  /**
   * A value column.
   *
   * @param number as in the manual, from 1
   * @param name for a refusal
   */
  record Column(int number, String name, long minimum, long maximum) {}

  /** A row without its place in the archive: that depends on what was read before. */
  record Captured(Instant at, int status, long[] values, long present) {}

  private static final int STATUS = 3;

  @Override
  public int columns() {
    return STATUS + 1 + values.size();
  }

  @Override
  public int indexColumn() {
    return 2;
  }

  @Override
  public int serialColumn() {
    return 4;
  }

  @Override
  public Captured value(Cells cells, Instant at) {
    var status = cells.status(STATUS);
    var numbers = new long[values.size()];
    var present = 0L;
    for (int i = 0; i < numbers.length; i++) {
      var column = values.get(i);
      if (!cells.blank(column.number())) {
        numbers[i] =
            cells.number(column.number(), column.name(), column.minimum(), column.maximum());
        present |= 1L << i;
      }
    }
    if (present == 0) {
      cells.refuse(Cells.NUMBER, "");
    }
    return new Captured(at, status, numbers, present);
  }
}
