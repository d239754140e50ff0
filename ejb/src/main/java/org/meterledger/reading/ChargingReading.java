package org.meterledger.reading;

import java.util.List;
import java.util.concurrent.Future;
import org.meterledger.archive.Stored;
import org.meterledger.driver.ChargingSource;
import org.meterledger.driver.ChargingSource.Lookup;
import org.meterledger.driver.ChargingSource.SignedRecord;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.Progress;

/** Reads the signed records that a meter keeps, and the key that it says they are signed for. */
record ChargingReading(OpenMeter meter, ReadingContext context) {

  /** What the archive lacks, block by block; nothing where the meter keeps no such records. */
  void readNew(Progress progress) throws InterruptedException {
    var source = meter.session().as(ChargingSource.class);
    if (source.isPresent()) {
      key(source.get(), progress);
      if (!progress.stopped()) {
        records(source.get(), progress);
      }
    }
  }

  /** One record, whether it is archived already or not; null where it did not come. */
  SignedRecord read(Lookup by, long value, Progress progress) {
    var source = meter.session().as(ChargingSource.class).orElseThrow();
    var record = progress.value(source.readRecord(by, value));
    if (record != null) {
      archive(List.of(record), progress);
    }
    return record;
  }

  /** That a meter does not tell its key keeps no record from being read. */
  private void key(ChargingSource source, Progress progress) {
    var asked = new Progress();
    var key = asked.value(source.readPublicKey());
    if (key != null) {
      meter.delivery().chargingKey(key);
    } else if (asked.stopped()) {
      progress.fail(asked.fault());
    }
  }

  private void records(ChargingSource source, Progress progress) throws InterruptedException {
    var cursor = context.cursors().of(meter.id(), ChargingSource.LOG);
    var stuck = new StuckLog(meter, context.cursors(), source);
    Future<Stored> stored = null;
    while (true) {
      var read = source.readRecords(cursor);
      var behind = stuck.passed(cursor, read, progress);
      if (behind != null) {
        cursor = behind;
        if (stored != null && !OpenMeter.await(stored, progress)) {
          return;
        }
        stored = meter.submit();
        continue;
      }
      var block = progress.value(read);
      if (stored != null && !OpenMeter.await(stored, progress) || block == null) {
        return;
      }
      archive(block.content(), progress);
      meter.delivery().events(block.events()).findings(block.findings());
      meter.delivery().refused(ChargingSource.LOG, block.refused());
      progress.received(block.refused().size(), block.refused().size());
      boolean further = !block.next().equals(cursor);
      if (further) {
        meter.delivery().progress(ChargingSource.LOG, block.next());
      }
      cursor = block.next();
      if (!further || !block.more() || progress.stopped()) {
        return;
      }
      stored = meter.submit();
    }
  }

  private void archive(List<SignedRecord> records, Progress progress) {
    progress.received(records.size(), 0);
    meter.delivery().chargingRecords(records);
  }
}
