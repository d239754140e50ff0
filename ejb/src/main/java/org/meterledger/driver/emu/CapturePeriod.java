package org.meterledger.driver.emu;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.ProfileRow;
import org.meterledger.metering.RowStatus;

/** Finds the time between two rows, which the meter does not tell. */
final class CapturePeriod {

  /** After these the time to the row before is no whole period. */
  private static final int DISTURBED =
      RowStatus.CLOCK_ADJUSTED.bit() | RowStatus.CLOCK_INVALID.bit() | RowStatus.POWER_DOWN.bit();

  private CapturePeriod() {}

  /**
   * The most frequent time between rows of neighbouring indexes, the shortest of equally frequent
   * ones; null where no two rows tell it.
   */
  static Duration of(List<ProfileRow> rows) {
    var counts = new TreeMap<Duration, Integer>();
    for (int i = 1; i < rows.size(); i++) {
      var one = rows.get(i - 1);
      var two = rows.get(i);
      var time = Duration.between(one.periodEnd(), two.periodEnd());
      var neighbours = Cursor.index(one.sequence()) + 1 == Cursor.index(two.sequence());
      if (neighbours && !time.isNegative() && !time.isZero() && (two.flags() & DISTURBED) == 0) {
        counts.merge(time, 1, Integer::sum);
      }
    }
    Duration best = null;
    for (var entry : counts.entrySet()) {
      if (best == null || entry.getValue() > counts.get(best)) {
        best = entry.getKey();
      }
    }
    return best;
  }
}
