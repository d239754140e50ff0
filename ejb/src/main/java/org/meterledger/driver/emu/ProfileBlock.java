package org.meterledger.driver.emu;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.meterledger.driver.Block;
import org.meterledger.driver.emu.DataFormat.Captured;
import org.meterledger.metering.LoadProfile;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.ProfileRow;
import org.meterledger.metering.RowStatus;

/** Makes rows as read into rows as archived: place in the series, flags, and what they tell of. */
record ProfileBlock(EmuTables tables, RingReading.Page<Captured> page) {

  /** Lines that the status of the rows tells of, not a logbook of the meter. */
  static final ObisCode STATUS_LOGBOOK = ObisCode.of("0-0:99.98.129*255");

  /** Before the first meters of this kind were made: the clock of such a row was never set. */
  static final Instant FIRST_MADE = Instant.parse("2015-01-01T00:00:00Z");

  Block<LoadProfile> block() {
    var withBefore = new ArrayList<ProfileRow>();
    if (page.before() != null) {
      withBefore.add(row(page.before()));
    }
    var events = new ArrayList<LoggedEvent>();
    for (LogRow<Captured> fresh : page.fresh()) {
      var row = row(fresh);
      var last = withBefore.isEmpty() ? 0 : withBefore.get(withBefore.size() - 1).meterStatus();
      addEvents(events, row, last);
      withBefore.add(row);
    }
    var rows = withBefore.subList(page.before() == null ? 0 : 1, withBefore.size());
    var profile =
        new LoadProfile(
            EmuSession.LOAD_PROFILE, CapturePeriod.of(withBefore), tables.channels(), rows);
    return new Block<>(profile, page.next(), page.more(), events, page.findings(), page.refused());
  }

  private ProfileRow row(LogRow<Captured> row) {
    var captured = row.value();
    var flags = tables.flags(captured.status());
    if (captured.at().isBefore(FIRST_MADE)) {
      flags |= RowStatus.CLOCK_INVALID.bit();
    }
    return new ProfileRow(
        captured.at(),
        page.next().sequence(row.index()),
        flags,
        captured.status(),
        captured.values(),
        captured.present());
  }

  private void addEvents(List<LoggedEvent> events, ProfileRow row, int statusBefore) {
    var raised = row.meterStatus() & ~statusBefore;
    for (EmuTables.StatusBit entry : tables.statusBits()) {
      if (entry.event() && (raised & entry.bit()) != 0) {
        events.add(
            new LoggedEvent(
                STATUS_LOGBOOK, row.periodEnd(), row.sequence(), entry.code(), Map.of()));
      }
    }
  }
}
