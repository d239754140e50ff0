package org.meterledger.archive;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.meterledger.metering.ProfileRow;
import org.meterledger.metering.RowStatus;

/** Rows of one profile; {@code capturePeriod} null where it is not known or has not changed. */
record DeliveredRows(
    ProfileCatalog.Profile profile, Duration capturePeriod, List<ProfileRow> rows) {

  private static final int CLOCK_NEVER_SET =
      RowStatus.CLOCK_INVALID.bit() | RowStatus.DATA_NOT_VALID.bit();

  /** Clocks start at 1970 or 2000; a meter that tells such a time has not been set yet. */
  private static final Instant EARLIEST = Instant.parse("2010-01-01T00:00:00Z");

  /** In SQL, of a row of load_profile_entry: its clock was set. */
  static final String CLOCK_SET =
      "status & %d = 0 and period_end >= timestamptz '%s'".formatted(CLOCK_NEVER_SET, EARLIEST);

  /** Such a row carries a time that says nothing. */
  static boolean clockNeverSet(ProfileRow row) {
    return clockNeverSet(row.flags(), row.periodEnd());
  }

  static boolean clockNeverSet(int flags, Instant periodEnd) {
    return (flags & CLOCK_NEVER_SET) != 0 || periodEnd.isBefore(EARLIEST);
  }

  /**
   * The period ends from the first on from which, to the newest row, all rows are as far apart as
   * the capture period says; at least one.
   */
  List<Instant> captured() {
    var ends =
        rows.stream()
            .filter(row -> !clockNeverSet(row))
            .map(ProfileRow::periodEnd)
            .distinct()
            .sorted()
            .toList();
    if (ends.isEmpty()) {
      return List.of(EARLIEST);
    }
    int first = ends.size() - 1;
    while (first > 0 && ends.get(first - 1).plus(capturePeriod).equals(ends.get(first))) {
      first--;
    }
    return ends.subList(first, ends.size());
  }

  /** The oldest period end by a clock that was set; null where there is none. */
  Instant oldest() {
    return rows.stream()
        .filter(row -> !clockNeverSet(row))
        .map(ProfileRow::periodEnd)
        .min(Instant::compareTo)
        .orElse(null);
  }
}
