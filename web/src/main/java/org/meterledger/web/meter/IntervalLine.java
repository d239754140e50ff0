package org.meterledger.web.meter;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.meterledger.archive.Series;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.RowStatus;

/**
 * One interval in the table below the chart.
 *
 * @param rows of the archive that end in it: 0 is a gap, 2 a clock that was set back
 * @param values one for each channel; null where there is none
 */
public record IntervalLine(
    Instant from, Instant to, int rows, Set<RowStatus> flags, List<Quantity> values)
    implements Serializable {

  static List<IntervalLine> all(Series series, Instant from, int count, Duration period) {
    var lines = new ArrayList<IntervalLine>();
    var points = series.points().iterator();
    Series.Point point = points.hasNext() ? points.next() : null;
    for (int i = 0; i < count; i++) {
      var start = from.plus(period.multipliedBy(i));
      var end = start.plus(period);
      if (point != null && point.start().isBefore(end)) {
        lines.add(line(series, point, start, end));
        point = points.hasNext() ? points.next() : null;
      } else {
        lines.add(new IntervalLine(start, end, 0, Set.of(), List.of()));
      }
    }
    return lines;
  }

  private static IntervalLine line(Series series, Series.Point point, Instant from, Instant to) {
    var values = new ArrayList<Quantity>();
    for (int i = 0; i < point.values().size(); i++) {
      var mean = point.values().get(i).mean();
      values.add(mean == null ? null : new Quantity(mean, series.channels().get(i).unit()));
    }
    return new IntervalLine(from, to, point.rows(), RowStatus.of(point.flags()), values);
  }

  /** The value of a channel; null in a gap. */
  public Quantity value(int channel) {
    return channel < values.size() ? values.get(channel) : null;
  }
}
