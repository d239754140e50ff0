package org.meterledger.reading;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.meterledger.driver.model.PeriodEndRegisters.Period;

/**
 * When the periods of a profile end that is made by reading: at whole multiples of the period by
 * the standard time of the meter's place, so that a change to daylight saving time moves none.
 */
record PeriodGrid(Period period, ZoneId zone) {

  /** The last end that is not after {@code at}. */
  Instant endAtOrBefore(Instant at) {
    long offset = zone.getRules().getStandardOffset(at).getTotalSeconds();
    long seconds = length().toSeconds();
    return Instant.ofEpochSecond(
        Math.floorDiv(at.getEpochSecond() + offset, seconds) * seconds - offset);
  }

  Duration length() {
    return period.length();
  }

  /** Whether what is read at {@code at} still stands for {@code end}, not rather for the next. */
  boolean storable(Instant end, Instant at) {
    return !at.isBefore(end) && at.isBefore(end.plus(length().dividedBy(2)));
  }

  /** Whether it stands for {@code end} only with a flag. */
  boolean late(Instant end, Instant at) {
    return at.isAfter(end.plus(period.tolerance()));
  }
}
