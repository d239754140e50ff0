package org.meterledger.driver.dmed4;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.meterledger.driver.Block;
import org.meterledger.driver.ChargingSource;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.Finding;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RefusedRow;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoggedEvent;

/** The log of signed records. */
final class Records implements ChargingSource {

  private static final int MOST = 20;

  /** So many places with no record among them, and the meter itself is not to be trusted. */
  private static final int SUSPECT = 3;

  private final Dmed4Meter meter;

  Records(Dmed4Meter meter) {
    this.meter = meter;
  }

  @Override
  public ReadResult<String> readPublicKey() {
    return meter.publicKey();
  }

  @Override
  public ReadResult<Log> readLog() {
    return meter.recordLog();
  }

  @Override
  public ReadResult<SignedRecord> readRecord(Lookup by, long value) {
    return Results.then(
        meter.look(by, value),
        place -> {
          if (place.record() == null) {
            return new ReadResult.Failed<>(place.refusal().fault());
          }
          if (by != Lookup.POSITION && place.number() != null && place.number() != value) {
            return ReadResult.failed(
                Kind.INVALID_DATA,
                "%s gave another record than %s %d".formatted(meter.address(), by, value));
          }
          var position = by == Lookup.POSITION ? (Integer) (int) value : null;
          return ReadResult.complete(record(place, position));
        });
  }

  private static SignedRecord record(LogPlace place, Integer position) {
    return new SignedRecord(place.number(), position, place.record().text());
  }

  @Override
  public ReadResult<Block<List<SignedRecord>>> readRecords(Cursor cursor) {
    return Results.then(
        meter.recordLog(),
        log -> {
          if (log.held() == 0) {
            return ReadResult.complete(
                new Block<>(List.of(), cursor, false, List.of(), List.of(), List.of()));
          }
          if (log.first() == null || log.last() == null || log.first() > log.last()) {
            return ReadResult.failed(
                Kind.INVALID_DATA, meter.address() + " does not number the records that it holds");
          }
          return read(log, cursor);
        });
  }

  private ReadResult<Block<List<SignedRecord>>> read(Log log, Cursor cursor) {
    var findings = new ArrayList<Finding>();
    var from = cursor;
    if (cursor.index() > log.last()) {
      findings.add(
          new Finding(
              Finding.Kind.INDEX_RESTARTED,
              Map.of("before", Long.toString(cursor.index()), "after", Long.toString(log.last()))));
      from = cursor.restarted();
    } else if (cursor.started() && cursor.index() + 1 < log.first()) {
      findings.add(
          new Finding(
              Finding.Kind.ROWS_OVERWRITTEN,
              Map.of(
                  "from", Long.toString(cursor.index() + 1),
                  "to", Long.toString(log.first() - 1))));
    }
    var records = new ArrayList<SignedRecord>();
    var refused = new ArrayList<RefusedRow>();
    LogPlace.Refusal refusal = null;
    Fault fault = null;
    var next = Math.max(from.index() + 1, log.first());
    var end = Math.min(log.last() + 1, next + MOST);
    for (; next < end; next++) {
      var read = again(next);
      fault = Results.fault(read);
      if (fault != null) {
        break;
      }
      var place = Results.value(read);
      if (place.record() != null) {
        records.add(record(place, null));
      } else {
        refusal = refusal == null ? place.refusal() : refusal;
        refused.add(refused(from.sequence(next), place.refusal()));
        findings.add(noticed(next, place.refusal()));
      }
      from = from.at(next, null);
    }
    if (records.isEmpty() && refused.size() >= SUSPECT) {
      return new ReadResult.Failed<>(refusal.fault());
    }
    if (next > log.last() && !records.isEmpty()) {
      var newest = records.size() - 1;
      records.set(newest, withRollOver(records.get(newest)));
    }
    var more = end <= log.last() || fault != null;
    var block =
        new Block<>(List.copyOf(records), from, more, List.<LoggedEvent>of(), findings, refused);
    return fault == null
        ? ReadResult.complete(block)
        : records.isEmpty() && refused.isEmpty()
            ? new ReadResult.Failed<>(fault)
            : new ReadResult.Partial<>(block, fault);
  }

  /** What is no record is asked for once more: on its way an answer may suffer unnoticed. */
  private ReadResult<LogPlace> again(long number) {
    var first = meter.look(Lookup.PROGRESSIVE, number);
    var place = Results.value(first);
    return place == null || place.record() != null ? first : meter.look(Lookup.PROGRESSIVE, number);
  }

  private static RefusedRow refused(long sequence, LogPlace.Refusal refusal) {
    return new RefusedRow(sequence, refusal.reason(), "", refusal.raw());
  }

  private static Finding noticed(long number, LogPlace.Refusal refusal) {
    return new Finding(
        Finding.Kind.ROW_REFUSED,
        Map.of(
            "index",
            Long.toString(number),
            "reason",
            refusal.reason(),
            "why",
            refusal.fault().detail()));
  }

  /**
   * The status tells of the record that was signed last only, so it is read while that one is still
   * the last. That it did not roll over is not concluded: the next cycle takes the bit back.
   */
  private SignedRecord withRollOver(SignedRecord newest) {
    return rolledOver() && signedLast(newest) && rolledOver() && signedLast(newest)
        ? newest.rolledOver(true)
        : newest;
  }

  private boolean rolledOver() {
    var status = Results.value(meter.chargeStatus());
    return status != null && status.rolledOver();
  }

  private boolean signedLast(SignedRecord record) {
    return record.text().equals(Results.value(meter.output()));
  }
}
