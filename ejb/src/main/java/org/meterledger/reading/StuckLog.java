package org.meterledger.reading;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.meterledger.archive.Cursors;
import org.meterledger.driver.Block;
import org.meterledger.driver.ChargingSource;
import org.meterledger.driver.ChargingSource.Lookup;
import org.meterledger.driver.ChargingSource.SignedRecord;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.Finding;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RefusedRow;
import org.meterledger.metering.Cursor;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.Progress;

/**
 * A log in which one record was asked for session after session, and never came though the meter
 * answers: it shall not keep those after it from the archive. It is passed over as a refused row.
 */
final class StuckLog {

  /** So many sessions try it again. */
  static final int SESSIONS = 3;

  private static final int MOST = 20;
  private static final String UNANSWERED = "unanswered";
  private static final List<String> ATTEMPTS =
      List.of(TaskKind.CHARGING.name(), ReadChargingRecords.NAME);

  /** Not of the way to the meter: whoever does not answer at all is asked again without end. */
  private static final Set<Kind> OF_NO_USE = Set.of(Kind.BUSY, Kind.PROTOCOL, Kind.INVALID_DATA);

  private final OpenMeter meter;
  private final Cursors cursors;
  private final ChargingSource source;
  private int left = MOST;
  private Boolean stuck;

  StuckLog(OpenMeter meter, Cursors cursors, ChargingSource source) {
    this.meter = meter;
    this.cursors = cursors;
    this.source = source;
  }

  /**
   * Where reading goes on behind the record that is in the way; null where none is to be passed
   * over. What is passed over is in the delivery.
   *
   * @param read what reading on from the cursor brought
   */
  Cursor passed(Cursor cursor, ReadResult<Block<List<SignedRecord>>> read, Progress progress) {
    return read instanceof ReadResult.Failed<Block<List<SignedRecord>>> failed
            && OF_NO_USE.contains(failed.fault().kind())
            && stuck()
            && left-- > 0
        ? passed(cursor, progress)
        : null;
  }

  private boolean stuck() {
    stuck = stuck == null ? (Boolean) cursors.inVain(meter.id(), ATTEMPTS, SESSIONS) : stuck;
    return stuck;
  }

  private Cursor passed(Cursor cursor, Progress progress) {
    if (!(source.readLog() instanceof ReadResult.Complete<ChargingSource.Log> log)
        || log.value().first() == null
        || log.value().last() == null
        || cursor.index() >= log.value().last()) {
      return null; // it is not a record that is in the way
    }
    var number = Math.max(cursor.index() + 1, log.value().first());
    var read = source.readRecord(Lookup.PROGRESSIVE, number);
    if (read instanceof ReadResult.Complete<SignedRecord> complete) {
      meter.delivery().chargingRecords(List.of(complete.value()));
      progress.received(1, 0);
    } else {
      var fault = read.fold(some -> null, ReadResult.Partial::fault, ReadResult.Failed::fault);
      if (fault.kind() != Kind.UNSUPPORTED && !OF_NO_USE.contains(fault.kind())) {
        return null;
      }
      refuse(cursor, number, fault);
      progress.received(1, 1);
    }
    if (cursor.started() && number > cursor.index() + 1) {
      overwritten(cursor.index() + 1, number - 1);
    }
    var behind = cursor.at(number, null);
    meter.delivery().progress(ChargingSource.LOG, behind);
    return behind;
  }

  private void overwritten(long from, long to) {
    var detail = Map.of("from", Long.toString(from), "to", Long.toString(to));
    meter.delivery().findings(List.of(new Finding(Finding.Kind.ROWS_OVERWRITTEN, detail)));
  }

  private void refuse(Cursor cursor, long number, Fault fault) {
    var raw = Objects.requireNonNullElse(fault.answer(), "");
    meter
        .delivery()
        .refused(
            ChargingSource.LOG,
            List.of(new RefusedRow(cursor.sequence(number), UNANSWERED, "", raw)))
        .findings(
            List.of(
                new Finding(
                    Finding.Kind.ROW_REFUSED,
                    Map.of(
                        "index",
                        Long.toString(number),
                        "reason",
                        UNANSWERED,
                        "why",
                        fault.detail()))));
  }
}
