package org.meterledger.archive;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Unit;

/**
 * A load profile thinned to what a screen can show.
 *
 * @param bucket width of a bucket; the capture period where each row is told by itself
 * @param thinned whether several rows share a bucket
 */
public record Series(
    Duration bucket, boolean thinned, List<SeriesChannel> channels, List<Point> points) {

  /** What the n-th number of each point is. */
  public record SeriesChannel(ObisCode obis, Unit unit) {}

  /**
   * One bucket; buckets without a row are left out, which is how a gap shows.
   *
   * @param start begin of the bucket; a row lies in it whose period ended after, up to its end
   * @param rows that lie in it
   * @param expected rows that would lie in it without gaps; 0 where the capture period is unknown
   * @param flags bits of {@code RowStatus} of all its rows together
   */
  public record Point(Instant start, int rows, int expected, int flags, List<Spread> values) {}

  /** Of one channel in one bucket; all three null where no row had a value. */
  public record Spread(BigDecimal min, BigDecimal mean, BigDecimal max) {}
}
