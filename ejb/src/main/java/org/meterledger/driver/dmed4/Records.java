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
import org.meterledger.metering.Cursor;

/** The log of signed records. */
final class Records implements ChargingSource {

  private static final int MOST = 20;

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
    return meter.record(by, value);
  }

  @Override
  public ReadResult<Block<List<SignedRecord>>> readRecords(Cursor cursor) {
    return Results.then(
        meter.recordLog(),
        log -> {
          if (log.held() == 0) {
            return ReadResult.complete(block(List.of(), cursor, false, List.of()));
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
    Fault fault = null;
    var next = Math.max(from.index() + 1, log.first());
    var end = Math.min(log.last() + 1, next + MOST);
    for (; next < end && fault == null; next++) {
      var read = meter.record(Lookup.PROGRESSIVE, next);
      fault = Results.fault(read);
      if (fault == null) {
        records.add(Results.value(read));
        from = from.at(next, null);
      }
    }
    var block = block(records, from, end <= log.last() || fault != null, findings);
    return fault == null
        ? ReadResult.complete(block)
        : records.isEmpty()
            ? new ReadResult.Failed<>(fault)
            : new ReadResult.Partial<>(block, fault);
  }

  private static Block<List<SignedRecord>> block(
      List<SignedRecord> records, Cursor next, boolean more, List<Finding> findings) {
    return new Block<>(List.copyOf(records), next, more, List.of(), findings, List.of());
  }
}
